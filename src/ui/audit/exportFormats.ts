import type { AuditExport, ExportRecord, ExportValue } from './exportRecords';

/** What is shown, as JSON. */
export function toJson(shown: AuditExport): string {
  const list = (records: readonly ExportRecord[]) => records.map(({ record: _, ...rest }) => rest);
  const { record: _, ...about } = shown.about;
  const { callers, buckets, shares, entries } = shown;
  const whole = {
    ...about,
    callers: list(callers),
    buckets: list(buckets),
    shares: list(shares),
    entries: list(entries),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/**
 * What is shown, as one table (RFC 4180) whose first column tells what a line is: one file that a spreadsheet can filter. It
 * begins with the mark by which Excel knows UTF-8.
 */
export function toCsv(shown: AuditExport): string {
  const { about, callers, buckets, shares, entries } = shown;
  const records = [about, ...callers, ...buckets, ...shares, ...entries];
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const lines = [columns, ...records.map((record) => columns.map((column) => cellText(record[column])))];
  return `\uFEFF${lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`;
}

function cellText(value: ExportValue | undefined): string {
  if (value === undefined) return '';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

// With one of these in front a spreadsheet takes what a caller wrote for a formula; the wide ones after a change of width.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
