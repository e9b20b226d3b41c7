import type { AuditCallerRow } from '../../model/auditView';
import type { LogEntry } from '../../model/evidence';
import { printable, type Translate } from '../words';
import type { AuditReading } from './auditReading';
import { callerRows } from './callerRows';

/** A value of a record. Moments are ISO 8601 in UTC. */
export type ExportValue = string | number | boolean | readonly string[];

/** One line of an export: what it is in `record`, the rest by name. */
export type ExportRecord = Readonly<Record<string, ExportValue>> & { readonly record: string };

/** What the view shows, for a machine: the names of fields and states are English in every language. */
export interface AuditExport {
  readonly about: ExportRecord;
  readonly callers: readonly ExportRecord[];
  readonly buckets: readonly ExportRecord[];
  readonly shares: readonly ExportRecord[];
  readonly entries: readonly ExportRecord[];
}

/** Longer than what the view shows, so that a user agent can be told from another one. */
const MAX_TEXT = 2000;

/** What is shown at this moment. Only the words of *how sure* and *where* are in the language of `t`. */
export function exportRecords(reading: AuditReading, t: Translate): AuditExport {
  const { histogram, shares, entries } = reading;
  return {
    about: about(reading),
    callers: callerRows(reading, t).map((row) => callerRecord(row)),
    buckets: histogram.buckets.map(({ from, to, oldKey, newKey }) => ({
      record: 'bucket',
      from: iso(from),
      to: iso(to),
      oldKeyCalls: oldKey,
      newKeyCalls: newKey,
    })),
    shares: shares.shares.map(({ keyId, api, status, gateway, calls, last }) => ({
      record: 'share',
      keyId: text(keyId),
      api: text(api),
      status: text(status),
      gateway: text(gateway),
      calls,
      last: iso(last),
    })),
    entries: entries.list.map(entryRecord),
  };
}

/** What the rest is about, and how far it can be trusted. */
function about({ names, result, range, histogram, shares, entries, now }: AuditReading): ExportRecord {
  const { aap, oldKeyId, newKeyId } = names;
  const instances = result?.evidence.instances ?? [];
  return {
    record: 'about',
    oldKeyId,
    ...(newKeyId === undefined ? {} : { newKeyId }),
    aapName: text(aap.aapName),
    regionId: text(aap.regionId),
    exportedAt: iso(now),
    range,
    from: iso(histogram.from),
    to: iso(histogram.to),
    bucketsComplete: histogram.status === 'ready' && histogram.complete,
    sharesQuality: shares.sharesQuality,
    ...(result === undefined
      ? {}
      : {
          verdict: result.verdict.kind,
          readAt: iso(result.evidence.readAt),
          instances: instances.map(({ instanceId }) => text(instanceId)),
          callersComplete: instances.every(({ callersComplete }) => callersComplete),
        }),
    ...(entries.status === 'closed' ? {} : { entriesComplete: entries.complete && !entries.more }),
  };
}

function callerRecord(row: AuditCallerRow): ExportRecord {
  const { oldLast, newFirst, sureText, reference, reason } = row;
  return {
    record: 'caller',
    state: row.state,
    ...(sureText === undefined ? {} : { sure: sureText }),
    userAgent: row.userAgent,
    api: row.api,
    resource: row.resource,
    network: row.network,
    addresses: row.addresses,
    oldKeyCalls: row.oldCalls,
    newKeyCalls: row.newCalls,
    ...(oldLast === undefined ? {} : { oldKeyLast: iso(oldLast) }),
    ...(newFirst === undefined ? {} : { newKeyFirst: iso(newFirst) }),
    ...(reference === undefined ? {} : { reference: reference.label, referenceHow: reference.how }),
    unexplained: row.unexplained,
    ...(reason === undefined ? {} : { reason }),
  };
}

function entryRecord(entry: LogEntry): ExportRecord {
  return {
    record: 'entry',
    time: iso(entry.at),
    instanceId: text(entry.instanceId),
    keyId: text(entry.keyId),
    api: text(entry.api),
    resource: text(entry.resource),
    status: text(entry.status),
    errorCode: text(entry.errorCode),
    errorMessage: text(entry.errorMessage),
    address: text(entry.clientIp),
    userAgent: text(entry.userAgent),
    gateway: text(entry.gateway),
    requestId: text(entry.requestId),
  };
}

function text(value: string): string {
  return printable(value, MAX_TEXT);
}

/** Empty for what no date can tell. */
function iso(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
