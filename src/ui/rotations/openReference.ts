import { Range, Selection, TextEditorRevealType, Uri, window, workspace } from 'vscode';
import { isRotationNode } from './rotationNodes';

/** Opens the file of a reference with its value selected. Credential files are never opened: they would rest in the editor's backups. */
export async function openReference(target: unknown): Promise<void> {
  if (!isRotationNode(target) || target.kind !== 'reference') return;
  const { file, range, role } = target.reference;
  if (role === 'credentialFile' || role === 'credentialPasswordFile') return;
  const document = await workspace.openTextDocument(Uri.file(file));
  const editor = await window.showTextDocument(document, { preview: true });
  // Offsets count from the decoded text without its byte order mark, as VS Code's do.
  const where = new Range(document.positionAt(range.start), document.positionAt(range.end));
  editor.selection = new Selection(where.start, where.end);
  editor.revealRange(where, TextEditorRevealType.InCenterIfOutsideViewport);
}
