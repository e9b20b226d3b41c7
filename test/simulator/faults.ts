/** Faults that tests inject, each for one action (or `*` for all) and for a number of calls (or for ever). */

export type FaultKind =
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection is reset before the call had any effect. */
  | { readonly kind: 'resetBefore' }
  /** The call has its effect, then the connection is reset instead of the answer. */
  | { readonly kind: 'resetAfter' }
  | { readonly kind: 'status'; readonly status: number; readonly code: string; readonly message?: string }
  /** 429 `Rejected.Throttling` (KMS, gateway) or 403 `ReadQuotaExceed` (log service). */
  | { readonly kind: 'throttle' }
  /** The call has its effect; the answer is a page of some proxy. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The call has its effect; half of the answer arrives, then the connection ends. */
  | { readonly kind: 'cutBody' }
  /** The call has its effect; the answer has no body. */
  | { readonly kind: 'emptyBody' }
  /** CreateClientKey: the key's NotBefore is later than asked for, for example by 8 h. */
  | { readonly kind: 'notBeforeShift'; readonly ms: number }
  /** CreateClientKey with a NotBefore is refused. */
  | { readonly kind: 'notBeforeRefused' }
  /** GetLogs, GetLogsV2, GetHistograms: half of the data, marked `Incomplete`. */
  | { readonly kind: 'incomplete' };

export type Fault = FaultKind & {
  /** The API's name (`CreateClientKey`, `GetLogsV2`, …), `Gateway` for the instance gateway, or `*`. */
  readonly action: string;
  /** How many calls it hits; without it, every call until `clearFaults`. */
  readonly times?: number;
  /** Only calls of this region; without it, all. */
  readonly region?: string;
};

export interface FaultBook {
  add(fault: Fault): void;
  clear(): void;
  /** The faults that hit this call now; each use is counted. */
  take(action: string, region?: string): Fault[];
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
    take: (action, region) => {
      const hits = entries.filter(
        ({ fault }) =>
          (fault.action === '*' || fault.action === action) &&
          (fault.region === undefined || fault.region === region),
      );
      for (const hit of hits) hit.left -= 1;
      entries = entries.filter((entry) => entry.left > 0);
      return hits.map((hit) => hit.fault);
    },
  };
}
