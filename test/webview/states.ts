import type { AuditEntries, AuditViewState } from '../../src/model/auditView';
import { auditStrings, rangeLabels } from '../../src/ui/audit/auditStrings';
import type { Translate } from '../../src/ui/words';
import { BUCKETS, CALLERS, callerRow, DAY, entryRows, HOUR, MINUTE, NOW, SECOND, SHARES } from './rows';

const t: Translate = (message, ...args) => message.replace(/\{(\d)\}/g, (_, n) => String(args[Number(n)]));

const OLD_KEY = 'KAAP.66abf237-1c2d-4e3f-8a9b-0c1d2e36b8cf';
const NEW_KEY = 'KAAP.9d01c7e2-5b6a-4c7d-9e8f-a0b1c2d3e4f5';

const CLOSED: AuditEntries = { status: 'closed', rows: [], more: false, complete: true };

const base = {
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
  checkedAt: NOW - 20 * SECOND,
  range: '24h',
  rangeLabels: rangeLabels(t),
  histogram: { status: 'ready', from: NOW - DAY, to: NOW, buckets: BUCKETS, complete: true },
  shares: { quality: 'exact', rows: SHARES },
  callers: CALLERS,
  callersComplete: true,
  migration: '2 of 6 callers moved.',
  entries: CLOSED,
  rollout: { open: 2, text: '2 of 5 places of the roll-out are open.' },
  policyOffered: false,
  evidence: [
    { level: 'ok', text: ['The log is alive: longest pause 40 minutes.'] },
    { level: 'note', text: ['Last entry of any key ', { at: NOW - 5 * SECOND }, '.'] },
    { level: 'problem', text: ['The application access point also reaches kst-hzz77a: logging not bought.'] },
  ],
  deletion: {
    offered: false,
    label: 'Delete old key… (held back)',
    reason: ['Held back: the old key is in use.'],
  },
} as const satisfies AuditViewState;

const {
  verdict: _v,
  checkedAt: _c,
  migration: _m,
  ...unread
} = {
  ...base,
  verdict: undefined,
  shares: { quality: 'exact' as const, rows: [] },
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

const inUse = {
  ...base,
  verdict: {
    kind: 'inUse' as const,
    headline: ['In use'],
    sentences: [
      ['2 of 6 callers still use the old key.'],
      ['Last call ', { at: NOW - 2 * MINUTE }, '.'],
      [
        'Deleting now would break: billing-job Python (GetSecretValue, 10.0.3.0/24) and report-svc Java (Decrypt, 10.0.7.0/24).',
      ],
    ],
  },
};

const heldBackUnknown = {
  offered: false,
  label: 'Delete old key… (held back)',
  reason: ['Held back: whether the old key is in use cannot be told.'],
};

/** A state with that many rows in each list. */
export function longState(count: number): AuditViewState & Pick<typeof inUse, 'verdict'> {
  return {
    ...inUse,
    instances: ['kst-hzz65f176a0ogplgqabcd', 'kst-hzz77a176a0ogplgqabcd', 'kst-hzz88b176a0ogplgqabcd'],
    shares: {
      quality: 'approximate',
      rows: Array.from({ length: count }, (_, index) => ({
        key: index % 2 === 0 ? 'Old key' : 'New key',
        api: `Operation${index}`,
        status: String(200 + index),
        gateway: 'dedicated',
        calls: 100_000_000 - index,
        last: NOW - index * HOUR,
      })),
    },
    callers: Array.from({ length: count }, (_, index) =>
      callerRow({
        state: index < count / 2 ? 'oldKey' : 'moved',
        userAgent: `service-${index} Java`,
        oldLast: NOW - index * MINUTE,
        oldCalls: 10_000_000,
        newCalls: 10_000_000,
        unexplained: index % 3 === 0,
        retire: 'mark',
      }),
    ),
    entries: { status: 'ready', rows: entryRows(count), more: true, complete: true },
    evidence: Array.from({ length: count }, (_, index) => ({
      level: index % 2 === 0 ? 'ok' : 'problem',
      text: [`Instance kst-${index}: asked for everything since `, { at: NOW - index * DAY }, '.'],
    })),
  };
}

/** One state of the view for every form that it can take. */
export const STATES = {
  loading: { ...unread, status: 'loading', histogram: { ...none, status: 'loading' } },
  inUse,
  rereading: { ...inUse, status: 'loading', histogram: { ...inUse.histogram, status: 'loading' } },
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
    callers: CALLERS.filter((row) => row.state === 'moved' || row.state === 'retired'),
    migration: '1 of 1 callers moved.',
    rollout: { open: 0, text: 'No place of the roll-out is open.' },
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
        ['Instance kst-hzz88b: The account has no permission for log:GetLogStoreLogs (request id 7C1A-11).'],
        ['month-end Go called last ', { at: NOW - 26 * DAY }, ' and has not been seen with the new key.'],
      ],
    },
    histogram: { ...base.histogram, complete: false },
    shares: { ...base.shares, quality: 'approximate' },
    callersComplete: false,
    policyOffered: true,
    deletion: heldBackUnknown,
  },
  /** A log without analytics on its index. */
  partial: {
    ...base,
    verdict: {
      kind: 'unknown',
      headline: ['Unknown'],
      sentences: [['The index of the log has no analytics, so the callers cannot all be told.']],
    },
    histogram: { ...base.histogram, complete: false },
    shares: { rows: SHARES.slice(0, 2), quality: 'sampled' },
    callers: CALLERS.slice(0, 2),
    callersComplete: false,
    entries: { status: 'ready', rows: entryRows(8), more: false, complete: false },
    deletion: heldBackUnknown,
  },
  empty: {
    ...base,
    verdict: {
      kind: 'unknown',
      headline: ['Unknown'],
      sentences: [['The audit log is empty, so it proves nothing.']],
    },
    histogram: none,
    shares: { quality: 'exact', rows: [] },
    callers: [],
    evidence: [],
    entries: { ...CLOSED, status: 'ready' },
    deletion: heldBackUnknown,
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
    entries: {
      ...CLOSED,
      status: 'error',
      error: 'The log service did not answer in time (request id 7C1A-12).',
    },
    policyOffered: true,
  },
  /** A reading that failed after one that did not. */
  outdated: {
    ...inUse,
    status: 'error',
    error: 'Alibaba Cloud could not be reached: connection refused.',
    histogram: { ...base.histogram, status: 'error', error: 'The log service could not be reached.' },
  },
  /** Of a key that is in no rotation. */
  key: {
    ...withoutNewKey(inUse),
    target: {
      kind: 'key',
      aap: { accountId: '1234567890123456', regionId: 'cn-hangzhou', aapName: 'payments-aap' },
      keyId: OLD_KEY,
    },
    strings: auditStrings(t, false),
  },
  long: longState(40),
} as const satisfies Record<string, AuditViewState>;

function withoutNewKey(state: typeof inUse) {
  const { newKeyId: _n, migration: _g, rollout: _r, ...rest } = state;
  return rest;
}
