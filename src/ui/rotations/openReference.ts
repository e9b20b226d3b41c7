import { Range, Selection, TextEditorRevealType, Uri, window, workspace } from 'vscode';
import type { Reference } from '../../model/reference';
import { isRotationNode } from './rotationNodes';

/** *Open Reference* on a row of the Rotations view. */
export async function openReference(target: unknown): Promise<void> {
  if (isRotationNode(target) && target.kind === 'reference') await openPlace(target.reference);
}

/**
 * Opens the file of a reference with its value selected.
 * @returns false for a credential file, which is never opened: it would rest in the editor's backups
 */
export async function openPlace({ file, range, role }: Reference): Promise<boolean> {
  if (role === 'credentialFile' || role === 'credentialPasswordFile') return false;
  const document = await workspace.openTextDocument(Uri.file(file));
  const editor = await window.showTextDocument(document, { preview: true });
  // Offsets count from the decoded text without its byte order mark, as VS Code's do.
  const where = new Range(document.positionAt(range.start), document.positionAt(range.end));
  editor.selection = new Selection(where.start, where.end);
  editor.revealRange(where, TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}
