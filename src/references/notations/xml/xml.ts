import { parseXml, XmlElement } from '@rgrove/parse-xml';
import {
  type FoundClient,
  type FoundSetting,
  type HiddenRange,
  hiddenLines,
  type Notation,
} from '../../notation';
import { clientsWithin, mayHoldClients } from '../json/jsonReferences';
import { encodeJson } from '../json/jsonString';
import { toSetting } from '../layered/namedValue';
import { isForeign } from '../layered/siblingNames';
import { clientsOfScope, type Scope } from '../layered/siblings';
import { looksLikeName } from '../settingNames';
import { decodeXml, encodeXml, type XmlPlace } from './xmlText';
import { readElement, type XmlValue } from './xmlValues';

/** Configuration classes of the SDKs (docs/facts.md NAME-1). */
const KMS_CLASS = /^com\.aliyun(?:cs)?\.d?kms\..*Config$/;

const MAX_DEPTH = 200;

/** XML: beans of Spring, and whatever else has names with values. Comments, CDATA and kinds of quotes stay. */
export const xml: Notation = {
  name: 'xml',
  configures: true,

  covers: (fileName) =>
    /\.(?:xml|config)$/i.test(fileName) && !/^(?:packages|nuget)\.config$/i.test(fileName),

  async find(text) {
    const root = parse(text);
    if (root === undefined) return { clients: [], hidden: hiddenLines(text, 0, text.length) };
    const clients: FoundClient[] = [];
    const settings: FoundSetting[] = [];
    const visit = (element: XmlElement, anchor: string, path: string, bean: string, depth: number) => {
      if (depth > MAX_DEPTH) return;
      const type = element.attributes.class ?? bean;
      const values = readElement(text, element);
      clients.push(...clientsOfScope({ anchor, around: path, values, ...contextOf(type) }));
      for (const value of values) {
        const isNamed = value.place === 'double' || value.place === 'single';
        const name = path === '' || isNamed ? value.name : `${path}.${value.name}`;
        settings.push(...toSetting(value, name.replaceAll(':', '.'), 'settings'));
        clients.push(...readNested(`${anchor}/${value.name}`, value));
      }
      const settingsOf = new Set(values.map((value) => value.child));
      const counts = new Map<string, number>();
      for (const child of element.children) {
        if (!(child instanceof XmlElement)) continue;
        const index = counts.get(child.name) ?? 0;
        counts.set(child.name, index + 1);
        // Attributes of its own may hold more, but its text has been read.
        if (settingsOf.has(child) && child.children.some((inner) => inner instanceof XmlElement)) continue;
        visit(
          child,
          `${anchor}/${child.name}[${index}]`,
          path === '' ? child.name : `${path}.${child.name}`,
          type,
          depth + 1,
        );
      }
    };
    visit(root, root.name, '', '', 0);
    return { clients, settings, hidden: hiddenIn(text) };
  },

  encode(value, rawBefore, form) {
    if (form === undefined) {
      const place = rawBefore.startsWith("'") ? 'single' : 'double';
      const quote = rawBefore.charAt(0);
      const written = encodeXml(value, place);
      return written === undefined ? undefined : quote + written + quote;
    }
    const [place, rest] = readForm(form);
    if (rest === undefined && !form.includes(' ')) return encodeXml(value, place);
    if (rest === 'inside') return /[{}]/.test(value) ? undefined : encodeXml(value, place);
    const before = decodeXml(rawBefore, 0, place)?.text;
    const inner = before === undefined ? undefined : encodeJson(value, before, rest);
    return inner === undefined ? undefined : encodeXml(inner, place);
  },

  quotes(raw, form) {
    const width = form === undefined && /^["']/.test(raw) ? 1 : 0;
    return { open: width, close: width };
  },
};

function parse(text: string): XmlElement | undefined {
  try {
    const document = parseXml(text, {
      includeOffsets: true,
      preserveCdata: true,
      preserveComments: true,
      ignoreUndefinedEntities: true,
    });
    return document.root ?? undefined;
  } catch {
    // A template, or cut off: nothing is known of it.
    return undefined;
  }
}

function contextOf(type: string): Pick<Scope, 'context'> {
  if (KMS_CLASS.test(type)) return { context: 'specific' };
  return type !== '' && isForeign(type) ? { context: 'foreign' } : {};
}

/** `text json nested`: the place, and what `encodeJson` has to know. */
function readForm(form: string): [place: XmlPlace, rest: string | undefined] {
  const [, place, rest] = /^(double|single|text|cdata)(?: json)?(?: (.*))?$/.exec(form) ?? [];
  switch (place) {
    case 'single':
    case 'text':
    case 'cdata':
      return [place, rest];
    default:
      return ['double', rest];
  }
}

function readNested(anchor: string, { name, value, layer, place }: XmlValue): readonly FoundClient[] {
  if (value === undefined || layer === undefined || !mayHoldClients(value)) return [];
  return clientsWithin(layer, name, anchor, `${place} json`);
}

const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[/?]?[A-Za-z_:][^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>|[^<]+|</g;

/** Every text, comment and attribute, except names and types of what is configured. */
function hiddenIn(text: string): readonly HiddenRange[] {
  return [...text.matchAll(MARKUP)].flatMap(({ 0: part, index }): readonly HiddenRange[] => {
    if (part.startsWith('<!--')) return hiddenLines(text, index + 4, index + part.length - 3);
    if (part.startsWith('<?'))
      return part.startsWith('<?xml ') ? [] : hiddenLines(text, index + 2, index + part.length);
    if (part.startsWith('<![CDATA[')) return hiddenLines(text, index + 9, index + part.length - 3);
    if (!part.startsWith('<')) return hiddenLines(text, index, index + part.length);
    return [...part.matchAll(/([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')/g)].flatMap((attribute) => {
      const [all, name = '', raw = ''] = attribute;
      const end = index + attribute.index + all.length;
      const isName = /^(?:name|key|class|id|xmlns|xmlns:\w+)$/.test(name) && looksLikeName(raw.slice(1, -1));
      return isName ? [] : [{ start: end - raw.length, end, open: 1, close: 1 }];
    });
  });
}
