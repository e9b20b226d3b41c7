import { hostname, userInfo } from 'node:os';
import { env } from 'vscode';
import { t } from '../localise';
import { machineText } from './machine';

/** Whose files and environment this window reads, where that is not plain; `undefined` in a local window. */
export function thisMachine(): string | undefined {
  return machineText({ remoteName: env.remoteName, host: hostname(), user: userName() }, t);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that belongs to no user.
    return '?';
  }
}
