import { blockHead } from './scalarLayer';
import type { ScalarStyle } from './tree';

/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const KEYWORD = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.inf|\.nan)$/i;
/** What one of the two could read as a number, a date or a time: every letter of those, to be sure. */
const NUMBER_LIKE = /^[-+.\d][\d.,_:+\-a-fxotz ]*$/i;
const UNPRINTABLE = /[^\x20-\x7e\xa0-\ud7ff\ud800-\udfff\ue000-\ufefe\uff00-\ufffd]|[\u2028\u2029]/;
const LONE_SURROGATE = /\p{Cs}/u;

/**
 * Writes a value as a scalar in place of another: the same quotes where these can hold it, a plain one with single quotes
 * where its type or meaning would change (docs/facts.md NAME-10).
 * @param indent of the lines of a block
 */
export function encodeScalar(
  value: string,
  rawBefore: string,
  { flow, indent }: { readonly flow: boolean; readonly indent?: number | undefined },
): string | undefined {
  if (LONE_SURROGATE.test(value)) return undefined;
  switch (styleOf(rawBefore)) {
    case 'literal':
      return encodeBlock(value, rawBefore, indent, (lines) => lines);
    case 'folded':
      return encodeBlock(value, rawBefore, indent, unfold);
    case 'double':
      return `"${escapeDouble(value)}"`;
    case 'single':
      return singleOrDouble(value);
    default:
      return isPlainSafe(value, flow) ? value : singleOrDouble(value);
  }
}

/** Writes a value as a part of a scalar of one line, whose quotes stay; undefined where these cannot hold it. */
export function encodePart(value: string, style: ScalarStyle, flow: boolean): string | undefined {
  if (value === '' || LONE_SURROGATE.test(value)) return undefined;
  if (style === 'double') return escapeDouble(value);
  if (UNPRINTABLE.test(value)) return undefined;
  if (style === 'single') return value.replaceAll("'", "''");
  if (style !== 'plain') return value;
  // What stands before is not known here, and could make an indicator of a space.
  return /^\s|\s$|\s#|:\s|:$/.test(value) || (flow && /[,[\]{}]/.test(value)) ? undefined : value;
}

/** The style of a raw scalar. */
export function styleOf(raw: string): ScalarStyle {
  switch (raw.charAt(0)) {
    case '|':
      return 'literal';
    case '>':
      return 'folded';
    case "'":
      return 'single';
    case '"':
      return 'double';
    default:
      return 'plain';
  }
}

function isPlainSafe(value: string, flow: boolean): boolean {
  if (!/^[\p{L}\d_$^~/.(+-]/u.test(value) || UNPRINTABLE.test(value)) return false;
  if (/\s$|\s#|:\s|:$|^(?:-|\.\.\.|---)(?:\s|$)|^---|^\.\.\./.test(value)) return false;
  if (KEYWORD.test(value) || NUMBER_LIKE.test(value)) return false;
  return !(flow && /[,[\]{}]/.test(value));
}

function singleOrDouble(value: string): string {
  return UNPRINTABLE.test(value) ? `"${escapeDouble(value)}"` : `'${value.replaceAll("'", "''")}'`;
}

function escapeDouble(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(
      /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function encodeBlock(
  value: string,
  rawBefore: string,
  indent: number | undefined,
  arrange: (lines: readonly string[]) => readonly string[] | undefined,
): string | undefined {
  const head = blockHead(rawBefore);
  const eol = /\r?\n$/.exec(head)?.[0];
  if (eol === undefined || indent === undefined || value === '' || value.endsWith('\n')) return undefined;
  const lines = value.split('\n');
  // The parser takes white space at the start for indentation unless the head says how much is.
  if (
    /^\s/.test(value) ||
    /\s$/.test(value) ||
    lines.some((line) => UNPRINTABLE.test(line.replaceAll('\t', '')))
  )
    return undefined;
  const pad = ' '.repeat(indent);
  return arrange(lines)
    ?.map((line) => (line === '' ? '' : pad + line))
    .reduce((raw, line, index) => raw + (index === 0 ? '' : eol) + line, head);
}

/** A folded block makes a space of a line end between two lines at the same indentation: an empty line keeps it. */
function unfold(lines: readonly string[]): readonly string[] | undefined {
  if (lines.some((line) => line === '')) return undefined;
  const isIndented = (line: string | undefined) => line !== undefined && /^[ \t]/.test(line);
  return lines.flatMap((line, index) =>
    index === 0 || isIndented(line) || isIndented(lines[index - 1]) ? [line] : ['', line],
  );
}
