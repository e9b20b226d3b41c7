import { readFile } from 'node:fs/promises';
import { env, window } from 'vscode';
import { manualStepCommand } from '../../references/link/manualSteps';
import { t } from '../localise';
import { hasValue, manualStepText } from './manualStepText';
import { isRotationNode } from './rotationNodes';
import { copyForAWhile } from './shortLivedCopy';

/** How long a copied secret may stay in the clipboard, ms. */
const CLEAR_AFTER_MS = 60_000;

/** Copies the command that sets a value from the saved files: no secret is in it. */
export async function copyManualCommand(target: unknown): Promise<void> {
  if (!isRotationNode(target) || target.kind !== 'manualStep') return;
  const { step, group, card } = target;
  const command = manualStepCommand(step, card.rotation.files, group.manualSteps);
  if (command === undefined) return;
  await env.clipboard.writeText(command);
  void window.showInformationMessage(
    t('The command is in the clipboard. It reads the value from the saved file, so no secret is in it.'),
  );
}

/**
 * Copies the value itself, after a warning, and takes it out of the clipboard after a minute unless something else is in it
 * by then.
 */
export async function copyManualValue(target: unknown): Promise<void> {
  if (!isRotationNode(target) || target.kind !== 'manualStep' || !hasValue(target.step.role)) return;
  const { files } = target.card.rotation;
  const file = target.step.role === 'keyContent' ? files.credentialFile : files.passwordFile;
  const copy = t('Copy Value');
  const choice = await window.showWarningMessage(
    t('Copy the secret itself? {0}.', manualStepText(target.step, t)),
    {
      modal: true,
      detail: t(
        'Programs that keep a clipboard history keep it for good. The command does the same without a secret. The clipboard is cleared after 60 seconds if it still holds the value.',
      ),
    },
    copy,
  );
  if (choice !== copy) return;
  const value = (await readFile(file, 'utf8')).trim();
  await copyForAWhile(env.clipboard, value, CLEAR_AFTER_MS);
}
