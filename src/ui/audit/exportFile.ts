import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createDurably, renameReplacing } from '../../credential/durableFile';

/**
 * Writes a file in one step: who reads it finds what was there before, or all of the new text.
 * @param file absolute path; what is there is replaced
 * @throws the file system's error; then nothing has changed
 */
export async function writeAtOnce(file: string, text: string): Promise<void> {
  const part = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    await createDurably(part, Buffer.from(text, 'utf8'));
    await renameReplacing(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
