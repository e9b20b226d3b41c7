import { commands, env, type LogOutputChannel, window } from 'vscode';
import { isCloudError } from '../model/cloudError';
import { accountText } from './accounts/accountText';
import { COMMANDS } from './commandIds';
import { type ErrorActions, errorActionsOf } from './errorActions';
import { describeError, errorPlace, isCancelled, saidBy } from './errorText';
import type { Inventory } from './inventory/entries';
import { t } from './localise';
import { WorkspaceRefusal } from './rotations/trust';

export type ShowError = (error: unknown) => void;

/** Shows an error with what can be done about it, and writes it to the log. A cancellation is not an error. */
export function createShowError(log: LogOutputChannel, inventory: Pick<Inventory, 'account'>): ShowError {
  const accountName = (accountId: string) => {
    const entry = inventory.account(accountId);
    return entry && accountText(entry.account, t, entry.name).name;
  };
  return (error) => {
    if (isCancelled(error)) return;
    if (error instanceof WorkspaceRefusal) {
      void window.showWarningMessage(error.message);
      return;
    }
    const { summary, message, requestId } = describeError(error, t);
    log.error(logLine(error, requestId));
    const place = errorPlace(error, accountName, t);
    const title = place === undefined ? summary : t('{0} ({1})', summary, place);
    void ask(t('{0}. {1}', title, message), error, log);
  };
}

async function ask(text: string, error: unknown, log: LogOutputChannel): Promise<void> {
  const buttons = buttonsFor(errorActionsOf(error), error, log);
  const choice = await window.showErrorMessage(text, ...buttons.map(({ title }) => title));
  await buttons.find(({ title }) => title === choice)?.run();
}

function buttonsFor(
  { policy, signIn, requestId }: ErrorActions,
  error: unknown,
  log: LogOutputChannel,
): { readonly title: string; run(): unknown }[] {
  // As a row of the view that shows the error would hand it over.
  const target = { error, ...(isCloudError(error) && { accountId: error.accountId }) };
  const run = (command: string) => () => commands.executeCommand(command, target);
  return [
    ...(signIn ? [{ title: t('Sign In…'), run: run(COMMANDS.signIn) }] : []),
    ...(policy ? [{ title: t('Copy RAM Policy…'), run: run(COMMANDS.copyPolicy) }] : []),
    ...(requestId === undefined
      ? []
      : [{ title: t('Copy Request ID'), run: () => env.clipboard.writeText(requestId) }]),
    { title: t('Show Log'), run: () => log.show() },
  ];
}

/** Errors of the rooms are built without secrets; of any other only the stack's places are written, not what it quotes. */
function logLine(error: unknown, requestId: string | undefined): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const parts = [error.name, 'code' in error ? String(error.code) : '', saidBy(error)];
  if (requestId !== undefined) parts.push(`request ${requestId}`);
  if (error.name !== 'CloudError' && error.name !== 'RotationError') parts.push(places(error));
  return parts.filter(Boolean).join(' · ');
}

function places(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, 6).join('\n');
}
