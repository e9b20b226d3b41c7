import { type Layer, layerBuilder } from './layered/layer';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

/** Decodes the raw text of a value, continuation lines included, as `java.util.Properties` reads it. */
export function decodeProperty(raw: string, base: number): Layer {
  const layer = layerBuilder();
  const part = /\\(?:u([0-9a-fA-F]{4})|(\r\n|\r|\n)[ \t\f]*|([\s\S]))|[^\\]+|\\/g;
  for (const { 0: all, 1: hex, 2: lineEnd, 3: letter, index } of raw.matchAll(part)) {
    const start = base + index;
    if (hex !== undefined)
      layer.add(String.fromCharCode(Number.parseInt(hex, 16)), start, start + all.length);
    else if (letter !== undefined) layer.add(ESCAPES[letter] ?? letter, start, start + all.length);
    else if (lineEnd === undefined) layer.copy(all, start);
  }
  return layer.build();
}

/** Writes a value in place of `rawBefore`. */
export function escapeProperty(value: string, rawBefore: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\f', '\\f')
    // Whether such a file is read as ISO-8859-1 or UTF-8 depends on the program: an escape is right in both. What stands
    // there as it is, is read rightly by whoever reads it, or was not before.
    .replace(/[^\x20-\x7e]/g, (unit) =>
      rawBefore.includes(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return escaped.replace(/^[ =:]/, (first) => `\\${first}`);
}

/** A backslash that escapes nothing: some readers drop it, others keep it. */
export function hasLoneBackslash(raw: string): boolean {
  return /\\(?![\\ntrf:=#!" \r\n]|u[0-9a-fA-F]{4})/.test(raw.replaceAll('\\\\', ''));
}
