import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

/**
 * Claims a role that one window of this machine has at a time.
 * @param folder global storage, which all windows share; made if missing
 * @param stale the role of a window that does not renew it for this long, ms, goes to another one; at least 2000
 * @returns gives the role back; undefined while another window has it
 */
export async function claimRole(
  folder: string,
  name: string,
  stale: number,
): Promise<(() => Promise<void>) | undefined> {
  await mkdir(folder, { recursive: true });
  try {
    const release = await lock(join(folder, name), {
      realpath: false,
      stale,
      update: stale / 4,
      onCompromised: () => undefined,
    });
    // Lost, for example, while the machine slept: then it is another window's.
    return () => release().catch(() => undefined);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined;
    throw error;
  }
}
