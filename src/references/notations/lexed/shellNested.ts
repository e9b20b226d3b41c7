import type { Findings } from '../../notation';
import { moveOut } from '../json/jsonReferences';
import { quotedLayer } from './shellJson';
import type { ShellScript } from './shellScript';
import type { ShellWord } from './shellWord';

type Found = Pick<Findings, 'clients' | 'settings'>;

const SHELL = /^(?:.*\/)?(?:ba|da|a|z|k)?sh$/;

/** Whether words run a script that is given as one argument: `bash -c "…"`; gives the place of that argument. */
export function scriptArgument(words: readonly { readonly value?: string }[]): number | undefined {
  const at = words.findIndex(
    ({ value = '' }, index) => SHELL.test(value) && /^-[a-z]*c$/.test(words[index + 1]?.value ?? ''),
  );
  return at < 0 || words[at + 2] === undefined ? undefined : at + 2;
}

/** What the scripts in `bash -c "…"` hold, where the shell around expands nothing in them. */
export async function nestedScripts(
  text: string,
  { commands }: ShellScript,
  find: (inner: string) => Promise<Findings>,
): Promise<Found> {
  const found: Found[] = [];
  for (const { words } of commands) {
    const at = scriptArgument(words);
    const word: ShellWord | undefined = at === undefined ? undefined : words[at];
    const layer = word === undefined ? undefined : quotedLayer(text, word);
    if (word === undefined || layer === undefined) continue;
    const form = `script${text.charAt(word.start)}`;
    const inner = await find(layer.text);
    const number = found.length + 1;
    found.push({
      clients: inner.clients.map((client) => ({
        ...client,
        anchor: `script${number}/${client.anchor}`,
        members: client.members.flatMap((member) => moveOut(member, layer, form)),
      })),
      settings: (inner.settings ?? []).flatMap((setting) => moveOut(setting, layer, form)),
    });
  }
  return {
    clients: found.flatMap(({ clients }) => clients),
    settings: found.flatMap(({ settings = [] }) => settings),
  };
}
