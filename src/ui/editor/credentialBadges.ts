import {
  type Disposable,
  EventEmitter,
  type FileDecorationProvider,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import { expiryOf } from '../../model/expiry';
import type { CredentialFileLook } from '../../model/inspection';
import { expiryBadge, expiryText } from '../expiryText';
import { t, textLocale } from '../localise';
import { keyIcon } from '../tree/keyIcon';
import type { KeyFacts } from './keyFacts';

export interface CredentialBadges extends Disposable {
  redraw(): void;
}

/** What credential files are called when somebody saves them; others are found once a reference leads to them. */
const NAMES = /\.(?:json|txt|key)$|^client_?key/i;
/** Read by every tool of a project and never a credential file. */
const OTHER_NAMES = /^(?:package(?:-lock)?|tsconfig.*|composer|launch|settings|tasks|extensions)\.json$/i;

/**
 * How long a credential file still lives, as colour and badge in the explorer. VS Code asks for the files that it shows;
 * each is looked at once and again when it changes.
 * @param look undefined for a file that is no credential file
 */
export function registerCredentialBadges(
  look: (file: string, folder: string) => Promise<CredentialFileLook | undefined>,
  facts: KeyFacts,
): CredentialBadges {
  const changes = new EventEmitter<Uri | undefined>();
  const looks = new Map<string, Promise<CredentialFileLook | undefined>>();
  const watcher = workspace.createFileSystemWatcher('**/*.{json,txt,key}');
  const forget = (uri: Uri) => {
    if (looks.delete(uri.toString())) changes.fire(uri);
  };
  const provider: FileDecorationProvider = {
    onDidChangeFileDecorations: changes.event,
    async provideFileDecoration(uri) {
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
      if (uri.scheme !== 'file' || !workspace.isTrusted || !NAMES.test(name) || OTHER_NAMES.test(name))
        return undefined;
      const folder = workspace.getWorkspaceFolder(uri);
      if (folder === undefined) return undefined;
      const key = uri.toString();
      const known = looks.get(key) ?? look(uri.fsPath, folder.uri.fsPath).catch(() => undefined);
      looks.set(key, known);
      const found = await known;
      return found === undefined ? undefined : decorationOf(found, facts);
    },
  };
  const parts = [
    window.registerFileDecorationProvider(provider),
    watcher,
    watcher.onDidChange(forget),
    watcher.onDidCreate((uri) => {
      forget(uri);
      // A password file that comes later opens the credential file beside it.
      looks.clear();
      changes.fire(undefined);
    }),
    watcher.onDidDelete(forget),
    workspace.onDidGrantWorkspaceTrust(() => changes.fire(undefined)),
    changes,
  ];
  return {
    redraw: () => changes.fire(undefined),
    dispose() {
      for (const part of parts) part.dispose();
    },
  };
}

function decorationOf({ keyId, validity }: CredentialFileLook, facts: KeyFacts) {
  const key = facts.inAccount(keyId);
  const times = key ?? validity;
  if (times === undefined)
    return {
      badge: '?',
      tooltip: t('Client key {0}: expiry unknown, no password was found beside it', shortKeyId(keyId)),
    };
  const now = facts.now(key?.accountId);
  const expiry = expiryOf(times, now, facts.thresholds());
  const badge = expiryBadge(expiry);
  return {
    tooltip: t('Client key {0} {1}', shortKeyId(keyId), expiryText(times, expiry, now, textLocale(), t)),
    ...(expiry.state === 'valid' ? {} : { color: new ThemeColor(keyIcon(expiry.state).color) }),
    ...(badge === undefined ? {} : { badge }),
  };
}
