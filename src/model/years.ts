/** A client key lives for at most this long (docs/facts.md KMS-4). */
export const MAX_YEARS = 5;

/** The same moment some years later, ms UTC. 29 February becomes the 28th: never longer than asked. */
export function addYears(from: number, years: number): number {
  const date = new Date(from);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  if (date.getUTCMonth() !== month) date.setUTCDate(0);
  return date.getTime();
}
