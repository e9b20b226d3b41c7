import type { FoundClient } from '../../notation';
import { jsonReferences, mayHoldClients, moveOut } from '../json/jsonReferences';
import { layerBuilder } from '../layered/layer';
import type { ShellSetting } from './shellSettings';
import { readShellWord } from './shellWord';

/** Clients in variables that hold JSON, such as `cache_client_dkms_config_info` (docs/facts.md NAME-2). */
export function jsonClients(text: string, settings: readonly ShellSetting[]): readonly FoundClient[] {
  return settings.flatMap(({ name, value, start, end }): readonly FoundClient[] => {
    if (!mayHoldClients(value)) return [];
    const raw = text.slice(start, end);
    const quote = raw.charAt(0);
    const builder = layerBuilder();
    readShellWord(
      text,
      start,
      () => undefined,
      (says, from, to) => builder.add(says, from, to),
    );
    const layer = builder.build();
    // `'…'\''…'` is one quoted text for a shell, and for us.
    const isQuoted = /^(?:'(?:[^']|'\\'')*'|"(?:[^"\\]|\\[\s\S])*")$/.test(raw);
    return jsonReferences(layer.text, name).clients.map((client) => ({
      ...client,
      anchor: `${name}/${client.anchor}`,
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
