import { env, type LogOutputChannel, window } from 'vscode';
import { describeError, isCancelled } from './errorText';
import { t } from './localise';
import { WorkspaceRefusal } from './rotations/trust';

export type ShowError = (error: unknown) => void;

/** Shows an error with what support will ask for, and writes it to the log. A cancellation is not an error. */
export function createShowError(log: LogOutputChannel): ShowError {
  return (error) => {
    if (isCancelled(error)) return;
    if (error instanceof WorkspaceRefusal) {
      void window.showWarningMessage(error.message);
      return;
    }
    const { summary, message, requestId } = describeError(error, t);
    log.error(logLine(error, requestId));
    void ask(t('{0}. {1}', summary, message), requestId, log);
  };
}

async function ask(message: string, requestId: string | undefined, log: LogOutputChannel): Promise<void> {
  const copy = t('Copy Request ID');
  const show = t('Show Log');
  const choice = await window.showErrorMessage(message, ...(requestId === undefined ? [] : [copy]), show);
  if (choice === copy && requestId !== undefined) await env.clipboard.writeText(requestId);
  if (choice === show) log.show();
}

/** Errors of the rooms are built without secrets; of any other only the stack's places are written, not what it quotes. */
function logLine(error: unknown, requestId: string | undefined): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const parts = [error.name, 'code' in error ? String(error.code) : '', error.message];
  if (requestId !== undefined) parts.push(`request ${requestId}`);
  if (error.name !== 'CloudError' && error.name !== 'RotationError') parts.push(places(error));
  return parts.filter(Boolean).join(' · ');
}

function places(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, 6).join('\n');
}
