import * as v from 'valibot';

/** Faults that tests inject, each for one action (or `*` for all) and for a number of calls (or for ever). */

const target = {
  /** The API's name (`CreateClientKey`, `GetLogsV2`, …), `Gateway` for the instance gateway, or `*`. */
  action: v.string(),
  /** How many calls it hits; without it, every call until `clearFaults`. */
  times: v.exactOptional(v.number()),
  /** Only calls of this region; without it, all. */
  region: v.exactOptional(v.string()),
  /** Only calls with these query parameters; an empty text: only those without the parameter. */
  where: v.exactOptional(v.record(v.string(), v.string())),
};

export const FaultSchema = v.variant('kind', [
  /** The answer is held back for `ms`. */
  v.object({ ...target, kind: v.literal('delay'), ms: v.number() }),
  /** The connection is reset before the call had any effect. */
  v.object({ ...target, kind: v.literal('resetBefore') }),
  /** The call has its effect, then the connection is reset instead of the answer. */
  v.object({ ...target, kind: v.literal('resetAfter') }),
  /** An error answer without effect. */
  v.object({
    ...target,
    kind: v.literal('status'),
    status: v.number(),
    code: v.string(),
    message: v.exactOptional(v.string()),
    /** The RAM action that the answer names as refused. */
    deniedAction: v.exactOptional(v.string()),
  }),
  /**
   * 429 `Rejected.Throttling` (KMS, gateway) or 403 `ReadQuotaExceed` (log service), without effect; with a hint in the answer
   * how long to wait, `retry-after` in seconds or as a date, `x-acs-retry-after` in ms.
   */
  v.object({
    ...target,
    kind: v.literal('throttle'),
    hint: v.exactOptional(
      v.object({ header: v.picklist(['retry-after', 'x-acs-retry-after']), value: v.string() }),
    ),
  }),
  /** The call has its effect; the answer is a page of some proxy. */
  v.object({ ...target, kind: v.literal('html'), status: v.exactOptional(v.number()) }),
  /** The call has its effect; half of the answer arrives, then the connection ends. */
  v.object({ ...target, kind: v.literal('cutBody') }),
  /** The call has its effect; the status and headers of the answer arrive, then the connection is reset. */
  v.object({ ...target, kind: v.literal('resetAfterHeaders') }),
  /** The call has its effect; status and headers arrive at once, the body `ms` later. */
  v.object({ ...target, kind: v.literal('slowFirstByte'), ms: v.number() }),
  /** The call has its effect; the answer is JSON whose values have other types than documented. */
  v.object({ ...target, kind: v.literal('wrongTypes') }),
  /** The call has its effect; the answer has no body. */
  v.object({ ...target, kind: v.literal('emptyBody') }),
  /** CreateClientKey: the key's NotBefore is later than asked for by `ms`, for example 8 h. */
  v.object({ ...target, kind: v.literal('notBeforeShift'), ms: v.number() }),
  /** CreateClientKey with a NotBefore is refused. */
  v.object({ ...target, kind: v.literal('notBeforeRefused') }),
  /** GetLogs, GetLogsV2, GetHistograms: half of the data, marked `Incomplete`. */
  v.object({ ...target, kind: v.literal('incomplete') }),
]);

export type Fault = v.InferOutput<typeof FaultSchema>;

export interface FaultBook {
  add(fault: Fault): void;
  clear(): void;
  /** The faults that hit this call now; each use is counted. */
  take(action: string, region: string | undefined, query: Readonly<Record<string, string>>): Fault[];
}

export function createFaultBook(): FaultBook {
  let entries: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      entries.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      entries = [];
    },
    take: (action, region, query) => {
      const hits = entries.filter(
        ({ fault }) =>
          (fault.action === '*' || fault.action === action) &&
          (fault.region === undefined || fault.region === region) &&
          Object.entries(fault.where ?? {}).every(([name, value]) => (query[name] ?? '') === value),
      );
      for (const hit of hits) hit.left -= 1;
      entries = entries.filter((entry) => entry.left > 0);
      return hits.map((hit) => hit.fault);
    },
  };
}
