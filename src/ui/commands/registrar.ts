import { commands, type Disposable } from 'vscode';
import { COMMANDS, type CONTEXTS, type CommandId } from '../commandIds';
import type { ShowError } from '../showError';

/** What a command is handed: the node it was called on, if any. Validated by the command itself. */
export type CommandHandler = (target: unknown) => Promise<unknown> | unknown;

/** Registers the commands of the manifest; their handlers are loaded with the first one, and what they throw is shown. */
export function registerCommands(
  handlers: () => Promise<Readonly<Record<CommandId, CommandHandler>>>,
  showError: ShowError,
): Disposable[] {
  return Object.values(COMMANDS).map((id) =>
    commands.registerCommand(id, async (target: unknown) => {
      try {
        return await (await handlers())[id](target);
      } catch (error) {
        showError(error);
        return undefined;
      }
    }),
  );
}

/** Sets a key that `when` clauses of the manifest read. */
export function setContext(key: (typeof CONTEXTS)[keyof typeof CONTEXTS], value: boolean): void {
  void commands.executeCommand('setContext', key, value);
}
