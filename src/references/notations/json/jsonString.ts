import { type Layer, layerBuilder } from '../layered/layer';

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/**
 * Decodes a JSON string literal, quotes included, which begins at `base` of an outer text.
 * @returns undefined for one with an escape that JSON does not know
 */
export function decodeJsonString(raw: string, base: number): Layer | undefined {
  if (raw.length < 2 || !raw.startsWith('"') || !raw.endsWith('"')) return undefined;
  const layer = layerBuilder();
  for (let at = 1; at < raw.length - 1; ) {
    if (raw.charAt(at) !== '\\') {
      const next = raw.indexOf('\\', at);
      const plain = raw.slice(at, next < 0 ? raw.length - 1 : next);
      layer.copy(plain, base + at);
      at += plain.length;
      continue;
    }
    const hex = /^\\u([0-9a-fA-F]{4})/.exec(raw.slice(at, at + 6))?.[1];
    const decoded =
      hex === undefined ? ESCAPES[raw.charAt(at + 1)] : String.fromCharCode(Number.parseInt(hex, 16));
    const end = at + (hex === undefined ? 2 : 6);
    if (decoded === undefined || end > raw.length - 1) return undefined;
    layer.add(decoded, base + at, base + end);
    at = end;
  }
  return layer.build();
}

/**
 * Writes a value in place of a raw text that `jsonReferences` found. `form`: a string literal unless it says `part` (the
 * inside of one), `object` (key content that is no string), or `nested …` (the same one JSON string further in).
 */
export function encodeJson(value: string, rawBefore: string, form?: string): string | undefined {
  if (form === undefined) return JSON.stringify(value);
  // A brace would end the `${…}` around it.
  if (form === 'part') return /[{}]/.test(value) ? undefined : inside(value);
  if (form === 'object') return encodeObject(value, rawBefore);
  const inner = /^nested(?: (.*))?$/.exec(form);
  const before = inner === null ? undefined : decodeJsonString(`"${rawBefore}"`, 0)?.text;
  const written = before === undefined ? undefined : encodeJson(value, before, inner?.[1]);
  return written === undefined ? undefined : inside(written);
}

function inside(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** The text of an object without the indentation of the place where it stands; undefined where it is not plain JSON. */
export function decodeObject(raw: string): string | undefined {
  const indent = indentOf(raw);
  const lines = raw.split(/\r?\n/);
  if (lines.slice(1).some((line) => !line.startsWith(indent))) return undefined;
  const text = lines.map((line, index) => (index === 0 ? line : line.slice(indent.length))).join('\n');
  return isObject(text) ? text : undefined;
}

function encodeObject(value: string, rawBefore: string): string | undefined {
  if (!isObject(value) || value.trim() !== value) return undefined;
  const eol = rawBefore.includes('\r\n') ? '\r\n' : '\n';
  return value.split(/\r?\n/).join(eol + indentOf(rawBefore));
}

/** White space before the closing brace, where that has a line of its own. */
function indentOf(raw: string): string {
  return /\n([ \t]*)\}$/.exec(raw)?.[1] ?? '';
}

function isObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
