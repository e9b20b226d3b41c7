import { Range, Selection, Uri, window, workspace } from 'vscode';
import type { PatchWarning } from '../../model/patch';
import type { WorkspacePatchPlan } from '../../rotation/rotations';
import { t } from '../localise';
import { folderName, pathIn } from '../paths';

type Plans = readonly WorkspacePatchPlan[];

/** Tells that there is nothing to be done, if that is so. */
export function nothingToPatch(plans: Plans): boolean {
  if (plans.some((plan) => plan.files.length > 0)) return false;
  const refused = plans.flatMap((plan) => plan.refused).length;
  void window.showInformationMessage(
    refused > 0
      ? t('None of the ticked groups can be patched safely; the log says why. Change them by hand.')
      : t('No group is ticked that could be patched. Tick one in the Rotations view.'),
  );
  return true;
}

/** Open documents with unsaved changes that the plans would write. */
export function dirtyTargets(plans: Plans) {
  const files = filesOf(plans);
  return workspace.textDocuments.filter(
    (document) => document.isDirty && document.uri.scheme === 'file' && files.has(document.uri.fsPath),
  );
}

/** Saves them once the user agrees. */
export async function savedFirst(dirty: ReturnType<typeof dirtyTargets>): Promise<boolean> {
  const save = t('Save and Apply');
  const names = dirty.map((document) => workspace.asRelativePath(document.uri)).join(', ');
  const choice = await window.showWarningMessage(
    t('Files to be patched have unsaved changes: {0}. Save them first?', names),
    { modal: true },
    save,
  );
  if (choice !== save) return false;
  const saved = await Promise.all(dirty.map((document) => document.save()));
  return saved.every(Boolean);
}

/** Asks about what a patch does at a price: secrets where git may take them, and files that do not change at once. */
export async function agreedToPrice(plans: Plans): Promise<boolean> {
  const told = (
    [
      [
        'commitsPassword',
        (files) =>
          t(
            'The new password will stand in files that git may commit: {0}. Where a file can be read instead, the quick fix on the old password moves it there first.',
            files,
          ),
      ],
      ['committedCopy', (files) => t('New credential files will lie where git may commit them: {0}.', files)],
      [
        'notAtomic',
        (files) =>
          t(
            'Key and password change in two files, one right after the other: {0}. A program that reads between the two fails once.',
            files,
          ),
      ],
    ] satisfies [PatchWarning['kind'], (files: string) => string][]
  ).flatMap(([kind, tell]) => {
    const files = filesWith(plans, kind);
    return files.length === 0 ? [] : [tell(files.join(', '))];
  });
  if (told.length === 0) return true;
  const apply = t('Apply Anyway');
  const show = t('Open the File');
  const committed = plans.flatMap(({ warnings }) =>
    warnings.filter(({ kind }) => kind === 'commitsPassword'),
  );
  const choice = await window.showWarningMessage(
    t('Apply the patch as it is?'),
    { modal: true, detail: told.join('\n\n') },
    apply,
    ...(committed.length > 0 ? [show] : []),
  );
  const [first] = committed;
  if (choice === show && first !== undefined) await openAtPassword(plans, first.file);
  return choice === apply;
}

/** Opens the file where the old password stands: the quick fix that moves it to a file is offered there. */
async function openAtPassword(plans: Plans, file: string): Promise<void> {
  const edits = plans
    .flatMap(({ files }) => files.filter((one) => one.file === file))
    .flatMap(({ edits }) => edits);
  const at = edits.find(({ role }) => role === 'password')?.start ?? 0;
  const document = await workspace.openTextDocument(Uri.file(file));
  const editor = await window.showTextDocument(document);
  const place = document.positionAt(at);
  editor.selection = new Selection(place, place);
  editor.revealRange(new Range(place, place));
}

export function tellApplied(plans: Plans): void {
  const folders = plans.map((plan) => folderName(plan.folder)).join(', ');
  const deliver = plans.some(({ warnings }) =>
    warnings.some(({ kind }) => kind === 'deliverFiles' || kind === 'ignoredTarget'),
  );
  const done = t(
    '{0} files patched in {1}. The audit log shows when every caller has moved.',
    filesOf(plans).size,
    folders,
  );
  const next = t(
    'Applications that run elsewhere need the new credential files before they get the new configuration.',
  );
  void window.showInformationMessage(deliver ? `${done} ${next}` : done);
}

/** @param left names of files whose values have changed since and were left alone */
export function tellUndone(undone: number, left: readonly string[]): void {
  if (left.length === 0)
    void window.showInformationMessage(
      t('{0} values were put back. The files name the old client key again.', undone),
    );
  else
    void window.showWarningMessage(
      t(
        '{0} values were put back. These have changed since and were left alone: {1}.',
        undone,
        [...new Set(left)].join(', '),
      ),
    );
}

function filesWith(plans: Plans, kind: PatchWarning['kind']): string[] {
  const files = plans.flatMap(({ folder, warnings }) =>
    warnings.filter((warning) => warning.kind === kind).map(({ file }) => pathIn(folder, file)),
  );
  return [...new Set(files)];
}

function filesOf(plans: Plans): Set<string> {
  return new Set(plans.flatMap((plan) => plan.files.map(({ file }) => file)));
}
