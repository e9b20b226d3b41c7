import { type Layer, layerBuilder } from '../layered/layer';

/** Where a value stands in XML: in an attribute of either kind of quotes, as text, or in a CDATA section. */
export type XmlPlace = 'double' | 'single' | 'text' | 'cdata';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes raw text without its quotes; undefined where it has entities that the document defines itself. */
export function decodeXml(raw: string, base: number, place: XmlPlace): Layer | undefined {
  const layer = layerBuilder();
  const part = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([A-Za-z]+));|\r\n?|[\s\S]/g;
  for (const { 0: all, 1: hex, 2: decimal, 3: name, index } of raw.matchAll(part)) {
    const isReference = place !== 'cdata' && all.length > 1 && all.startsWith('&');
    if (place === 'cdata' && all.length > 1 && all.startsWith('&')) {
      for (let unit = 0; unit < all.length; unit += 1)
        layer.add(all.charAt(unit), base + index + unit, base + index + unit + 1);
      continue;
    }
    const decoded = isReference ? decodeReference(hex, decimal, name) : decodeLetter(all, place);
    if (decoded === undefined) return undefined;
    layer.add(decoded, base + index, base + index + all.length);
  }
  return layer.build();
}

function decodeReference(hex?: string, decimal?: string, name?: string): string | undefined {
  if (name !== undefined) return ENTITIES[name];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** Line ends are read as line feeds, and in attributes all white space as spaces. */
function decodeLetter(letter: string, place: XmlPlace): string | undefined {
  if (letter === '&' && place !== 'cdata') return undefined;
  const unit = letter.startsWith('\r') ? '\n' : letter;
  return (place === 'double' || place === 'single') && /[\t\n]/.test(unit) ? ' ' : unit;
}

/** Writes a value without quotes; undefined where the place cannot hold it. */
export function encodeXml(value: string, place: XmlPlace): string | undefined {
  if ([...value].some((letter) => letter < ' ' && !/[\t\n\r]/.test(letter))) return undefined;
  if (place === 'cdata') return /\]\]>|\r|^\s|\s$/.test(value) ? undefined : value;
  const basic = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');
  if (place === 'text') return /^\s|\s$/.test(value) ? undefined : basic.replaceAll(']]>', ']]&gt;');
  const spaced = basic.replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
  return place === 'double' ? spaced.replaceAll('"', '&quot;') : spaced.replaceAll("'", '&apos;');
}
