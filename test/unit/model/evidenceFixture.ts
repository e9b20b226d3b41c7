import type { AuditEvidence, CallerClass, CallerUse, InstanceEvidence } from '../../../src/model/evidence';
import type { VerdictOptions } from '../../../src/model/verdict';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** The service's present in all tests. */
export const NOW = Date.UTC(2026, 10, 24, 8, 0, 0);
export const OLD = 'KAAP.66abf237-63f6-4625-b8cf-47e1086e0001';
export const NEW = 'KAAP.9d01c7e2-63f6-4625-b8cf-47e1086e0002';
export const OPTIONS: VerdictOptions = { quietPeriodMs: DAY, retired: [] };

/** Time that lies so far back. */
export const ago = (ms: number): number => NOW - ms;

export function caller(userAgent: string, network = '10.0.2.0/24'): CallerClass {
  return { userAgent, api: 'GetSecretValue', resource: 'db-password', network };
}

/** Calls every 10 minutes up to `last`, unless said otherwise. */
export function use(who: CallerClass, keyId: string, last: number, more: Partial<CallerUse> = {}): CallerUse {
  return {
    caller: who,
    keyId,
    calls: 100,
    first: last - 5 * DAY,
    last,
    longestGapMs: 10 * MINUTE,
    statuses: { '200': 100 },
    addresses: ['10.0.2.17'],
    ...more,
  };
}

/** Moved two days ago, alive, complete: quiet. */
export function quietInstance(more: Partial<InstanceEvidence> = {}): InstanceEvidence {
  const instanceId = more.instanceId ?? 'kst-hzz65f';
  return {
    instanceId,
    project: `kms-log-${instanceId}`,
    logStore: 'kms_audit_log',
    begins: ago(180 * DAY),
    newestAny: ago(5 * MINUTE),
    oldKeyCalls: 100,
    oldKeyLast: ago(2 * DAY),
    newKeyCalls: 300,
    newKeyFirst: ago(2 * DAY - MINUTE),
    newKeyLast: ago(5 * MINUTE),
    longestPauseMs: 40 * MINUTE,
    complete: true,
    callers: [use(caller('order-svc'), OLD, ago(2 * DAY)), use(caller('order-svc'), NEW, ago(5 * MINUTE))],
    callersComplete: true,
    ...more,
  };
}

export function evidence(more: Partial<AuditEvidence> = {}): AuditEvidence {
  return {
    aap: { accountId: 'environment', regionId: 'cn-hangzhou', aapName: 'payments-aap' },
    oldKey: { id: OLD, createdAt: ago(353 * DAY), notAfter: NOW + 12 * DAY },
    newKeyId: NEW,
    readAt: NOW,
    sharedGateway: false,
    instances: [quietInstance()],
    requestIds: ['REQ-1'],
    ...more,
  };
}

/** Evidence of one instance that differs from the quiet one. */
export function withInstance(more: Partial<InstanceEvidence>): AuditEvidence {
  return evidence({ instances: [quietInstance(more)] });
}

/** An instance that never saw the old key. */
export const NEVER_SEEN: Partial<InstanceEvidence> = {
  oldKeyCalls: 0,
  callers: [use(caller('order-svc'), NEW, ago(5 * MINUTE))],
};

/** `quietInstance(more)` without some optional members. */
export function without<K extends keyof InstanceEvidence>(
  instance: InstanceEvidence,
  ...members: readonly K[]
): InstanceEvidence {
  const copy: Record<string, unknown> = { ...instance };
  for (const member of members) delete copy[member];
  return copy as unknown as InstanceEvidence;
}
