import type { EvidenceItem } from '../model/evidenceItems';
import { durationText } from '../model/timeText';
import { callerList, callerName } from './callerText';
import { reasonSentence } from './reasonText';
import { printable, type Words } from './words';

/** One line of evidence as a sentence. */
export function evidenceSentence(item: EvidenceItem, words: Words): string {
  const { t } = words;
  const duration = (ms: number) => durationText(ms, words.locale);
  switch (item.code) {
    case 'reason':
      return reasonSentence(item.params.reason, words);
    case 'logAlive':
      return t(
        'The log of {0} was alive through the quiet time of {1}: longest pause {2}.',
        printable(item.params.instanceId),
        duration(item.params.quietMs),
        duration(item.params.pauseMs),
      );
    case 'logReaches':
      return t(
        'The log of {0} begins {1}; the key was created {2}.',
        printable(item.params.instanceId),
        words.ago(item.params.begins),
        words.ago(item.params.keyCreatedAt),
      );
    case 'resultComplete':
      return t('The result of {0} is complete.', printable(item.params.instanceId));
    case 'chosenLog':
      return t(
        'The log of {0} was chosen by hand: {1}.',
        printable(item.params.instanceId),
        printable(item.params.log),
      );
    case 'oldKeyCalls':
      return oldKeySentence(item.params, words);
    case 'newKeyCalls':
      return newKeySentence(item.params, words);
    case 'callersMoved':
      return t('Seen with another key since: {0} of {1} callers.', item.params.moved, item.params.total);
    case 'probablyMoved':
      return t('Seen with another key from another network: {0}.', callerList(item.params.callers, words));
    case 'refusedCallers':
      return t(
        'Seen with another key, but answered 401 each time, so they have not moved: {0}. They mix parts of two keys.',
        callerList(item.params.callers, words),
      );
    case 'silentCallers':
      return t('Silent for so long that they no longer count: {0}.', callerList(item.params.callers, words));
    case 'retiredCaller':
      return t(
        'Marked as retired: {0}. Reason: {1}',
        callerName(item.params.caller, words),
        printable(item.params.reason, 300),
      );
    case 'quietPeriodGrown':
      return t(
        'The rhythm of the callers asks for {0} of quiet instead of {1}.',
        duration(item.params.neededMs),
        duration(item.params.periodMs),
      );
  }
}

function oldKeySentence(
  params: { readonly instanceId: string; readonly calls: number; readonly last?: number },
  words: Words,
): string {
  const { t, key } = words;
  const { calls, last } = params;
  const instance = printable(params.instanceId);
  if (last === undefined) return t('The log of {0} has no call with {1}.', instance, key);
  return calls === 1
    ? t('The log of {0} has 1 call with {1}, {2}.', instance, key, words.ago(last))
    : t(
        'The log of {0} has {1} calls with {2}, the last one {3}.',
        instance,
        countText(calls, words),
        key,
        words.ago(last),
      );
}

function newKeySentence(params: { readonly calls: number; readonly last?: number }, words: Words): string {
  const { calls, last } = params;
  if (last === undefined) return words.t('The new key has not been seen in the logs.');
  return calls === 1
    ? words.t('The new key made 1 call, {0}.', words.ago(last))
    : words.t('The new key made {0} calls, the last one {1}.', countText(calls, words), words.ago(last));
}

function countText(calls: number, { locale }: Words): string {
  return new Intl.NumberFormat(locale).format(calls);
}
