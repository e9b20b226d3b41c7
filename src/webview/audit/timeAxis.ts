const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  60 * DAY,
];

/** Marks of a time axis between two moments (ms UTC), at round local times, at most `limit` of them. */
export function timeMarks(from: number, to: number, limit = 6): number[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= limit) ?? 60 * DAY;
  const midnight = new Date(from);
  midnight.setHours(0, 0, 0, 0);
  const marks: number[] = [];
  if (step < DAY) {
    const start = midnight.getTime() + Math.ceil((from - midnight.getTime()) / step) * step;
    for (let mark = start; mark < to; mark += step) marks.push(mark);
    return marks;
  }
  // By calendar days, because a day with a change of the clocks has 23 or 25 hours.
  const day = midnight;
  while (day.getTime() < to) {
    if (day.getTime() >= from) marks.push(day.getTime());
    day.setDate(day.getDate() + (marks.length === 0 ? 1 : step / DAY));
  }
  return marks;
}

/** `10:15` on an axis of hours, `Nov 24` on one of days. */
export function markLabel(mark: number, spanMs: number, locale: string): string {
  const options: Intl.DateTimeFormatOptions =
    spanMs <= DAY ? { hour: '2-digit', minute: '2-digit' } : { month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(locale, options).format(mark);
}

/** A bucket in words, with zone: `Nov 24, 10:00 – 11:00 GMT+8`. */
export function stretchLabel(from: number, to: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).formatRange(from, to);
}
