import type { Notation } from '../../notation';
import { encodePart, encodeScalar, styleOf } from './encodeScalar';
import { blockHead, insideOf, partLayer } from './scalarLayer';
import type { ScalarStyle } from './tree';

/** How a value is written in YAML, as far as its raw text does not say so. */
export interface YamlForm {
  /** Between brackets. */
  readonly flow: boolean;
  /** Only a part of a scalar of this style, which begins and ends elsewhere. */
  readonly part?: ScalarStyle;
  /** Spaces in front of the lines of a block. */
  readonly indent?: number;
  /** `$$` stands for `$`. */
  readonly dollars?: boolean;
  readonly base64?: boolean;
  /** A default inside `${…}`: a brace would end it. */
  readonly fallback?: boolean;
  /** The part is a text of another notation, and this is the form there. */
  readonly inner?: { readonly notation: string; readonly form?: string };
}

/** What encodes the text inside a scalar. */
export type InnerNotations = (name: string) => Pick<Notation, 'encode' | 'quotes'> | undefined;

/** A form as the word that `Findings` carry. */
export function writeForm({ flow, part, indent, dollars, base64, fallback, inner }: YamlForm): string {
  const words = [
    ...(flow ? ['flow'] : []),
    ...(part === undefined ? [] : [`part=${part}`]),
    ...(indent === undefined ? [] : [`indent=${indent}`]),
    ...(dollars ? ['dollars'] : []),
    ...(base64 ? ['base64'] : []),
    ...(fallback ? ['fallback'] : []),
  ].join(' ');
  if (inner === undefined) return words;
  return `${words} > ${inner.notation}${inner.form === undefined ? '' : ` ${inner.form}`}`;
}

function readForm(form = ''): YamlForm {
  const [own = '', ...rest] = form.split(' > ');
  const words = own.split(' ');
  const setting = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const indent = setting('indent');
  const inner = /^(\S+)(?: ([\s\S]*))?$/.exec(rest.join(' > '));
  const part = STYLES.find((style) => style === setting('part'));
  return {
    flow: words.includes('flow'),
    dollars: words.includes('dollars'),
    base64: words.includes('base64'),
    fallback: words.includes('fallback'),
    ...(part === undefined ? {} : { part }),
    ...(indent === undefined ? {} : { indent: Number(indent) }),
    ...(inner?.[1] === undefined
      ? {}
      : { inner: { notation: inner[1], ...(inner[2] === undefined ? {} : { form: inner[2] }) } }),
  };
}

const STYLES: readonly ScalarStyle[] = ['plain', 'single', 'double', 'literal', 'folded'];

/** Writes a value in place of a raw text, layer by layer from the inside. */
export function encodeForm(
  value: string,
  rawBefore: string,
  form: string | undefined,
  inner: InnerNotations,
): string | undefined {
  const yaml = readForm(form);
  if (yaml.inner !== undefined) return encodeInner(value, rawBefore, yaml, inner);
  if (yaml.fallback && /[{}]/.test(value)) return undefined;
  const plain = yaml.base64 ? encodeBase64(value, rawBefore) : value;
  const written = yaml.dollars ? doubleDollars(plain) : plain;
  return yaml.part === undefined
    ? encodeScalar(written, rawBefore, yaml)
    : encodePart(written, yaml.part, yaml.flow);
}

function encodeInner(
  value: string,
  rawBefore: string,
  { part = 'plain', indent = 0, flow, dollars, inner }: YamlForm,
  notations: InnerNotations,
): string | undefined {
  const notation = inner === undefined ? undefined : notations(inner.notation);
  const before = part === 'literal' ? unindent(rawBefore, indent) : partLayer(rawBefore, part, 0)?.text;
  if (notation === undefined || before === undefined) return undefined;
  const encoded = notation.encode(value, dollars ? singleDollars(before) : before, inner?.form);
  if (encoded === undefined) return undefined;
  const written = dollars ? doubleDollars(encoded) : encoded;
  if (part !== 'literal' || !written.includes('\n')) return encodePart(written, part, flow);
  const eol = rawBefore.includes('\r\n') ? '\r\n' : '\n';
  return written.replace(
    /\r?\n(?=([^\r\n]?))/g,
    (_, next: string) => eol + (next === '' ? '' : ' '.repeat(indent)),
  );
}

function unindent(raw: string, indent: number): string {
  return raw.replace(/\r?\n([ ]*)/g, (_, spaces: string) => `\n${spaces.slice(indent)}`);
}

/** How many characters at each end of the raw text are no part of the value: quotes, the head of a block. */
export function quotesOf(
  raw: string,
  form: string | undefined,
  notations: InnerNotations,
): { readonly open: number; readonly close: number } {
  const { part, inner } = readForm(form);
  if (inner !== undefined) return notations(inner.notation)?.quotes(raw, inner.form) ?? { open: 0, close: 0 };
  if (part !== undefined) return { open: 0, close: 0 };
  const style = styleOf(raw);
  if (style === 'literal' || style === 'folded') return { open: blockHead(raw).length, close: 0 };
  const [open, end] = insideOf(raw, style);
  return { open, close: raw.length - end };
}

function doubleDollars(value: string): string {
  return value.replaceAll('$', '$$$$');
}

export function singleDollars(value: string): string {
  return value.replaceAll('$$', '$');
}

/** Decodes Base64 of text; undefined where it is none. A line end at the end is left out: whoever reads it strips it. */
export function decodeBase64(value: string): string | undefined {
  const compact = value.replace(/\s/g, '');
  if (compact === '' || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) return undefined;
  const bytes = Buffer.from(compact, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text.replace(/[\r\n]+$/, '') : undefined;
}

/** Base64 with the line end at the end that the old value had. */
function encodeBase64(value: string, rawBefore: string): string {
  const style = styleOf(rawBefore);
  const isBlock = style === 'literal' || style === 'folded';
  const inside = isBlock
    ? rawBefore.slice(blockHead(rawBefore).length)
    : rawBefore.slice(...insideOf(rawBefore, style));
  const before = Buffer.from(inside.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64').toString('utf8');
  return Buffer.from(value + (/[\r\n]+$/.exec(before)?.[0] ?? ''), 'utf8').toString('base64');
}
