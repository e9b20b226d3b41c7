import type { Translate } from '../words';

/** The machine whose profile files and environment are read, as a user of a remote window has to know it. */
export interface Machine {
  /** `env.remoteName`; undefined where the window runs on the user's own machine. */
  readonly remoteName: string | undefined;
  readonly host: string;
  readonly user: string;
}

/** Whose files are read: a sentence without full stop for titles and tooltips; `undefined` in a local window. */
export function machineText({ remoteName, host, user }: Machine, t: Translate): string | undefined {
  switch (remoteName) {
    case undefined:
      return undefined;
    case 'wsl':
      return t('Files and environment of {0} in WSL ({1})', user, host);
    case 'ssh-remote':
      return t('Files and environment of {0} on the SSH host {1}', user, host);
    case 'dev-container':
    case 'attached-container':
      return t('Files and environment of {0} in the container {1}', user, host);
    default:
      return t('Files and environment of {0} on the server {1}', user, host);
  }
}
