import type { AuditEvidence, CallerUse } from '../../../../src/model/evidence';
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

/** A view of that evidence, judged by the real rules. */
export function readingOf(evidence: AuditEvidence): AuditReading {
  const options = { quietPeriodMs: DAY, retired: [] };
  return {
    target: { kind: 'rotation', rotationId: 'r1' },
    names: { oldKeyId: OLD_KEY, newKeyId: NEW_KEY, aap: AAP, regionName: 'China (Hangzhou)' },
    status: 'ready',
    result: { evidence, verdict: verdictOf(evidence, options) },
    options,
    range: '24h',
    histogram: { status: 'ready', from: NOW - DAY, to: NOW, buckets: [], complete: true },
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
