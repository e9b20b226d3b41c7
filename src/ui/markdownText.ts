import { printable } from './words';

/** Text of others, such as a user agent, stays text in Markdown and in HTML made from it. */
export function asText(text: string, maxLength = 500): string {
  return printable(text, maxLength).replace(/[\\`*_[\]<>|#~!&]/g, '\\$&');
}

/** The lines of a table; every cell is taken as text. */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => asText(cell)).join(' | ')} |`;
  return [line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)];
}
