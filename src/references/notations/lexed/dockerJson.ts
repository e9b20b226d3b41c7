import type { FoundClient } from '../../notation';
import { clientsWithin, mayHoldClients } from '../json/jsonReferences';
import { encodeJson } from '../json/jsonString';
import { type Layer, layerBuilder } from '../layered/layer';
import type { DockerSetting } from './dockerSettings';
import { readDockerValue } from './dockerWords';
import { numbered } from './environment';

/** Clients in variables that hold JSON in one pair of quotes, such as `cache_client_dkms_config_info` (docs/facts.md NAME-2). */
export function jsonVariables(
  text: string,
  settings: readonly DockerSetting[],
  escaping: string,
): readonly FoundClient[] {
  const anchorOf = numbered();
  return settings.flatMap(({ name, value, start, end }): readonly FoundClient[] => {
    if (!mayHoldClients(value)) return [];
    const anchor = anchorOf(name);
    const layer = layerOf(text, start, end, escaping);
    if (layer?.text !== value) return [];
    return clientsWithin(layer, name, anchor, `variable ${text.charAt(start)}${escaping}`);
  });
}

/** What a quoted word says, with the place of each sign; other words are left alone. */
function layerOf(text: string, start: number, end: number, escaping: string): Layer | undefined {
  const quote = text.charAt(start);
  if (!/^["']$/.test(quote) || end - start < 2 || text.charAt(end - 1) !== quote) return undefined;
  const builder = layerBuilder();
  for (let at = start + 1; at < end - 1; ) {
    const next = text.charAt(at + 1);
    const escapes = quote === '"' && text.charAt(at) === escaping && ['"', '$', escaping].includes(next);
    if (escapes) builder.add(next, at, at + 2);
    else builder.copy(text.charAt(at), at);
    at += escapes ? 2 : 1;
  }
  return builder.build();
}

/** Writes a value into such JSON. `form`: the quote around it, the sign that escapes, and how JSON writes it. */
export function encodeInVariable(value: string, rawBefore: string, form: string): string | undefined {
  const [, quote = '', escaping = '', inner] = /^(["'])(.)(?: (.*))?$/.exec(form) ?? [];
  const raw = `${quote}${rawBefore}${quote}`;
  const before = readDockerValue(raw, { from: 0, to: raw.length }, escaping).value;
  const written = before === undefined ? undefined : encodeJson(value, before, inner);
  if (written === undefined) return undefined;
  if (quote === "'") return written.includes("'") ? undefined : written;
  return [...written].map((sign) => (['"', '$', escaping].includes(sign) ? escaping + sign : sign)).join('');
}
