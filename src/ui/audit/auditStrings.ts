import type { AuditRange, AuditStrings } from '../../model/auditView';
import type { Translate } from '../words';

/** The fixed texts of the view. Without a new key it speaks of *this key*. */
export function auditStrings(t: Translate, hasNewKey: boolean): AuditStrings {
  return {
    actions: t('Actions'),
    approximate: t('Approximate: the log service did not count every bar completely.'),
    // The view fills these places itself, so they are handed through as they are.
    bucket: hasNewKey
      ? t('{0}: old key {1}, new key {2}', '{0}', '{1}', '{2}')
      : t('{0}: {1} calls', '{0}', '{1}'),
    caller: t('Caller'),
    callers: t('Callers'),
    callersIncomplete: t('The list of callers is not complete.'),
    calls: hasNewKey ? t('Calls old / new key') : t('Calls this / other keys'),
    chart: t('Calls over time'),
    chartHelp: t('Calls over time. Use the arrow keys to read one bar after the other.'),
    checked: t('checked {0}', '{0}'),
    checking: t('Checking the audit log…'),
    copied: t('Copied.'),
    copyEvidence: t('Copy evidence'),
    evidence: t('Evidence'),
    levelNote: t('Note'),
    levelOk: t('OK'),
    levelProblem: t('Problem'),
    moreCallers: t('{0} more callers are not shown.', '{0}'),
    newKey: hasNewKey ? t('New key') : t('Other keys'),
    newKeyFirst: hasNewKey ? t('New key first seen') : t('Other keys first seen'),
    noCallers: t('No callers in the log.'),
    noCalls: t('No calls in this range.'),
    noEvidence: t('No evidence yet.'),
    notChecked: t('The audit log could not be checked.'),
    notCurrent: t('From the last reading that succeeded; no longer current.'),
    oldKey: hasNewKey ? t('Old key') : t('This key'),
    oldKeyLast: hasNewKey ? t('Old key last seen') : t('This key last seen'),
    range: t('Range'),
    refresh: t('Refresh'),
    state: t('State'),
    table: t('Show as table'),
    time: t('Time'),
    verdict: t('Verdict'),
  };
}

/** What stands on the range buttons. */
export function rangeLabels(t: Translate): Readonly<Record<AuditRange, string>> {
  return { '1h': t('1 h'), '24h': t('24 h'), '7d': t('7 d'), '30d': t('30 d'), '180d': t('180 d') };
}

const HOUR = 60 * 60 * 1000;

/** How far back a range looks, ms. */
export const RANGE_MS: Readonly<Record<AuditRange, number>> = {
  '1h': HOUR,
  '24h': 24 * HOUR,
  '7d': 7 * 24 * HOUR,
  '30d': 30 * 24 * HOUR,
  '180d': 180 * 24 * HOUR,
};
