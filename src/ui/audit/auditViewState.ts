import type { AuditViewState } from '../../model/auditView';
import { evidenceItems } from '../../model/evidenceItems';
import { exactTime } from '../../model/timeText';
import type { Verdict } from '../../model/verdict';
import { needsVerdict } from '../../model/verdictOf';
import { evidenceSentence } from '../evidenceText';
import { verdictHeadline, verdictSentences } from '../verdictText';
import type { Translate, Words } from '../words';
import type { AuditReading } from './auditReading';
import { auditStrings, rangeLabels } from './auditStrings';
import { auditText, markTime } from './auditText';
import { callerRows } from './callerRows';

/**
 * All that the view draws, in words.
 * @param locale BCP 47
 */
export function auditViewState(reading: AuditReading, t: Translate, locale: string): AuditViewState {
  const { names, result } = reading;
  const words = viewWords(t, locale, names.newKeyId !== undefined);
  const callers = result === undefined ? [] : callerRows(result.evidence, reading.options, t);
  return {
    target: reading.target,
    locale,
    strings: auditStrings(t, names.newKeyId !== undefined),
    now: reading.now,
    status: reading.status,
    ...(reading.error === undefined ? {} : { error: reading.error }),
    oldKeyId: names.oldKeyId,
    ...(names.newKeyId === undefined ? {} : { newKeyId: names.newKeyId }),
    aapName: names.aap.aapName,
    regionName: names.regionName,
    instances: result?.evidence.instances.map((instance) => instance.instanceId) ?? [],
    ...(result === undefined
      ? {}
      : {
          checkedAt: result.evidence.readAt,
          verdict: verdictBox(
            result.verdict,
            words,
            callers.filter((row) => row.state !== 'newOnly').length,
            names.deletedAt,
          ),
        }),
    range: reading.range,
    rangeLabels: rangeLabels(t),
    histogram: reading.histogram,
    callers,
    callersComplete: result?.evidence.instances.every((instance) => instance.callersComplete) ?? false,
    evidence:
      result === undefined
        ? []
        : evidenceItems(result.evidence, result.verdict, reading.options).map((item) => ({
            level: item.level,
            text: auditText(evidenceSentence(item, words)),
          })),
    deletion: deletion(reading, words),
  };
}

function viewWords(t: Translate, locale: string, rotation: boolean): Words {
  return {
    t,
    locale,
    key: rotation ? t('the old key') : t('this key'),
    ago: markTime,
    exact: (at) => exactTime(at, locale),
  };
}

function verdictBox(
  verdict: Verdict,
  words: Words,
  callersKnown: number,
  deletedAt: number | undefined,
): NonNullable<AuditViewState['verdict']> {
  // Of a key that is gone there is nothing left to advise.
  const sentences =
    deletedAt === undefined
      ? verdictSentences(verdict, words, callersKnown)
      : [words.t('The key was deleted {0}.', words.ago(deletedAt))];
  return {
    kind: verdict.kind,
    headline: auditText(verdictHeadline(verdict, words)),
    sentences: sentences.map(auditText),
  };
}

/** Offered with the verdict *quiet*, and for a key expired for so long that no verdict is needed. */
function deletion(reading: AuditReading, words: Words): AuditViewState['deletion'] {
  const { t } = words;
  const { names, result, now } = reading;
  const label = names.newKeyId === undefined ? t('Delete this key…') : t('Delete old key…');
  const heldBack = (reason: string): AuditViewState['deletion'] => ({
    offered: false,
    label:
      names.newKeyId === undefined ? t('Delete this key… (held back)') : t('Delete old key… (held back)'),
    reason: auditText(reason),
  });
  if (names.deletedAt !== undefined) {
    return {
      offered: false,
      label,
      reason: auditText(t('The key was deleted {0}.', words.ago(names.deletedAt))),
    };
  }
  if (result === undefined) return heldBack(t('Held back until the audit log has been read.'));
  if (!needsVerdict(result.evidence.oldKey, now)) {
    return {
      offered: true,
      label,
      reason: auditText(t('Expired for more than a day: no verdict is needed.')),
    };
  }
  switch (result.verdict.kind) {
    case 'quiet':
      return reading.status === 'error'
        ? heldBack(t('Held back: the last reading of the audit log failed.'))
        : { offered: true, label };
    case 'inUse':
      return heldBack(t('Held back: {0} is in use.', words.key));
    case 'unknown':
      return heldBack(t('Held back: whether {0} is in use cannot be told.', words.key));
  }
}
