import { commands, type Disposable } from 'vscode';
import type { CONTEXTS, CommandId } from '../commandIds';
import type { ShowError } from '../showError';

/** What a command is handed: the node it was called on, if any. Validated by the command itself. */
export type CommandHandler = (target: unknown) => Promise<unknown> | unknown;

/** Registers commands of the manifest; whatever a handler throws is shown. */
export function registerCommands(
  handlers: Readonly<Record<CommandId, CommandHandler>>,
  showError: ShowError,
): Disposable[] {
  return Object.entries(handlers).map(([id, handler]) =>
    commands.registerCommand(id, async (target: unknown) => {
      try {
        return await handler(target);
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
