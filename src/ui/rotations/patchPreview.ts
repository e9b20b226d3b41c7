import { join } from 'node:path';
import { commands, type Disposable, Uri, workspace } from 'vscode';
import type { WorkspacePatchPlan } from '../../rotation/rotations';
import { t } from '../localise';
import { type PlannedGroup, patchSummary } from './patchSummary';
import { closePatchPreviews, PREVIEW_SCHEME } from './previewTabs';

/** A plan with the groups that it was made for. */
export interface PreviewedPlan {
  readonly plan: WorkspacePatchPlan;
  readonly groups: readonly PlannedGroup[];
}

export interface PatchPreview extends Disposable {
  /** Opens all files of the plans in one diff, with secrets masked; what cannot be seen there is told in words above it. */
  show(plans: readonly PreviewedPlan[]): Promise<void>;
  /** Closes it: what it shows is done, or no longer so. */
  close(): Promise<void>;
}

/** Masked texts as virtual documents: the real texts with secrets never enter an editor. */
export function createPatchPreview(): PatchPreview {
  const texts = new Map<string, string>();
  let round = 0;
  const provider = workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });

  function put(side: 'before' | 'after', file: string, text: string): Uri {
    // The path keeps the file's name, so that the diff is coloured in its language.
    const uri = Uri.from({
      scheme: PREVIEW_SCHEME,
      authority: `${side}-${round}`,
      path: Uri.file(file).path,
    });
    texts.set(uri.toString(), text);
    return uri;
  }

  return {
    async show(plans) {
      texts.clear();
      round += 1;
      const rows = plans.flatMap(({ plan, groups }) => {
        const summary = join(plan.folder, t('Summary'));
        return [
          [Uri.file(summary), undefined, put('after', summary, patchSummary(plan, groups, t))],
          ...plan.files.map(({ file, maskedBefore, maskedAfter }) => [
            Uri.file(file),
            put('before', file, maskedBefore),
            put('after', file, maskedAfter),
          ]),
        ];
      });
      await commands.executeCommand('vscode.changes', t('Patch preview, secrets masked'), rows);
    },
    async close() {
      await closePatchPreviews();
      texts.clear();
    },
    dispose() {
      texts.clear();
      provider.dispose();
    },
  };
}
