import { basename, dirname } from 'node:path';
import { type Disposable, workspace } from 'vscode';
import type { BackgroundWorker } from '../../references/background';
import { diskFolders } from '../folders';
import { encodings, excludedGlobs } from '../settings';
import { findLocalKeys } from './findLocalKeys';
import type { LocalKeys } from './localKeys';

export interface LocalKeyParts {
  readonly localKeys: LocalKeys;
  readonly background: Pick<BackgroundWorker, 'scan' | 'lookAtCredentialFile' | 'inspect'>;
  /** One line without secrets. */
  log(line: string): void;
}

/** Several files change together, ms. */
const GATHER_MS = 1500;
/** Between two searches passes at least this many times what a search takes. */
const REST = 10;

/** What credential and password files are called; others are searched for when one is known to lie in their folder. */
const TELLING = /client_?key|KAAP\.|passw|pwd|secret/i;

/**
 * Searches the folders of a trusted workspace for credential files that open, now and whenever such files or the folders
 * change.
 */
export function watchLocalKeys({ localKeys, background, log }: LocalKeyParts): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let searching = false;
  let again = false;
  let earliest = 0;
  let disposed = false;

  function searchSoon(): void {
    again = searching;
    if (searching || disposed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void search(), Math.max(GATHER_MS, earliest - Date.now()));
  }

  async function search(): Promise<void> {
    searching = true;
    const began = Date.now();
    const folders = workspace.isTrusted ? diskFolders() : [];
    try {
      const keys = await findLocalKeys(folders, background, {
        exclude: excludedGlobs(),
        encodings: encodings(folders),
      });
      if (!disposed) localKeys.set(keys);
    } catch (error) {
      log(`credential files: not searched (${error instanceof Error ? error.name : 'unknown error'})`);
    }
    searching = false;
    earliest = Date.now() + REST * (Date.now() - began);
    if (again) searchSoon();
  }

  function fileChanged({ fsPath }: { readonly fsPath: string }): void {
    const isNear = localKeys.keys.some(({ file }) => dirname(file) === dirname(fsPath));
    if (isNear || TELLING.test(basename(fsPath))) searchSoon();
  }

  const watcher = workspace.createFileSystemWatcher('**/*.{json,txt,key}');
  const parts = [
    watcher,
    watcher.onDidCreate(fileChanged),
    watcher.onDidChange(fileChanged),
    watcher.onDidDelete(fileChanged),
    workspace.onDidChangeWorkspaceFolders(searchSoon),
    workspace.onDidGrantWorkspaceTrust(searchSoon),
  ];
  void search();
  return {
    dispose() {
      disposed = true;
      clearTimeout(timer);
      for (const part of parts) part.dispose();
    },
  };
}
