const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The unit that tells a duration with the fewest words without hiding much: 90 min rather than 2 h, 36 h rather than 2 d. */
function unitOf(durationMs: number): readonly ['second' | 'minute' | 'hour' | 'day', number] {
  const ms = Math.abs(durationMs);
  if (ms < 1.5 * MINUTE) return ['second', SECOND];
  if (ms < 1.5 * HOUR) return ['minute', MINUTE];
  if (ms < 2 * DAY) return ['hour', HOUR];
  return ['day', DAY];
}

/** Shorter ago than this, ms, nobody wants a number. */
const JUST_NOW_MS = 5 * SECOND;

/** What `Intl` has no word for in any language; the languages are those of the extension. */
function justNow(locale: string): string {
  return locale.toLowerCase().startsWith('zh') ? '刚刚' : 'just now';
}

/**
 * `just now`, `2 minutes ago`, `in 3 hours`.
 * @param at the moment, ms UTC
 * @param now the present it is told from, ms UTC
 * @param locale BCP 47
 */
export function relativeTime(at: number, now: number, locale: string): string {
  // A clock that is a moment behind must not make the past the future.
  if (Math.abs(at - now) < JUST_NOW_MS) return justNow(locale);
  const [unit, size] = unitOf(at - now);
  const count = Math.trunc((at - now) / size);
  return relativeFormat(locale, '').format(count, unit);
}

/** `Nov 24, 2026, 10:02:31 AM GMT+8`: date, time and zone of a moment in ms UTC. The zone is the local one unless named. */
export function exactTime(at: number, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'long',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

/** `40 minutes`, `24 hours`, `35 days`: a duration in ms, rounded down to one unit. */
export function durationText(durationMs: number, locale: string): string {
  const [unit, size] = unitOf(durationMs);
  return durationFormat(locale, unit).format(Math.trunc(durationMs / size));
}

const relativeFormat = kept((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
const durationFormat = kept(
  (locale, unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
);

/** Making a format takes many times as long as using it, and lists tell the time of thousands of keys. */
function kept<Format>(make: (locale: string, unit: string) => Format) {
  const made = new Map<string, Format>();
  return (locale: string, unit: string): Format => {
    const name = `${locale} ${unit}`;
    const format = made.get(name) ?? make(locale, unit);
    made.set(name, format);
    return format;
  };
}
