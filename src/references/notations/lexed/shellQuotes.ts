/**
 * Writes a value as a word of a shell (docs/facts.md NAME-9): as it was where that says the same, else in single quotes.
 * @param rawBefore the old word, whose kind of quotes is kept where these can hold the value
 */
export function quoteForShell(value: string, rawBefore: string): string {
  const first = rawBefore.charAt(0);
  const quoted = /^["']|^\$["']/.test(rawBefore);
  if (!quoted && /^[\w./:@%+,\p{L}\p{N}-]+$/u.test(value)) return value;
  // A tilde in quotes is no home.
  if (!quoted && /^~\/[\w./:@%+,\p{L}\p{N}-]+$/u.test(value)) return value;
  if (!quoted && value.startsWith('~/')) return `~/${single(value.slice(2))}`;
  if (first === '"' && /^[^"$`\\!]*$/.test(value)) return `"${value}"`;
  return single(value);
}

function single(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Writes a value inside of `${X:-…}`. */
export function quoteFallback(value: string, quoted: boolean): string {
  if (!quoted) return /^[\w./:@%+,\p{L}\p{N}-]+$/u.test(value) ? value : single(value);
  return value.replace(/[\\"$`}]/g, '\\$&');
}

/** Writes a value inside of quotes that enclose more than the value. */
export function quoteInside(value: string, quote: string): string {
  return quote === "'" ? value.replaceAll("'", "'\\''") : value.replace(/[\\"$`]/g, '\\$&');
}
