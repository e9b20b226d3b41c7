import type { CallerClass, RangeUse } from '../../../../src/model/evidence';
import type { AuditDeps, AuditKnown, AuditNames } from '../../../../src/ui/audit/auditDeps';
import type { AuditReading } from '../../../../src/ui/audit/auditReading';
import { createAuditSession } from '../../../../src/ui/audit/auditSession';
import { DAY, entryOf, HOUR, NOW, quiet, readingOf, rotationOf } from './fixtures';

export const EMPTY: RangeUse = { buckets: [], bucketsComplete: true, shares: [], sharesQuality: 'exact' };

/** A session of a quiet key over deps that note what they were asked. */
export function harness(change: Partial<AuditDeps> = {}, answers: { reason?: string | undefined } = {}) {
  const { target, names } = readingOf(quiet());
  const calls: string[] = [];
  const shown: AuditReading[] = [];
  const known: { names?: AuditNames; more: AuditKnown } = { more: {} };
  const withMark = (revision: number, retired: ReturnType<typeof rotationOf>['retired']): AuditNames => ({
    ...names,
    rotation: rotationOf({ revision, retired }),
  });
  const deps: AuditDeps = {
    names: async () => names,
    namesNow: () => known.names,
    known: () => known.more,
    look: () => {},
    readEvidence: async () => {
      calls.push('verdict');
      return quiet();
    },
    readRange: async (_target, { from, to }) => {
      calls.push(`range ${(to - from) / HOUR} h`);
      return EMPTY;
    },
    readEntries: async (_target, { from, to }, cursor) => {
      calls.push(`entries ${(to - from) / HOUR} h from ${cursor?.one ?? 0}`);
      return { entries: [entryOf()], complete: true };
    },
    openReference: async (_target, groupId) => {
      calls.push(`open ${groupId}`);
    },
    markRetired: async (_target, caller, reason) => {
      calls.push(`mark ${caller.userAgent}: ${reason}`);
      return withMark(4, [{ caller, reason, at: NOW }]);
    },
    unmarkRetired: async (_target, caller) => {
      calls.push(`unmark ${caller.userAgent}`);
      return withMark(5, []);
    },
    showRollout: async () => {
      calls.push('roll-out');
    },
    deleteOldKey: async () => {
      calls.push('delete');
    },
    copyPolicy: async (error) => {
      calls.push(`policy ${error instanceof Error ? error.message : String(error)}`);
    },
    verdictOptions: () => ({ quietPeriodMs: DAY }),
    now: () => NOW,
    errorText: (error) => `worded: ${error instanceof Error ? error.message : ''}`,
    lacksPermission: (error) => error instanceof Error && error.message === 'not allowed',
    ...change,
  };
  const copied: AuditReading[] = [];
  const asked: CallerClass[] = [];
  const session = createAuditSession({ target, names, range: '24h' }, deps, {
    show: (reading) => shown.push(reading),
    copy: async (reading) => void copied.push(reading),
    exportShown: async (reading, format) => {
      calls.push(`export ${format} ${reading.range}`);
    },
    askReason: async (caller) => {
      asked.push(caller);
      return answers.reason;
    },
  });
  return { session, calls, shown, copied, asked, known };
}
