import { type Disposable, type TextDocument, type Uri, window, workspace } from 'vscode';
import type { Inspection } from '../../model/inspection';
import { createSignal, type Signal } from '../signal';

/** What is known of the open documents; a look is taken when one is opened or saved, never while somebody types. */
export interface Inspector extends Disposable {
  readonly changed: Signal;
  /** Undefined for a document that was not looked at, or that has changed since: its ranges would be wrong. */
  current(document: TextDocument): Inspection | undefined;
}

/** Words of which every reference has one: a document without them is not worth a worker thread. */
const WORDS = /client[_-]?key|KAAP\.|kms/i;
const MAX_LENGTH = 1024 * 1024;

interface Seen {
  readonly version: number;
  readonly inspection: Inspection;
}

/**
 * @param look takes a look at a file on disk. Its errors are told to `log` and leave the document without notes.
 */
export function createInspector(
  look: (file: string, folder: string) => Promise<Inspection>,
  log: (line: string) => void,
): Inspector {
  const changed = createSignal();
  const seen = new Map<string, Seen>();

  async function inspect(document: TextDocument): Promise<void> {
    const key = document.uri.toString();
    const folder = folderOf(document.uri);
    // A look reads the disk: what is not saved yet is looked at when it is.
    if (folder === undefined || document.isDirty || !isWorthALook(document)) {
      if (!document.isDirty && seen.delete(key)) changed.fire();
      return;
    }
    const { version } = document;
    try {
      const inspection = await look(document.uri.fsPath, folder);
      if (document.isClosed) return;
      seen.set(key, { version, inspection });
      changed.fire();
    } catch (error) {
      log(`${document.uri.fsPath}: not inspected (${error instanceof Error ? error.name : 'unknown error'})`);
    }
  }

  function lookAtAll(): void {
    for (const document of shownDocuments()) void inspect(document);
  }

  const listening = [
    workspace.onDidOpenTextDocument((document) => void inspect(document)),
    workspace.onDidSaveTextDocument((document) => void inspect(document)),
    // A file that another program has changed: VS Code reloads it, and it is not dirty afterwards.
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!document.isDirty && contentChanges.length > 0) void inspect(document);
    }),
    workspace.onDidCloseTextDocument((document) => {
      if (seen.delete(document.uri.toString())) changed.fire();
    }),
    workspace.onDidGrantWorkspaceTrust(lookAtAll),
  ];
  lookAtAll();

  return {
    changed,
    current(document) {
      const known = seen.get(document.uri.toString());
      return known?.version === document.version ? known.inspection : undefined;
    },
    dispose() {
      for (const listener of listening) listener.dispose();
    },
  };
}

/** Documents that an editor shows first, then the others that are open. */
function shownDocuments(): Set<TextDocument> {
  return new Set([...window.visibleTextEditors.map(({ document }) => document), ...workspace.textDocuments]);
}

function folderOf(uri: Uri): string | undefined {
  if (!workspace.isTrusted || uri.scheme !== 'file') return undefined;
  const folder = workspace.getWorkspaceFolder(uri);
  return folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined;
}

function isWorthALook(document: TextDocument): boolean {
  const text = document.getText();
  return text.length <= MAX_LENGTH && WORDS.test(text);
}
