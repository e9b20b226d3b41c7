import { durationText } from '../model/timeText';
import type { Verdict } from '../model/verdict';
import { callerList, listOf } from './callerText';
import { reasonSentence } from './reasonText';
import { capitalised, printable, type Words } from './words';

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
      return quietSentences(verdict, words);
    case 'unknown':
      return verdict.reasons.map((reason) => reasonSentence(reason, words));
  }
}

function quietSentences(verdict: Extract<Verdict, { kind: 'quiet' }>, words: Words): string[] {
  const { t, locale } = words;
  const logs = verdict.chosenLogs.map((log) => printable(log));
  return [
    t(
      'No call with {0} for {1}; {2} without one are asked for.',
      words.key,
      durationText(verdict.quietMs, locale),
      durationText(verdict.neededMs, locale),
    ),
    ...(logs.length === 0
      ? []
      : [t('This rests on a log that was chosen by hand: {0}.', listOf(logs, words))]),
    t('It can be deleted now.'),
  ];
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
      ? t('All callers have moved, but {0} was called within the quiet period.', key)
      : t('{0} was called within the quiet period.', capitalised(key));
    return [called, last, t('Deletion is offered once it has been quiet for long enough.')];
  }
  return [
    stillUsing(count, Math.max(count, callersKnown ?? count), words),
    last,
    t('Deleting now would break: {0}.', callerList(verdict.callers, words)),
  ];
}

function stillUsing(count: number, known: number, { t, key }: Words): string {
  if (count === 1)
    return known > 1 ? t('1 of {0} callers still uses {1}.', known, key) : t('1 caller still uses {0}.', key);
  return known > count
    ? t('{0} of {1} callers still use {2}.', count, known, key)
    : t('{0} callers still use {1}.', count, key);
}
