import * as v from 'valibot';
import {
  AUDIT_RANGES,
  AUDIT_STRING_KEYS,
  type AuditStrings,
  type AuditTarget,
  type AuditViewState,
  type ToAuditView,
} from '../../model/auditView';

const text = v.string();
/** ms UTC, as far as a date can tell it. */
const moment = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15));
const count = v.pipe(v.number(), v.finite(), v.minValue(0));
const auditText = v.array(v.union([text, v.object({ at: moment })]));
const range = v.picklist(AUDIT_RANGES);
const rangeLabels = v.object({ '1h': text, '24h': text, '7d': text, '30d': text, '180d': text });

const strings: v.GenericSchema<AuditStrings> = v.custom<AuditStrings>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    AUDIT_STRING_KEYS.every((key) => typeof Reflect.get(value, key) === 'string'),
);

const target: v.GenericSchema<AuditTarget> = v.variant('kind', [
  v.object({ kind: v.literal('rotation'), rotationId: text }),
  v.object({
    kind: v.literal('key'),
    aap: v.object({ accountId: text, regionId: text, aapName: text }),
    keyId: text,
  }),
]);

const caller = v.object({
  id: text,
  state: v.picklist(['oldKey', 'silent', 'probablyMoved', 'moved', 'retired', 'newOnly']),
  stateText: text,
  userAgent: text,
  api: text,
  resource: text,
  network: text,
  addresses: v.array(text),
  oldLast: v.exactOptional(moment),
  newFirst: v.exactOptional(moment),
  oldCalls: count,
  newCalls: count,
  sureText: v.exactOptional(text),
  reference: v.exactOptional(v.object({ label: text, how: text })),
  unexplained: v.boolean(),
  retire: v.exactOptional(v.picklist(['mark', 'unmark'])),
  reason: v.exactOptional(text),
});

const shares = v.object({
  quality: v.picklist(['exact', 'approximate', 'sampled']),
  rows: v.array(v.object({ key: text, api: text, status: text, gateway: text, calls: count, last: moment })),
});

const entry = v.object({
  at: moment,
  key: text,
  api: text,
  resource: text,
  status: text,
  error: text,
  address: text,
  userAgent: text,
  gateway: text,
  requestId: text,
});

const entries = v.object({
  status: v.picklist(['closed', 'loading', 'ready', 'error']),
  error: v.exactOptional(text),
  rows: v.array(entry),
  more: v.boolean(),
  complete: v.boolean(),
});

const histogram = v.object({
  status: v.picklist(['loading', 'ready', 'error']),
  error: v.exactOptional(text),
  from: moment,
  to: moment,
  buckets: v.array(v.object({ from: moment, to: moment, oldKey: count, newKey: count })),
  complete: v.boolean(),
});

/** What the view draws. Also what it keeps over a reload: a state kept by an older version may be of another form. */
const viewStateSchema: v.GenericSchema<AuditViewState> = v.object({
  target,
  locale: text,
  strings,
  now: moment,
  status: v.picklist(['loading', 'ready', 'error']),
  error: v.exactOptional(text),
  oldKeyId: text,
  newKeyId: v.exactOptional(text),
  aapName: text,
  regionName: text,
  instances: v.array(text),
  checkedAt: v.exactOptional(moment),
  verdict: v.exactOptional(
    v.object({
      kind: v.picklist(['inUse', 'quiet', 'unknown']),
      headline: auditText,
      sentences: v.array(auditText),
    }),
  ),
  range,
  rangeLabels,
  histogram,
  shares,
  callers: v.array(caller),
  callersComplete: v.boolean(),
  migration: v.exactOptional(text),
  entries,
  rollout: v.exactOptional(v.object({ open: count, text })),
  policyOffered: v.boolean(),
  evidence: v.array(v.object({ level: v.picklist(['ok', 'note', 'problem']), text: auditText })),
  deletion: v.object({ offered: v.boolean(), label: text, reason: v.exactOptional(auditText) }),
});

const messageSchema: v.GenericSchema<ToAuditView> = v.variant('type', [
  v.object({ type: v.literal('state'), state: viewStateSchema }),
  v.object({ type: v.literal('copied') }),
]);

/** A message of the host, or undefined for anything else that arrives at the window. */
export function parseMessage(data: unknown): ToAuditView | undefined {
  const parsed = v.safeParse(messageSchema, data);
  return parsed.success ? parsed.output : undefined;
}

/** What the view keeps over a reload. */
export interface SavedView {
  readonly state: AuditViewState;
  /** Local clock when `state` arrived, ms. */
  readonly receivedAt: number;
}

/** Without the entries: they are many, and asked for again when somebody opens them. */
export function toSave(saved: SavedView): SavedView {
  const closed = { status: 'closed', rows: [], more: false, complete: true } as const;
  return { ...saved, state: { ...saved.state, entries: closed } };
}

const savedSchema: v.GenericSchema<SavedView> = v.object({ state: viewStateSchema, receivedAt: moment });

/** The kept state, or undefined when there is none or it is of another version. */
export function parseSaved(data: unknown): SavedView | undefined {
  const parsed = v.safeParse(savedSchema, data);
  return parsed.success ? parsed.output : undefined;
}
