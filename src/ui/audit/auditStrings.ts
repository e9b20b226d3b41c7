import type { AuditRange, AuditStrings } from '../../model/auditView';
import type { Translate } from '../words';

/** The fixed texts of the view. Without a new key it speaks of *this key*. */
export function auditStrings(t: Translate, hasNewKey: boolean): AuditStrings {
  return {
    actions: t('Actions'),
    address: t('Address'),
    answer: t('Answer'),
    api: t('API'),
    approximate: t('Approximate: the log service did not count every bar completely.'),
    breakdown: t('What was called'),
    breakdownApproximate: t('Approximate: the log service looked at a part of the entries only.'),
    breakdownSampled: t(
      'Partial: the index of the log has no analytics, so only the newest entries were counted.',
    ),
    // The view fills these places itself, so they are handed through as they are.
    bucket: hasNewKey
      ? t('{0}: old key {1}, new key {2}', '{0}', '{1}', '{2}')
      : t('{0}: {1} calls', '{0}', '{1}'),
    callCount: t('Calls'),
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
    copyPolicy: t('Copy RAM policy…'),
    entries: t('Log entries'),
    entriesIncomplete: t('Entries may be missing: a log could not be read, or not all of it in time.'),
    entriesLimit: t('No more than {0} entries are shown. Choose a shorter range to see others.', '{0}'),
    error: t('Error'),
    evidence: t('Evidence'),
    exportCsv: t('Export CSV…'),
    exportJson: t('Export JSON…'),
    gateway: t('Gateway'),
    key: t('Key'),
    lastCall: t('Last call'),
    levelNote: t('Note'),
    levelOk: t('OK'),
    levelProblem: t('Problem'),
    loading: t('Loading…'),
    markRetired: t('Mark as retired…'),
    moreCallers: t('{0} more callers are not shown.', '{0}'),
    moreEntries: t('Show more entries'),
    newKey: hasNewKey ? t('New key') : t('Other keys'),
    newKeyFirst: hasNewKey ? t('New key first seen') : t('Other keys first seen'),
    noCallers: t('No callers in the log.'),
    noCalls: t('No calls in this range.'),
    noEntries: t('No entries in this range.'),
    noEvidence: t('No evidence yet.'),
    noReference: t('no reference here: somebody else’s service'),
    notChecked: t('The audit log could not be checked.'),
    notCurrent: t('From the last reading that succeeded; no longer current.'),
    oldKey: hasNewKey ? t('Old key') : t('This key'),
    oldKeyLast: hasNewKey ? t('Old key last seen') : t('This key last seen'),
    range: t('Range'),
    refresh: t('Refresh'),
    requestId: t('Request id'),
    resource: t('Resource'),
    retiredBecause: t('Reason: {0}', '{0}'),
    rollout: t('Show the roll-out list'),
    showEntries: t('Show log entries'),
    state: t('State'),
    table: t('Show as table'),
    time: t('Time'),
    unmarkRetired: t('Take the mark back'),
    userAgent: t('User agent'),
    verdict: t('Verdict'),
    where: t('Where in this workspace'),
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
