/** The services' time as their `Date` headers tell it, one clock per account. */
export interface ServiceClock {
  /** ms UTC: the last header plus the time passed since; this machine's time before the first answer. */
  now(accountId: string): number;
  /** Whether an answer has told the time already. */
  isSet(accountId: string): boolean;
  /**
   * Takes note of an answer.
   * @param headers of the answer, names in lower case
   * @returns ms UTC of the header, which has whole seconds; `now()` where it has none
   */
  note(accountId: string, headers: Readonly<Record<string, string>>): number;
}

export function createServiceClock(): ServiceClock {
  const ahead = new Map<string, number>();
  const now = (accountId: string) => Date.now() + (ahead.get(accountId) ?? 0);
  return {
    now,
    isSet: (accountId) => ahead.has(accountId),
    note: (accountId, headers) => {
      const time = Date.parse(headers.date ?? '');
      if (Number.isNaN(time)) return now(accountId);
      ahead.set(accountId, time - Date.now());
      return time;
    },
  };
}

/** `YYYY-MM-DDThh:mm:ssZ`, the form of every time in the KMS API: UTC, whole seconds. */
export function toServiceTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
