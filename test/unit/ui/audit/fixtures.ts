import type { AuditEvidence, CallerClass, CallerUse, LogEntry } from '../../../../src/model/evidence';
import type { Rotation } from '../../../../src/model/rotation';
import type { VerdictOptions } from '../../../../src/model/verdict';
import { verdictOf } from '../../../../src/model/verdictOf';
import type { AuditReading } from '../../../../src/ui/audit/auditReading';
import type { Translate } from '../../../../src/ui/words';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 10, 24, 10, 0, 0);
export const OLD_KEY = 'KAAP.66abf237-1c2d-4e3f-8a9b-0c1d2e36b8cf';
export const NEW_KEY = 'KAAP.9d01c7e2-5b6a-4c7d-9e8f-a0b1c2d3e4f5';
export const AAP = { accountId: 'environment', regionId: 'cn-hangzhou', aapName: 'payments-aap' };

/** As `vscode.l10n.t` in English. */
export const t: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (mark, index) => String(args[Number(index)] ?? mark));

export function use(userAgent: string, keyId: string, first: number, last: number): CallerUse {
  const caller = { userAgent, api: 'GetSecretValue', resource: 'secret/db', network: '10.0.3.0/24' };
  return {
    caller,
    keyId,
    calls: 1440,
    first,
    last,
    longestGapMs: 60_000,
    statuses: { '200': 1440 },
    addresses: ['10.0.3.17'],
  };
}

/** One instance with a log of 180 days, in which the old key was last called at `oldLast`. */
export function evidenceOf(oldLast: number, callers: readonly CallerUse[]): AuditEvidence {
  return {
    aap: AAP,
    oldKey: { id: OLD_KEY, createdAt: NOW - 340 * DAY, notAfter: NOW + 12 * DAY },
    newKeyId: NEW_KEY,
    readAt: NOW,
    sharedGateway: false,
    instances: [
      {
        instanceId: 'kst-hzz65f176a0ogplgqabcd',
        project: 'kms-log-kst-hzz65f176a0ogplgqabcd',
        logStore: 'kms_audit_log',
        begins: NOW - 180 * DAY,
        newestAny: NOW - 1000,
        oldKeyCalls: 5000,
        oldKeyLast: oldLast,
        newKeyCalls: 900,
        newKeyFirst: NOW - 4 * DAY,
        newKeyLast: NOW - 1000,
        longestPauseMs: 40 * 60_000,
        complete: true,
        callers,
        callersComplete: true,
      },
    ],
    requestIds: ['REQ-1', 'REQ-2'],
  };
}

/** The class of `use`. */
export function callerOf(userAgent: string): CallerClass {
  return use(userAgent, OLD_KEY, 0, 0).caller;
}

export function entryOf(change: Partial<LogEntry> = {}): LogEntry {
  return {
    at: NOW - 60_000,
    instanceId: 'kst-hzz65f176a0ogplgqabcd',
    keyId: OLD_KEY,
    api: 'GetSecretValue',
    resource: 'secret/db',
    status: '200',
    errorCode: '',
    errorMessage: '',
    clientIp: '10.0.3.17',
    userAgent: 'billing-job Python',
    gateway: 'dedicated',
    requestId: 'REQ-E1',
    ...change,
  };
}

export function rotationOf(change: Partial<Rotation> = {}): Rotation {
  return {
    id: 'r1',
    revision: 3,
    aap: AAP,
    state: 'watching',
    oldKey: { id: OLD_KEY, notBefore: NOW - 340 * DAY, notAfter: NOW + 12 * DAY },
    newKey: { id: NEW_KEY, notBefore: NOW - 4 * DAY, notAfter: NOW + 365 * DAY },
    files: { credentialFile: '/keys/new.json', passwordFile: '/keys/new.txt' },
    unsaved: false,
    request: { notBefore: 0, notAfter: 0, keysBefore: [] },
    proven: true,
    startedAt: NOW - 4 * DAY,
    updatedAt: NOW - DAY,
    workspaces: [],
    retired: [],
    places: [],
    ...change,
  };
}

/** A view of that evidence, judged by the real rules. */
export function readingOf(
  evidence: AuditEvidence,
  rotation: Rotation = rotationOf(),
): AuditReading & Required<Pick<AuditReading, 'result'>> {
  const options: VerdictOptions = { quietPeriodMs: DAY, retired: rotation.retired };
  return {
    target: { kind: 'rotation', rotationId: 'r1' },
    names: { oldKeyId: OLD_KEY, newKeyId: NEW_KEY, aap: AAP, regionName: 'China (Hangzhou)', rotation },
    status: 'ready',
    result: { evidence, verdict: verdictOf(evidence, options) },
    options,
    range: '24h',
    histogram: { status: 'ready', from: NOW - DAY, to: NOW, buckets: [], complete: true },
    shares: { shares: [], sharesQuality: 'exact' },
    entries: { status: 'closed', list: [], more: false, complete: true },
    policyOffered: false,
    now: NOW,
  };
}

export const inUse = (): AuditEvidence =>
  evidenceOf(NOW - 120_000, [
    use('billing-job Python', OLD_KEY, NOW - 90 * DAY, NOW - 120_000),
    use('order-svc Java', OLD_KEY, NOW - 90 * DAY, NOW - 3 * DAY),
    use('order-svc Java', NEW_KEY, NOW - 3 * DAY + 1000, NOW - 1000),
  ]);

export const quiet = (): AuditEvidence =>
  evidenceOf(NOW - 3 * DAY, [
    use('order-svc Java', OLD_KEY, NOW - 90 * DAY, NOW - 3 * DAY),
    use('order-svc Java', NEW_KEY, NOW - 3 * DAY + 1000, NOW - 1000),
    use('fresh-job Go', NEW_KEY, NOW - DAY, NOW - 2000),
  ]);
