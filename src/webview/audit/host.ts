import type { FromAuditView } from '../../model/auditView';

const vscode = acquireVsCodeApi<unknown>();

/** Says something to the extension. */
export function tell(message: FromAuditView): void {
  vscode.postMessage(message);
}

/** What was kept before a reload, to be validated. */
export function recall(): unknown {
  return vscode.getState();
}

/** Keeps what the view needs after a reload. */
export function keep(state: unknown): void {
  vscode.setState(state);
}
