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
const moment = v.pipe(v.number(), v.finite());
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
  callers: v.array(caller),
  callersComplete: v.boolean(),
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

const savedSchema: v.GenericSchema<SavedView> = v.object({ state: viewStateSchema, receivedAt: moment });

/** The kept state, or undefined when there is none or it is of another version. */
export function parseSaved(data: unknown): SavedView | undefined {
  const parsed = v.safeParse(savedSchema, data);
  return parsed.success ? parsed.output : undefined;
}
