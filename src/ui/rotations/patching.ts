import { window } from 'vscode';
import type { Doubt, ReferenceGroup } from '../../model/reference';
import type { Rotations } from '../../rotation/rotations';
import { t } from '../localise';
import { withProgress } from '../progress';
import { excludedGlobs } from '../settings';
import { type Board, type Card, type FolderScan, tickedGroups } from './board';
import type { PatchPreview, PreviewedPlan } from './patchPreview';
import {
  agreedToPrice,
  dirtyTargets,
  nothingToPatch,
  savedFirst,
  tellApplied,
  tellUndone,
} from './patchQuestions';
import { pickRotation } from './pickRotation';
import { strategyOf } from './referenceRows';
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
  /** Patches one group alone, whether it is ticked or not. */
  applyGroup(rotationId: string, groupId: string): Promise<void>;
  undo(target: unknown): Promise<void>;
}

type Choose = (card: Card, scan: FolderScan) => readonly ReferenceGroup[];

export function createPatching(parts: PatchingParts): Patching {
  const { board } = parts;

  /** One plan per folder that has chosen groups; made from the files as they are now. */
  async function plansOf(card: Card, choose: Choose, signal: AbortSignal): Promise<PreviewedPlan[]> {
    const folders = patchableFolders();
    const rotations = await parts.rotations();
    const planned: PreviewedPlan[] = [];
    for (const scan of card.scans ?? []) {
      const groups = choose(card, scan).map((group) => ({ group, strategy: strategyOf(card, group) }));
      if (groups.length === 0 || !folders.includes(scan.folder)) continue;
      const strategies = Object.fromEntries(
        groups.flatMap(({ group, strategy }) => (strategy === undefined ? [] : [[group.id, strategy]])),
      );
      const ids = groups.map(({ group }) => group.id);
      const { id } = card.rotation;
      const globs = excludedGlobs();
      const doubts = doubtsOf(groups.map(({ group }) => group));
      const plan = await rotations.planPatch(id, scan.folder, ids, globs, signal, strategies, doubts);
      planned.push({ plan, groups });
    }
    return planned;
  }

  const planAll = (card: Card, choose: Choose) =>
    withProgress(t('Planning the patch'), async (signal) => plansOf(card, choose, signal));

  async function scannedCard(target: unknown): Promise<Card | undefined> {
    const card = await pickRotation(board, target, ({ rotation }) => rotation.newKey !== undefined);
    if (!card || card.scans) return card;
    patchableFolders();
    await board.rescan(card.rotation.id);
    return board.card(card.rotation.id);
  }

  async function applyChosen(card: Card, choose: Choose): Promise<void> {
    const plan = async () => (await planAll(card, choose)).map((each) => each.plan);
    let plans = await plan();
    if (nothingToPatch(plans)) return;
    const dirty = dirtyTargets(plans);
    if (dirty.length > 0) {
      if (!(await savedFirst(dirty))) return;
      plans = await plan();
      if (nothingToPatch(plans)) return;
    }
    if (!(await agreedToPrice(plans))) return;
    const { id } = card.rotation;
    const rotations = await parts.rotations();
    try {
      await board.during(id, 'action', () =>
        withProgress(t('Applying the patch'), async (signal, onProgress) => {
          // `agreedToPrice` has named the new files that git would commit.
          const options = { onProgress, signal, allowUnignored: true };
          for (const each of plans) await rotations.applyPatch(id, each, options);
        }),
      );
      await parts.preview.close();
    } finally {
      await board.reload();
      await board.rescan(id);
    }
    tellApplied(plans);
    await board.readVerdict(id);
  }

  return {
    async preview(target) {
      const card = await scannedCard(target);
      if (!card) return;
      const planned = await planAll(card, tickedGroups);
      if (nothingToPatch(planned.map(({ plan }) => plan))) return;
      await parts.preview.show(planned);
    },

    async apply(target) {
      const card = await scannedCard(target);
      if (card) await applyChosen(card, tickedGroups);
    },

    async applyGroup(rotationId, groupId) {
      const card = await scannedCard(rotationId);
      const chosen: Choose = (_, scan) =>
        scan.old.groups.filter(({ id, editable }) => editable && id === groupId);
      if (card) await applyChosen(card, chosen);
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

/** What the user has seen speak against a group that is patched all the same. */
function doubtsOf(groups: readonly ReferenceGroup[]): Record<string, Doubt> {
  return Object.fromEntries(groups.flatMap(({ id, doubt }) => (doubt === undefined ? [] : [[id, doubt]])));
}
