import { type LogOutputChannel, window } from 'vscode';

/** The output channel of the extension. What is written there is built from ids, codes and counts, never from requests. */
export function createLog(): LogOutputChannel {
  return window.createOutputChannel('KMS Client Keys', { log: true });
}
