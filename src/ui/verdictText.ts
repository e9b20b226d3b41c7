import type { CallerClass } from '../model/evidence';
import { durationText } from '../model/timeText';
import type { UnknownReason, Verdict } from '../model/verdict';
import { printable, type Words } from './words';

/** `In use`, `Quiet since …`, `Unknown`: the verdict in words, before any colour. */
export function verdictHeadline(verdict: Verdict, words: Words): string {
  switch (verdict.kind) {
    case 'inUse':
      return words.t('In use');
    case 'quiet':
      return words.t('Quiet since {0}', words.exact(verdict.since));
    case 'unknown':
      return words.t('Unknown');
  }
}

/**
 * The sentences under the headline: what was seen, why it means that, what to do next.
 * @param callersKnown how many caller classes of the key the log knows in all, for *2 of 5 callers*
 */
export function verdictSentences(verdict: Verdict, words: Words, callersKnown?: number): string[] {
  switch (verdict.kind) {
    case 'inUse':
      return inUseSentences(verdict, words, callersKnown);
    case 'quiet':
      return [
        words.t(
          'No call with {0} for {1}; {2} without one are asked for.',
          words.key,
          durationText(verdict.quietMs, words.locale),
          durationText(verdict.neededMs, words.locale),
        ),
        words.t('It can be deleted now.'),
      ];
    case 'unknown':
      return verdict.reasons.map((reason) => reasonSentence(reason, words));
  }
}

function inUseSentences(
  verdict: Extract<Verdict, { kind: 'inUse' }>,
  words: Words,
  callersKnown: number | undefined,
): string[] {
  const { t, key } = words;
  const count = verdict.callers.length;
  const last = t('Last call {0}.', words.ago(verdict.lastCall));
  if (count === 0) {
    const called = callersKnown
      ? t('{0} of {0} callers have moved, but {1} was called within the quiet period.', callersKnown, key)
      : t('{0} was called within the quiet period.', capitalised(key));
    return [called, last, t('Deletion is offered once it has been quiet for long enough.')];
  }
  const using =
    callersKnown !== undefined && callersKnown > count
      ? t('{0} of {1} callers still use {2}.', count, callersKnown, key)
      : count === 1
        ? t('1 caller still uses {0}.', key)
        : t('{0} callers still use {1}.', count, key);
  return [using, last, t('Deleting now would break: {0}.', callerList(verdict.callers, words))];
}

/** One reason for *unknown*, as a sentence with the way out of it. */
export function reasonSentence(reason: UnknownReason, words: Words): string {
  const sentence = bareReason(reason, words);
  return reason.instanceId === undefined
    ? sentence
    : words.t('Instance {0}: {1}', printable(reason.instanceId), sentence);
}

function bareReason(reason: UnknownReason, words: Words): string {
  const { t, key } = words;
  const at = reason.at === undefined ? undefined : words.ago(reason.at);
  const duration =
    reason.durationMs === undefined ? undefined : durationText(reason.durationMs, words.locale);
  const callers = reason.callers ?? [];
  switch (reason.code) {
    case 'stillReading':
      return t('The log is still being read. The verdict follows when every part has arrived.');
    case 'logNotBought':
      return t('The audit log was not bought, so calls cannot be seen. Buy Log Analysis for the instance.');
    case 'noPermission':
      return withDetail(t('No permission to read the audit log. Grant it to the account.'), reason, words);
    case 'logMissing':
      return withDetail(
        t('The audit log was not found where KMS keeps it. Check the log project of the instance.'),
        reason,
        words,
      );
    case 'readFailed':
      return withDetail(t('The audit log could not be read. Refresh to try again.'), reason, words);
    case 'incomplete':
      return t('The log service gave an incomplete result. Refresh to try again.');
    case 'noInstance':
      return t('No KMS instance stands behind the application access point, so there is no log to look at.');
    case 'sharedGateway':
      return t(
        'The application access point is reached over the shared gateway, whose calls the log may not show.',
      );
    case 'logEmpty':
      return t('The audit log is empty, so it proves nothing.');
    case 'logTooYoung':
      return at === undefined
        ? t('The log begins less than 35 days ago and is younger than {0}.', key)
        : t('The log begins only {0} and is younger than {1}; 35 days are needed.', at, key);
    case 'logNotAlive':
      return duration === undefined
        ? t(
            'The log has pauses without any call that are too long for the quiet time. Waiting outgrows them.',
          )
        : t(
            'The log has a pause of {0} without any call, too long for the quiet time. Waiting outgrows it.',
            duration,
          );
    case 'nothingLogged':
      return at === undefined
        ? t('Nothing has been logged of late: nobody calls the instance, or the log has stopped.')
        : t(
            'Nothing logged since the last entry {0}: nobody calls the instance, or the log has stopped.',
            at,
          );
    case 'chosenLogUnproven':
      return t(
        'The log was chosen by hand, and no call with the new key is in it. Check project and Logstore.',
      );
    case 'callersNotMoved':
      return callers.length === 0
        ? t('Callers of {0} have not been seen with the new key yet.', key)
        : t('Not seen with the new key yet: {0}.', callerList(callers, words));
    case 'notQuietLongEnough':
      return notQuietSentence(at, duration, words);
  }
}

function notQuietSentence(at: string | undefined, duration: string | undefined, words: Words): string {
  const { t, key } = words;
  if (duration === undefined) return t('{0} has not been quiet for long enough yet.', capitalised(key));
  if (at === undefined) return t('{0} has not been quiet for {1} yet.', capitalised(key), duration);
  return t('{0} has not been quiet for {1} yet: last call {2}.', capitalised(key), duration, at);
}

function withDetail(sentence: string, reason: UnknownReason, words: Words): string {
  return reason.detail === undefined
    ? sentence
    : words.t('{0} ({1})', sentence, printable(reason.detail, 300));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `billing-job (GetSecretValue, 10.0.3.0/24)`; what is unknown is left out. */
export function callerName(caller: CallerClass, words: Words): string {
  const name = printable(caller.userAgent) || words.t('no user agent');
  const where = [caller.api, caller.resource, caller.network].map((part) => printable(part)).filter(Boolean);
  return where.length === 0 ? name : `${name} (${where.join(', ')})`;
}

const NAMED_CALLERS = 5;

/** The first callers by name and the number of the others. */
export function callerList(callers: readonly CallerClass[], words: Words): string {
  const named = callers.slice(0, NAMED_CALLERS).map((caller) => callerName(caller, words));
  const others = callers.length - named.length;
  if (others > 0) named.push(words.t('{0} more', others));
  return new Intl.ListFormat(words.locale, { type: 'conjunction' }).format(named);
}
