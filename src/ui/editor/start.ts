import { type Disposable, workspace } from 'vscode';
import { diskFolders } from '../folders';
import type { EditorWiring } from './wiring';

/** Long enough that windows come up without it, ms. */
const AFTER_START_MS = 500;

const loadEditor = () => import('./wiring');

/** Loads the editor features once there is a trusted folder on disk to use them in. */
export function startEditorFeatures(wiring: EditorWiring): Disposable {
  const disposables: Disposable[] = [];
  let loading = false;
  let disposed = false;

  function loadIfUseful(): void {
    if (loading || !workspace.isTrusted || diskFolders().length === 0) return;
    loading = true;
    void loadEditor().then(({ wireEditorFeatures }) => {
      if (!disposed) disposables.push(wireEditorFeatures(wiring));
    });
  }

  const timer = setTimeout(loadIfUseful, AFTER_START_MS);
  disposables.push(
    workspace.onDidGrantWorkspaceTrust(loadIfUseful),
    workspace.onDidChangeWorkspaceFolders(loadIfUseful),
  );
  return {
    dispose() {
      disposed = true;
      clearTimeout(timer);
      for (const disposable of disposables) disposable.dispose();
    },
  };
}
