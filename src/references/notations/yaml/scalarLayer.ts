import { type Layer, layerBuilder } from '../layered/layer';
import type { ScalarStyle, YamlScalar } from './tree';

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

/**
 * What a scalar says, unit by unit with its place. Undefined where line ends inside are folded, or an escape is not known:
 * then no part of it can be told.
 */
export function layerOf(scalar: YamlScalar, text: string): Layer | undefined {
  const raw = text.slice(scalar.start, scalar.end);
  const layer =
    scalar.style === 'literal'
      ? literalLayer(raw, scalar)
      : partLayer(
          raw.slice(...insideOf(raw, scalar.style)),
          scalar.style,
          scalar.start + insideOf(raw, scalar.style)[0],
        );
  // A check on the reading above: the parser is right.
  return layer?.text === scalar.value ? layer : undefined;
}

/** Decodes what stands inside a scalar of one line; `base` is its offset in the text. */
export function partLayer(inside: string, style: ScalarStyle, base: number): Layer | undefined {
  if (/[\r\n]/.test(inside)) return undefined;
  const layer = layerBuilder();
  for (let at = 0; at < inside.length; ) {
    const [length, decoded] = readUnit(inside, at, style);
    if (decoded === undefined) return undefined;
    layer.add(decoded, base + at, base + at + length);
    at += length;
  }
  return layer.build();
}

function readUnit(
  inside: string,
  at: number,
  style: ScalarStyle,
): readonly [length: number, decoded?: string] {
  const unit = inside.charAt(at);
  if (style === 'single' && unit === "'") return [2, "'"];
  if (style !== 'double' || unit !== '\\') return [1, unit];
  const hex = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(00[01][0-9a-fA-F]{5}))/.exec(
    inside.slice(at, at + 10),
  );
  const digits = hex?.[1] ?? hex?.[2] ?? hex?.[3];
  if (hex !== null && digits !== undefined) {
    const code = Number.parseInt(digits, 16);
    return code > 0x10ffff ? [1] : [hex[0].length, String.fromCodePoint(code)];
  }
  const escaped = ESCAPES[inside.charAt(at + 1)];
  return escaped === undefined ? [1] : [2, escaped];
}

/** Where the text of a flow scalar begins and ends inside its raw text. */
export function insideOf(raw: string, style: ScalarStyle): [start: number, end: number] {
  return style === 'single' || style === 'double' ? [1, raw.length - 1] : [0, raw.length];
}

/** A literal block keeps its lines as they are, behind the indentation. */
function literalLayer(raw: string, { start, value }: YamlScalar): Layer | undefined {
  const indent = blockIndent(raw, value ?? '');
  const layer = layerBuilder();
  const head = blockHead(raw).length;
  const lines = raw.slice(head).split('\n');
  let at = start + head;
  for (const [index, line] of lines.entries()) {
    const content = line.replace(/\r$/, '');
    for (let unit = indent; unit < content.length; unit += 1)
      layer.add(content.charAt(unit), at + unit, at + unit + 1);
    if (index < lines.length - 1) layer.add('\n', at + content.length, at + line.length + 1);
    at += line.length + 1;
  }
  return layer.build();
}

/** `|`, `>-`, `|2 # comment` with the end of its line. */
export function blockHead(raw: string): string {
  return /^[^\n]*\n?/.exec(raw)?.[0] ?? '';
}

/** How many spaces stand before the text of a block: what its first line has more belongs to the value. */
export function blockIndent(raw: string, value: string): number {
  const line = /^[ ]*\S/m.exec(raw.slice(blockHead(raw).length))?.[0] ?? '';
  const own = /^(?:[ \t]*\n)*([ ]*)\S/.exec(value)?.[1] ?? '';
  return Math.max(0, line.length - 1 - own.length);
}
