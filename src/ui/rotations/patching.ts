import { window, workspace } from 'vscode';
import type { Rotations, WorkspacePatchPlan } from '../../rotation/rotations';
import { t } from '../localise';
import { folderName, pathIn } from '../paths';
import { withProgress } from '../progress';
import { excludedGlobs } from '../settings';
import { type Board, type Card, tickedGroups } from './board';
import type { PatchPreview } from './patchPreview';
import { pickRotation } from './pickRotation';
import { patchableFolders } from './trust';

export interface PatchingParts {
  readonly board: Board;
  readonly preview: PatchPreview;
  rotations(): Promise<Rotations>;
}

/** The commands that preview, apply and take back a patch. */
export interface Patching {
  preview(target: unknown): Promise<void>;
  apply(target: unknown): Promise<void>;
  undo(target: unknown): Promise<void>;
}

export function createPatching(parts: PatchingParts): Patching {
  const { board } = parts;

  /** One plan per folder that has ticked groups; made from the files as they are now. */
  async function plansOf(card: Card, signal: AbortSignal): Promise<WorkspacePatchPlan[]> {
    const folders = patchableFolders();
    const rotations = await parts.rotations();
    const plans: WorkspacePatchPlan[] = [];
    for (const scan of card.scans ?? []) {
      const groups = tickedGroups(card, scan);
      if (groups.length === 0 || !folders.includes(scan.folder)) continue;
      plans.push(await rotations.planPatch(card.rotation.id, scan.folder, groups, excludedGlobs(), signal));
    }
    return plans;
  }

  const plan = (card: Card) => withProgress(t('Planning the patch'), async (signal) => plansOf(card, signal));

  async function scannedCard(target: unknown): Promise<Card | undefined> {
    const card = await pickRotation(board, target, ({ rotation }) => rotation.newKey !== undefined);
    if (!card || card.scans) return card;
    patchableFolders();
    await board.rescan(card.rotation.id);
    return board.card(card.rotation.id);
  }

  return {
    async preview(target) {
      const card = await scannedCard(target);
      if (!card) return;
      const plans = await plan(card);
      if (nothingToPatch(plans)) return;
      await parts.preview.show(plans);
    },

    async apply(target) {
      const card = await scannedCard(target);
      if (!card) return;
      let plans = await plan(card);
      if (nothingToPatch(plans)) return;
      const dirty = dirtyTargets(plans);
      if (dirty.length > 0) {
        if (!(await savedFirst(dirty))) return;
        plans = await plan(card);
        if (nothingToPatch(plans)) return;
      }
      if (!(await agreedToPassword(plans))) return;
      const { id } = card.rotation;
      const rotations = await parts.rotations();
      try {
        await board.during(id, 'action', () =>
          withProgress(t('Applying the patch'), async (signal, onProgress) => {
            for (const each of plans) await rotations.applyPatch(id, each, { onProgress, signal });
          }),
        );
        await parts.preview.close();
      } finally {
        await board.reload();
        await board.rescan(id);
      }
      tellApplied(plans);
      await board.readVerdict(id);
    },

    async undo(target) {
      const card = await pickRotation(board, target, ({ rotation }) => rotation.workspaces.length > 0);
      if (!card) return;
      const folders = patchableFolders();
      const { id } = card.rotation;
      const rotations = await parts.rotations();
      let undone = 0;
      let gone = 0;
      const left: string[] = [];
      try {
        await board.during(id, 'action', () =>
          withProgress(t('Taking the patch back'), async (signal) => {
            for (const { folder } of card.rotation.workspaces.filter((patch) =>
              folders.includes(patch.folder),
            )) {
              const result = await rotations.undoPatch(id, folder, signal);
              undone += result.undone.length;
              gone += result.fileGone.length;
              for (const edit of [...result.changedSince, ...result.valueGone]) left.push(edit.file);
            }
          }),
        );
      } finally {
        await board.reload();
        await board.rescan(id);
      }
      if (undone > 0 || left.length > 0 || gone === 0) tellUndone(undone, left);
      else
        void window.showInformationMessage(
          t('The patched files are no longer there, so nothing was left to be put back.'),
        );
      await board.readVerdict(id);
    },
  };
}

function nothingToPatch(plans: readonly WorkspacePatchPlan[]): boolean {
  if (plans.some((plan) => plan.files.length > 0)) return false;
  const refused = plans.flatMap((plan) => plan.refused).length;
  void window.showInformationMessage(
    refused > 0
      ? t('None of the ticked groups can be patched safely; the log says why. Change them by hand.')
      : t('No group is ticked that could be patched. Tick one in the Rotations view.'),
  );
  return true;
}

function filesOf(plans: readonly WorkspacePatchPlan[]): Set<string> {
  return new Set(plans.flatMap((plan) => plan.files.map(({ file }) => file)));
}

function dirtyTargets(plans: readonly WorkspacePatchPlan[]) {
  const files = filesOf(plans);
  return workspace.textDocuments.filter(
    (document) => document.isDirty && document.uri.scheme === 'file' && files.has(document.uri.fsPath),
  );
}

async function savedFirst(dirty: ReturnType<typeof dirtyTargets>): Promise<boolean> {
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

async function agreedToPassword(plans: readonly WorkspacePatchPlan[]): Promise<boolean> {
  const files = plans.flatMap((plan) =>
    plan.warnings
      .filter(({ kind }) => kind === 'commitsPassword')
      .map(({ file }) => pathIn(plan.folder, file)),
  );
  if (files.length === 0) return true;
  const apply = t('Apply Anyway');
  const choice = await window.showWarningMessage(
    t('The new password will stand in files that git may commit: {0}.', [...new Set(files)].join(', ')),
    {
      modal: true,
      detail: t('The old password stands there now. A password file that git ignores would be safer.'),
    },
    apply,
  );
  return choice === apply;
}

function tellApplied(plans: readonly WorkspacePatchPlan[]): void {
  const folders = plans.map((plan) => folderName(plan.folder)).join(', ');
  const deliver = plans.some((plan) => plan.warnings.some(({ kind }) => kind === 'deliverFiles'));
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

function tellUndone(undone: number, left: readonly string[]): void {
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
