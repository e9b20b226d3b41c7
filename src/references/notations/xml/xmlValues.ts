import { XmlCdata, XmlElement, XmlText } from '@rgrove/parse-xml';
import { type Layer, outward } from '../layered/layer';
import type { NamedValue } from '../layered/namedValue';
import { decodeXml, type XmlPlace } from './xmlText';

/** A value of an element with what tells where it stands. */
export interface XmlValue extends NamedValue {
  readonly place: XmlPlace;
  readonly layer?: Layer;
  /** The child that is this setting as a whole. */
  readonly child?: XmlElement;
}

interface Attribute {
  readonly name: string;
  /** Of the raw value, quotes included. */
  readonly start: number;
  readonly end: number;
}

/** Attributes that say what an element is, not what a setting has for a value. */
const STRUCTURE = /^(?:xmlns(?::.*)?|xsi:.*|xml:.*|id|class|name|key|ref|type|value)$/;

/** The settings of one element: its own attributes, and children that are a name with a value. */
export function readElement(text: string, element: XmlElement): readonly XmlValue[] {
  const own = attributesOf(text, element)
    .filter(({ name }) => !STRUCTURE.test(name))
    .map((attribute) => readAttribute(text, attribute.name, attribute));
  const children = element.children.flatMap((child) => {
    const value = child instanceof XmlElement ? readChild(text, child) : undefined;
    return value === undefined || !(child instanceof XmlElement) ? [] : [{ ...value, child }];
  });
  return [...own, ...children];
}

/** A child that is a setting; undefined for one with a structure of its own. */
function readChild(text: string, child: XmlElement): XmlValue | undefined {
  const { name: byName, key, property, value } = child.attributes;
  const name = byName ?? key ?? property ?? child.name;
  if (value !== undefined) {
    const attribute = attributesOf(text, child).find((one) => one.name === 'value');
    return attribute === undefined ? undefined : readAttribute(text, name, attribute);
  }
  const elements = child.children.filter((one) => one instanceof XmlElement);
  const [inner] = elements;
  if (inner === undefined) return readText(text, name, child);
  return inner instanceof XmlElement && elements.length === 1 && inner.name === 'value'
    ? readText(text, name, inner)
    : undefined;
}

function readAttribute(text: string, name: string, { start, end }: Attribute): XmlValue {
  const place = text.charAt(start) === "'" ? 'single' : 'double';
  const layer = decodeXml(text.slice(start + 1, end - 1), start + 1, place);
  return { ...withLayer(name, start, end, layer, place), place };
}

/** The text of an element without the white space around it, where it is in one piece. */
function readText(text: string, name: string, element: XmlElement): XmlValue | undefined {
  const pieces = element.children.filter(
    (child): child is XmlText => child instanceof XmlText && child.text.trim() !== '',
  );
  const [piece] = pieces;
  if (piece === undefined) return undefined;
  const place = piece instanceof XmlCdata ? 'cdata' : 'text';
  const [open, close] = place === 'cdata' ? ['<![CDATA['.length, ']]>'.length] : [0, 0];
  const raw = text.slice(piece.start + open, piece.end - close);
  const start = piece.start + open + raw.length - raw.trimStart().length;
  const end = start + raw.trim().length;
  if (pieces.length > 1) return { name, start, end, place, form: place, obstacle: 'ambiguous' };
  const layer = decodeXml(text.slice(start, end), start, place);
  return { ...withLayer(name, start, end, layer, place), form: place, place };
}

function withLayer(
  name: string,
  start: number,
  end: number,
  layer: Layer | undefined,
  place: XmlPlace,
): NamedValue & { readonly layer?: Layer } {
  // Entities that the document defines itself.
  if (layer === undefined) return { name, start, end, obstacle: 'unsupported' };
  const part = (from: number, to: number) => {
    const range = outward(layer, from, to);
    return range === undefined ? undefined : { ...range, form: `${place} inside` };
  };
  return { name, start, end, value: layer.text, layer, part };
}

/** The attributes of an element in a document that is known to be well-formed. */
function attributesOf(text: string, element: XmlElement): readonly Attribute[] {
  const attributes: Attribute[] = [];
  const pattern = /\s+([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')/y;
  pattern.lastIndex = element.start + 1 + element.name.length;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, name, raw] = match;
    if (name === undefined || raw === undefined) break;
    attributes.push({ name, start: pattern.lastIndex - raw.length, end: pattern.lastIndex });
  }
  return attributes;
}
