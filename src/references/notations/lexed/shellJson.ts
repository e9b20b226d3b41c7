import type { FoundClient } from '../../notation';
import { jsonReferences, mayHoldClients, moveOut } from '../json/jsonReferences';
import { type Layer, layerBuilder } from '../layered/layer';
import { numbered } from './environment';
import type { ShellSetting } from './shellSettings';
import { readShellWord, type ShellWord } from './shellWord';

/** Clients in variables that hold JSON, such as `cache_client_dkms_config_info` (docs/facts.md NAME-2). */
export function jsonClients(text: string, settings: readonly ShellSetting[]): readonly FoundClient[] {
  const anchorOf = numbered();
  return settings.flatMap(({ name, value, start, end }): readonly FoundClient[] => {
    if (!mayHoldClients(value)) return [];
    const anchor = anchorOf(name);
    const quote = text.charAt(start);
    const layer = layerOf(text, start);
    const isQuoted = isOneQuoted(text.slice(start, end));
    return jsonReferences(layer.text, name).clients.map((client) => ({
      ...client,
      anchor: `${anchor}/${client.anchor}`,
      members: client.members.flatMap((member) =>
        moveOut(
          isQuoted ? member : { ...member, obstacle: 'unsupported' },
          layer,
          `json${isQuoted ? quote : ''}`,
        ),
      ),
    }));
  });
}

/** The text that a word in one pair of quotes says, if nothing is expanded in it. */
export function quotedLayer(text: string, { start, end, value }: ShellWord): Layer | undefined {
  const raw = text.slice(start, end);
  if (value === undefined || !isOneQuoted(raw)) return undefined;
  if (!raw.startsWith("'")) return layerOf(text, start);
  const builder = layerBuilder();
  // `'\''` ends the quotes, says one, and begins them again: as one sign it can stand at the end of a value.
  for (const { index, 0: piece } of raw.slice(1, -1).matchAll(/'\\''|[^']+/g)) {
    const from = start + 1 + index;
    if (piece.startsWith("'")) builder.add("'", from, from + piece.length);
    else builder.copy(piece, from);
  }
  return builder.build();
}

function layerOf(text: string, start: number): Layer {
  const builder = layerBuilder();
  readShellWord(
    text,
    start,
    () => undefined,
    (says, from, to) => builder.add(says, from, to),
  );
  return builder.build();
}

/** `'…'\''…'` is one quoted text for a shell, and for us. */
function isOneQuoted(raw: string): boolean {
  return /^(?:'(?:[^']|'\\'')*'|"(?:[^"\\]|\\[\s\S])*")$/.test(raw);
}
