import { createOrCompleteDurably } from '../credential/durableFile';
import { gitState } from '../credential/gitState';
import type { PasswordMove } from '../model/passwordMove';
import type { Context } from './context';
import { flip, prepareFlip, writeTemporaries } from './fileFlip';
import { RotationError } from './rotationError';

/**
 * Moves a password out of a file: its own file first, durable and the owner's alone, then the text that names it, by one
 * rename. What a crash leaves in between is a password file that nobody names yet.
 * @param allowUnignored the user agreed to a password file that git would commit
 * @throws RotationError `notIgnored`, `changedSince`, `patchFailed`
 */
export async function movePassword(
  { effects }: Pick<Context, 'effects'>,
  folder: string,
  move: PasswordMove,
  allowUnignored: boolean,
): Promise<void> {
  const { file, content, sha256, passwordFile, password } = move;
  const state = await gitState(passwordFile);
  if (!allowUnignored && state !== 'ignored' && state !== 'notInWorkTree')
    throw new RotationError('notIgnored');
  const prepared = await prepareFlip(folder, [{ file, content, sha256 }]);
  try {
    await createOrCompleteDurably(passwordFile, new TextEncoder().encode(password.reveal()));
    await writeTemporaries(prepared, effects);
  } catch {
    throw new RotationError('patchFailed', { file: passwordFile });
  }
  await flip(prepared, effects);
}
