import type { FoundClient } from '../notation';
import { type Assignment, unescapeDouble } from './dotenvLexer';
import { clientsWithin, mayHoldClients } from './json/jsonReferences';
import { encodeJson } from './json/jsonString';
import { type Layer, layerBuilder } from './layered/layer';

/** Values inside JSON, with the quotes of the variable that holds it: `json'`, `json" nested`, `json`. */
const FORM = /^json(['"`]?)(?: (.*))?$/;

/** Clients in variables that hold JSON, such as `cache_client_dkms_config_info` (docs/facts.md NAME-2). */
export function clientsInJson(text: string, assignments: readonly Assignment[]): readonly FoundClient[] {
  return assignments.flatMap((assignment): readonly FoundClient[] => {
    const { name, value, quote } = assignment;
    if (!mayHoldClients(value)) return [];
    return clientsWithin(layerOf(text, assignment), name, name, `json${quote}`);
  });
}

export function isInJson(form: string): boolean {
  return FORM.test(form);
}

/** Writes a value in place of a raw text that `clientsInJson` found; undefined where readers would disagree on it. */
export function encodeInJson(value: string, rawBefore: string, form: string): string | undefined {
  const [, quote, inner] = FORM.exec(form) ?? [];
  const before = quote === '"' ? unescapeDouble(rawBefore) : rawBefore;
  const written = encodeJson(value, before, inner);
  if (written === undefined) return undefined;
  if (quote === '"') return /[$`!\r\n]/.test(written) ? undefined : written.replace(/["\\]/g, '\\$&');
  if (quote === '') return /[#$`\s]/.test(written) && !/^\{/.test(before) ? undefined : written;
  return quote === undefined || written.includes(quote) ? undefined : written;
}

function layerOf(text: string, { start, end, quote }: Assignment): Layer {
  const from = start + quote.length;
  const raw = text.slice(from, end - quote.length);
  const layer = layerBuilder();
  if (quote !== '"') layer.copy(raw, from);
  else
    for (const { 0: all, index } of raw.matchAll(/\\[nr"\\$]|[^\\]+|\\/g)) {
      const isEscape = all.length > 1 && all.startsWith('\\');
      if (isEscape) layer.add(unescapeDouble(all), from + index, from + index + all.length);
      else layer.copy(all, from + index);
    }
  return layer.build();
}
