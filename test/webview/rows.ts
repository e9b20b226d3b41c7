import type {
  AuditBucket,
  AuditCallerRow,
  AuditCallerState,
  AuditEntryRow,
  AuditShareRow,
} from '../../src/model/auditView';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 10, 24, 10, 0, 0);

/** 72 buckets of 20 minutes: the old key fades out while the new one comes in. */
export const BUCKETS: readonly AuditBucket[] = Array.from({ length: 72 }, (_, index) => ({
  from: NOW - (72 - index) * (HOUR / 3),
  to: NOW - (71 - index) * (HOUR / 3),
  oldKey: index < 40 ? 20 + ((index * 7) % 9) : index % 6 === 0 ? 1 : 0,
  newKey: index < 38 ? 0 : 18 + ((index * 5) % 11),
}));

const STATE_TEXTS: Readonly<Record<AuditCallerState, string>> = {
  oldKey: 'old key',
  silent: 'silent',
  moved: 'moved',
  probablyMoved: 'probably moved',
  retired: 'retired',
  newOnly: 'new key only',
};

/** A caller class with what is told of it; its id follows from its user agent. */
export function callerRow(
  row: Partial<AuditCallerRow> & Pick<AuditCallerRow, 'state' | 'userAgent'>,
): AuditCallerRow {
  return {
    id: `id of ${row.userAgent}`,
    stateText: STATE_TEXTS[row.state],
    api: 'GetSecretValue',
    resource: 'acs:kms:cn-hangzhou:1234567890123456:secret/payments/database-password',
    network: '10.0.3.0/24',
    addresses: ['10.0.3.17', '10.0.3.18'],
    oldCalls: 1440,
    newCalls: 0,
    unexplained: false,
    ...row,
  };
}

/** One caller of each state. */
export const CALLERS: readonly AuditCallerRow[] = [
  callerRow({
    state: 'oldKey',
    userAgent: 'billing-job Python',
    oldLast: NOW - 2 * MINUTE,
    unexplained: true,
    addresses: Array.from({ length: 19 }, (_, index) => `10.0.3.${17 + index}`),
  }),
  callerRow({
    state: 'oldKey',
    userAgent: 'report-svc Java',
    api: 'Decrypt',
    resource: 'key-hzz65f1a2b3c4d5e6f7g8',
    network: '10.0.7.0/24',
    oldLast: NOW - 41 * MINUTE,
    oldCalls: 96,
    reference: { label: 'deploy/report/values.yaml:31', how: 'its secret is named in the same group' },
  }),
  callerRow({
    state: 'silent',
    userAgent: 'month-end Go',
    network: '10.0.9.0/24',
    addresses: ['10.0.9.4'],
    oldLast: NOW - 26 * DAY,
    oldCalls: 12,
    unexplained: true,
    retire: 'mark',
  }),
  callerRow({
    state: 'probablyMoved',
    userAgent: 'gateway Node.js',
    network: '10.0.4.0/24',
    addresses: [],
    oldLast: NOW - 2 * HOUR,
    newFirst: NOW - 90 * MINUTE,
    oldCalls: 3200,
    newCalls: 210,
    sureText: 'seen from another network',
    reference: { label: '.env:3', how: 'written in the same language' },
    retire: 'mark',
  }),
  callerRow({
    state: 'moved',
    userAgent: 'order-svc Java',
    network: '10.0.2.0/24',
    oldLast: NOW - 3 * HOUR,
    newFirst: NOW - 3 * HOUR + SECOND,
    newCalls: 530,
    reference: {
      label: 'src/main/resources/secretsmanager.properties:9',
      how: 'its secret is named in the same group',
    },
  }),
  callerRow({
    state: 'retired',
    userAgent: 'legacy-import curl',
    network: '192.168.0.0/24',
    oldLast: NOW - 61 * DAY,
    oldCalls: 3,
    retire: 'unmark',
    reason: 'switched off in October, ticket OPS-2214',
  }),
  callerRow({
    state: 'newOnly',
    userAgent: 'canary Go',
    network: '10.0.12.0/24',
    newFirst: NOW - HOUR,
    oldCalls: 0,
    newCalls: 44,
  }),
];

export const SHARES: readonly AuditShareRow[] = [
  {
    key: 'Old key',
    api: 'GetSecretValue',
    status: '200',
    gateway: 'dedicated',
    calls: 1432,
    last: NOW - 2 * MINUTE,
  },
  {
    key: 'New key',
    api: 'GetSecretValue',
    status: '200',
    gateway: 'dedicated',
    calls: 740,
    last: NOW - 5 * SECOND,
  },
  {
    key: 'Old key',
    api: 'Decrypt',
    status: '403',
    gateway: 'dedicated',
    calls: 96,
    last: NOW - 41 * MINUTE,
  },
  { key: 'Old key', api: 'GetSecretValue', status: '429', gateway: 'shared', calls: 8, last: NOW - 5 * HOUR },
];

/** Entries, the newest first, one every seven seconds. */
export function entryRows(count: number): readonly AuditEntryRow[] {
  return Array.from({ length: count }, (_, index) => ({
    at: NOW - 2 * MINUTE - index * 7 * SECOND,
    key: index % 3 === 0 ? 'New key' : 'Old key',
    api: 'GetSecretValue',
    resource: 'acs:kms:cn-hangzhou:1234567890123456:secret/payments/database-password',
    status: index % 5 === 4 ? '403' : '200',
    error: index % 5 === 4 ? 'Forbidden.NoPermission: You are not authorized.' : '',
    address: `10.0.3.${17 + (index % 19)}`,
    userAgent: 'AlibabaCloud (Linux; amd64) Java/17.0.9 Core/4.6.4',
    gateway: 'dedicated',
    requestId: `7C1A0F3E-5B6A-4C7D-9E8F-${String(index).padStart(12, '0')}`,
  }));
}
