import type { AuditEntryRow, AuditShareRow, AuditViewState } from '../../model/auditView';
import { callerMoves, migrationOf } from '../../model/callers';
import type { LogEntry, UseShare } from '../../model/evidence';
import { evidenceItems } from '../../model/evidenceItems';
import type { RolloutPlace } from '../../model/rollout';
import { openPlaces } from '../../model/rolloutOf';
import { exactTime } from '../../model/timeText';
import type { Verdict } from '../../model/verdict';
import { needsVerdict } from '../../model/verdictOf';
import { evidenceSentence } from '../evidenceText';
import { verdictHeadline, verdictSentences } from '../verdictText';
import { printable, type Translate, type Words } from '../words';
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
  const callers = callerRows(reading, t);
  const migration = migrationText(reading, t);
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
    shares: {
      quality: reading.shares.sharesQuality,
      rows: reading.shares.shares.map((share) => shareRow(share, reading, t)),
    },
    callers,
    callersComplete: result?.evidence.instances.every((instance) => instance.callersComplete) ?? false,
    ...(migration === undefined ? {} : { migration }),
    entries: entriesOf(reading, t),
    ...(reading.places === undefined ? {} : { rollout: rolloutOf(reading.places, t) }),
    policyOffered: reading.policyOffered,
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

/** *Old key* or *New key*, as the columns are called. */
function keyName(keyId: string, { names }: Pick<AuditReading, 'names'>, t: Translate): string {
  const { oldKey, newKey } = auditStrings(t, names.newKeyId !== undefined);
  if (keyId === names.oldKeyId) return oldKey;
  return keyId === names.newKeyId ? newKey : printable(keyId);
}

function shareRow(share: UseShare, reading: AuditReading, t: Translate): AuditShareRow {
  return {
    key: keyName(share.keyId, reading, t),
    api: printable(share.api),
    status: printable(share.status),
    gateway: printable(share.gateway),
    calls: share.calls,
    last: share.last,
  };
}

function entriesOf({ entries, ...reading }: AuditReading, t: Translate): AuditViewState['entries'] {
  const { list, ...rest } = entries;
  return { ...rest, rows: list.map((entry) => entryRow(entry, keyName(entry.keyId, reading, t))) };
}

function entryRow(entry: LogEntry, key: string): AuditEntryRow {
  return {
    at: entry.at,
    key,
    api: printable(entry.api),
    resource: printable(entry.resource, 300),
    status: printable(entry.status),
    error: [entry.errorCode, entry.errorMessage]
      .map((part) => printable(part, 300))
      .filter(Boolean)
      .join(': '),
    address: printable(entry.clientIp),
    userAgent: printable(entry.userAgent, 300),
    gateway: printable(entry.gateway),
    requestId: printable(entry.requestId),
  };
}

function migrationText({ names, result, options }: AuditReading, t: Translate): string | undefined {
  if (names.newKeyId === undefined || result === undefined) return undefined;
  const { moved, total } = migrationOf(callerMoves(result.evidence, options));
  return total === 0 ? undefined : t('{0} of {1} callers moved.', moved, total);
}

function rolloutOf(places: readonly RolloutPlace[], t: Translate): AuditViewState['rollout'] & object {
  const open = openPlaces(places).length;
  return { open, text: rolloutText(open, places.length, t) };
}

function rolloutText(open: number, total: number, t: Translate): string {
  if (total === 0) return t('No place is in the roll-out list.');
  if (open === 0) return t('No place of the roll-out list is open, of {0}.', total);
  return open === 1
    ? t('1 of {0} places of the roll-out list is open.', total)
    : t('{0} of {1} places of the roll-out list are open.', open, total);
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
