import { commands, type Disposable, Uri, workspace } from 'vscode';
import type { WorkspacePatchPlan } from '../../rotation/rotations';
import { t } from '../localise';

const SCHEME = 'kms-preview';

export interface PatchPreview extends Disposable {
  /** Opens all files of the plans in one diff, with secrets masked. */
  show(plans: readonly WorkspacePatchPlan[]): Promise<void>;
}

/** Masked texts as virtual documents: the real texts with secrets never enter an editor. */
export function createPatchPreview(): PatchPreview {
  const texts = new Map<string, string>();
  let round = 0;
  const provider = workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });

  function put(side: 'before' | 'after', file: string, text: string): Uri {
    // The path keeps the file's name, so that the diff is coloured in its language.
    const uri = Uri.from({ scheme: SCHEME, authority: `${side}-${round}`, path: Uri.file(file).path });
    texts.set(uri.toString(), text);
    return uri;
  }

  return {
    async show(plans) {
      texts.clear();
      round += 1;
      const rows = plans.flatMap((plan) =>
        plan.files.map(({ file, maskedBefore, maskedAfter }) => [
          Uri.file(file),
          put('before', file, maskedBefore),
          put('after', file, maskedAfter),
        ]),
      );
      await commands.executeCommand(
        'vscode.changes',
        t('Patch preview: secrets are masked, open editors reload by themselves'),
        rows,
      );
    },
    dispose() {
      texts.clear();
      provider.dispose();
    },
  };
}
