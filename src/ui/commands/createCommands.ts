import { COMMANDS } from '../commandIds';
import { type CreateParts, createKeyOf } from '../rotate/createCommand';
import { pickAap } from '../rotate/pickAap';
import { aapOf, hasAap, readKeys } from './chosen';
import type { CommandHandler } from './registrar';

/** *Create client key…*, on a row or for an AAP that the user picks. */
export function createCommands(parts: CreateParts & { refreshKeys(): Promise<void> }) {
  return {
    [COMMANDS.createKey]: async (target) => {
      const { inventory } = parts;
      const given = aapOf(target);
      if (!given && !hasAap(inventory) && !(await readKeys(parts))) return;
      const aap = given ?? (await pickAap(inventory));
      if (aap) await createKeyOf(aap, parts);
    },
  } satisfies Partial<Record<string, CommandHandler>>;
}
