import { LONGEST_PAUSE_PART } from '../model/callers';
import { durationText } from '../model/timeText';
import type { UnknownReason } from '../model/verdict';
import { callerList } from './callerText';
import { capitalised, printable, type Words } from './words';

/** One reason for *unknown*, as a sentence with the way out of it. */
export function reasonSentence(reason: UnknownReason, words: Words): string {
  const sentence = bareReason(reason, words);
  return reason.instanceId === undefined
    ? sentence
    : words.t('Instance {0}: {1}', printable(reason.instanceId), sentence);
}

function bareReason(reason: UnknownReason, words: Words): string {
  const { t, key } = words;
  const { at, durationMs, callers = [] } = reason;
  switch (reason.code) {
    case 'stillReading':
      return t('The callers are still being read. The verdict follows; refresh if it does not.');
    case 'callersSampled':
      return t(
        'The index of the log has no analytics, so only the callers of the newest entries are known. Turn on analytics for its fields.',
      );
    case 'logNotBought':
      return t('The audit log was not bought, so calls cannot be seen. Buy Log Analysis for the instance.');
    case 'noPermission':
      return withDetail(
        t('No permission to read the audit log. Grant it to the account; the audit view has the policy.'),
        reason,
        words,
      );
    case 'projectMissing':
    case 'logStoreMissing':
    case 'indexMissing':
      return withDetail(missingSentence(reason.code, words), reason, words);
    case 'readFailed':
      return withDetail(t('The audit log could not be read. Refresh to try again.'), reason, words);
    case 'incomplete':
      return t('The log service gave an incomplete result. Refresh to try again.');
    case 'noInstance':
      return t(
        'No KMS instance stands behind the application access point, so there is no log to look at. The key can be deleted with a reason.',
      );
    case 'sharedGateway':
      return t(
        'The application access point is reached over the shared gateway, whose calls the log may not show. The key can be deleted with a reason.',
      );
    case 'logEmpty':
      return t('The audit log is empty, so it proves nothing. It holds no calls from before it was bought.');
    case 'logTooYoung':
      return at === undefined
        ? t('The log begins less than 35 days ago and is younger than {0}.', key)
        : t('The log begins only {0} and is younger than {1}; 35 days are needed.', words.ago(at), key);
    case 'logNotAlive':
      return pauseSentence(durationMs, words);
    case 'nothingLogged':
      return stoppedSentence(at, words);
    case 'chosenLogUnproven':
      return withDetail(
        t(
          'The log was chosen by hand, and no call with the new key is in it. Check project, Logstore and region.',
        ),
        reason,
        words,
      );
    case 'callersNotMoved':
      return callers.length === 0
        ? t('Callers of {0} have not been seen with another key yet.', key)
        : t(
            'Not moved to another key yet: {0}. Give them the new key, or mark as retired what is gone.',
            callerList(callers, words),
          );
    case 'notQuietLongEnough':
      return notQuietSentence(reason, words);
  }
}

function missingSentence(code: 'projectMissing' | 'logStoreMissing' | 'indexMissing', { t }: Words): string {
  switch (code) {
    case 'projectMissing':
      return t(
        'The log project of the instance does not exist. If the log is elsewhere, name it in the settings.',
      );
    case 'logStoreMissing':
      return t(
        'The log project exists, but the Logstore of KMS is not in it. If the log is elsewhere, name it in the settings.',
      );
    case 'indexMissing':
      return t('The log has no index, so it cannot be searched. Turn on the index of the Logstore.');
  }
}

function pauseSentence(pauseMs: number | undefined, { t, locale }: Words): string {
  return pauseMs === undefined
    ? t('The log has pauses without any call that are too long for the quiet time. Waiting outgrows them.')
    : t(
        'For up to {0} of the quiet time the log has no call of anybody, so it proves little. Waiting outgrows it: {1} of quiet are needed.',
        durationText(pauseMs, locale),
        durationText(pauseMs / LONGEST_PAUSE_PART, locale),
      );
}

function stoppedSentence(at: number | undefined, words: Words): string {
  const { t } = words;
  const stopped =
    at === undefined
      ? t('Nothing has been logged of late: nobody calls the instance, or the log has stopped.')
      : t(
          'Nothing logged since the last entry {0}: nobody calls the instance, or the log has stopped.',
          words.ago(at),
        );
  return t('{0} Check its storage; the key of an instance out of use can be deleted with a reason.', stopped);
}

function notQuietSentence({ at, durationMs, quietMs, until }: UnknownReason, words: Words): string {
  const { t, key, locale } = words;
  if (durationMs === undefined || quietMs === undefined)
    return t('{0} has not been quiet for long enough yet.', capitalised(key));
  const so = [key, durationText(quietMs, locale), durationText(durationMs, locale)] as const;
  const quiet =
    until === undefined
      ? t('No call with {0} for {1}, up to the newest entry of the log; {2} are needed.', ...so)
      : t(
          'No call with {0} for {1}, up to the newest entry of the log; {2} are needed, which is {3} at the earliest.',
          ...so,
          words.ago(until),
        );
  return at === undefined ? quiet : t('{0} Last call {1}.', quiet, words.ago(at));
}

function withDetail(sentence: string, reason: UnknownReason, words: Words): string {
  return reason.detail === undefined
    ? sentence
    : words.t('{0} ({1})', sentence, printable(reason.detail, 300));
}
