import type { AuditBucket, AuditCallerRow, AuditViewState } from '../../src/model/auditView';
import { auditStrings, rangeLabels } from '../../src/ui/audit/auditStrings';
import type { Translate } from '../../src/ui/words';

const HOUR = 3_600_000;
export const NOW = Date.UTC(2026, 10, 24, 10, 0, 0);
const t: Translate = (message, ...args) => message.replace(/\{(\d)\}/g, (_, n) => String(args[Number(n)]));

const OLD_KEY = 'KAAP.66abf237-1c2d-4e3f-8a9b-0c1d2e36b8cf';
const NEW_KEY = 'KAAP.9d01c7e2-5b6a-4c7d-9e8f-a0b1c2d3e4f5';

/** 72 buckets of 20 minutes: the old key fades out while the new one comes in. */
const buckets: readonly AuditBucket[] = Array.from({ length: 72 }, (_, index) => ({
  from: NOW - (72 - index) * (HOUR / 3),
  to: NOW - (71 - index) * (HOUR / 3),
  oldKey: index < 40 ? 20 + ((index * 7) % 9) : index % 6 === 0 ? 1 : 0,
  newKey: index < 38 ? 0 : 18 + ((index * 5) % 11),
}));

const caller = (
  row: Partial<AuditCallerRow> & Pick<AuditCallerRow, 'state' | 'userAgent'>,
): AuditCallerRow => ({
  stateText: {
    oldKey: 'old key',
    silent: 'silent',
    moved: 'moved',
    probablyMoved: 'probably moved',
    retired: 'retired',
    newOnly: 'new key only',
  }[row.state],
  api: 'GetSecretValue',
  resource: 'acs:kms:cn-hangzhou:1234567890123456:secret/payments/database-password',
  network: '10.0.3.0/24',
  addresses: ['10.0.3.17', '10.0.3.18'],
  oldCalls: 1440,
  newCalls: 0,
  ...row,
});

const base: AuditViewState = {
  target: { kind: 'rotation', rotationId: 'r1' },
  locale: 'en',
  strings: auditStrings(t, true),
  now: NOW,
  status: 'ready',
  oldKeyId: OLD_KEY,
  newKeyId: NEW_KEY,
  aapName: 'payments-aap',
  regionName: 'China (Hangzhou)',
  instances: ['kst-hzz65f176a0ogplgqabcd'],
  checkedAt: NOW - 20_000,
  range: '24h',
  rangeLabels: rangeLabels(t),
  histogram: { status: 'ready', from: NOW - 24 * HOUR, to: NOW, buckets, complete: true },
  callers: [
    caller({ state: 'oldKey', userAgent: 'billing-job Python', oldLast: NOW - 120_000 }),
    caller({
      state: 'silent',
      userAgent: 'month-end Go',
      network: '10.0.9.0/24',
      oldLast: NOW - 26 * 24 * HOUR,
      oldCalls: 12,
    }),
    caller({
      state: 'moved',
      userAgent: 'order-svc Java',
      network: '10.0.2.0/24',
      oldLast: NOW - 3 * HOUR,
      newFirst: NOW - 3 * HOUR + 1000,
      newCalls: 530,
    }),
  ],
  callersComplete: true,
  evidence: [
    { level: 'ok', text: ['The log is alive: longest pause 40 minutes.'] },
    { level: 'note', text: ['Last entry of any key ', { at: NOW - 5000 }, '.'] },
    { level: 'problem', text: ['The application access point also reaches kst-hzz77a: logging not bought.'] },
  ],
  deletion: {
    offered: false,
    label: 'Delete old key… (held back)',
    reason: ['Held back: the old key is in use.'],
  },
};

const {
  verdict: _v,
  checkedAt: _c,
  ...unread
} = {
  ...base,
  verdict: undefined,
  callers: [],
  callersComplete: false,
  evidence: [],
  instances: [],
  deletion: {
    offered: false,
    label: 'Delete old key… (held back)',
    reason: ['Held back until the audit log has been read.'],
  },
};

const none = { ...base.histogram, buckets: [] };

/** One state of the view for every form that it can take. */
export const STATES = {
  loading: { ...unread, status: 'loading', histogram: { ...none, status: 'loading' } },
  inUse: {
    ...base,
    verdict: {
      kind: 'inUse',
      headline: ['In use'],
      sentences: [
        ['2 of 5 callers still use the old key.'],
        ['Last call ', { at: NOW - 120_000 }, '.'],
        [
          'Deleting now would break: billing-job Python (GetSecretValue, 10.0.3.0/24) and report-svc Java (Decrypt, 10.0.7.0/24).',
        ],
      ],
    },
  },
  quiet: {
    ...base,
    verdict: {
      kind: 'quiet',
      headline: ['Quiet since Nov 21, 2026, 10:00:00 AM UTC'],
      sentences: [
        ['No call with the old key for 3 days; 24 hours without one are asked for.'],
        ['It can be deleted now.'],
      ],
    },
    callers: base.callers.slice(2),
    evidence: base.evidence.slice(0, 2),
    deletion: { offered: true, label: 'Delete old key…' },
  },
  unknown: {
    ...base,
    verdict: {
      kind: 'unknown',
      headline: ['Unknown'],
      sentences: [
        [
          'Instance kst-hzz77a: The audit log was not bought, so calls cannot be seen. Buy Log Analysis for the instance.',
        ],
      ],
    },
    histogram: { ...base.histogram, complete: false },
    callersComplete: false,
    deletion: {
      offered: false,
      label: 'Delete old key… (held back)',
      reason: ['Held back: whether the old key is in use cannot be told.'],
    },
  },
  empty: {
    ...base,
    verdict: {
      kind: 'unknown',
      headline: ['Unknown'],
      sentences: [['The audit log is empty, so it proves nothing.']],
    },
    histogram: none,
    callers: [],
    evidence: [],
  },
  error: {
    ...unread,
    status: 'error',
    error: 'Alibaba Cloud refused the call: no permission for log:GetLogStoreLogs (request id 7C1A-11).',
    histogram: {
      ...none,
      status: 'error',
      error: 'The log service did not answer in time. Refresh to try again.',
    },
  },
} as const satisfies Record<string, AuditViewState>;
