/** What stood in the way of an attempt, where it was not the service. */
type Obstacle =
  /** The proxy answered in the service's place; `status` is its own. 407: it wants a user and a password. */
  | { readonly kind: 'proxyAnswered'; readonly status: number }
  | { readonly kind: 'proxyUnreachable' }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'tooSlow' };

/** What one attempt saw on the wire, which the SDKs keep to themselves: they throw away status and headers of what they cannot read. */
export interface Wire {
  /** Status of the last answer; absent as long as there was none. */
  status?: number;
  /** Those of its headers that say something to us, names in lower case. */
  headers: Readonly<Record<string, string>>;
  obstacle?: Obstacle;
  /** Node's code for why the body of the last answer ended early; the log SDK loses it where the body is compressed. */
  cut?: string;
  /** Host and port of the proxy in the settings or the environment, without user and password; absent where the system knows it. */
  readonly proxy?: string;
}

const TELLING = ['date', 'content-type', 'retry-after', 'x-acs-retry-after'];

/** Takes note of an answer. */
export function noteAnswer(
  wire: Wire,
  answer: { readonly statusCode?: number | undefined; readonly headers: NodeJS.Dict<string | string[]> },
): void {
  if (answer.statusCode !== undefined) wire.status = answer.statusCode;
  wire.headers = Object.fromEntries(
    TELLING.flatMap((name) => {
      const value = answer.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** Whether the last answer was JSON, as every answer of the services is: whatever else came, somebody on the way sent it. */
export function isJson(wire: Wire): boolean {
  return /^application\/json\b/i.test(wire.headers['content-type'] ?? '');
}

/**
 * How long the service wants to be left alone, ms, where it said so: `retry-after` in seconds or as a date by its own
 * clock, `x-acs-retry-after` in ms (docs/facts.md SDK-19).
 */
export function retryHint(wire: Wire): number | undefined {
  const own = wire.headers['x-acs-retry-after'] ?? '';
  if (/^\d{1,9}$/.test(own)) return Number(own);
  const after = wire.headers['retry-after'] ?? '';
  if (/^\d{1,6}$/.test(after)) return Number(after) * 1000;
  const present = Date.parse(wire.headers.date ?? '');
  const wait = Date.parse(after) - (Number.isNaN(present) ? Date.now() : present);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
