import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { check, lock } from 'proper-lockfile';
import * as v from 'valibot';
import { type AapRef, aapKey } from '../model/clientKey';
import { RotationError } from './rotationError';

/** A lease not renewed for this long is free again. */
const STALE_MS = 15_000;

const owner = v.object({ pid: v.number(), host: v.string() });

/**
 * Runs `action` while this window alone acts on an AAP. It is a politeness: it spares two windows a conflict in the
 * middle of their work, while the revision of the journal is what guards an effect. `lost` is triggered when the lease was
 * taken over, for example after the machine slept.
 * @param folder for the leases; made if missing
 * @throws RotationError `busy` if another window, or another action of this one, holds the lease
 */
export async function withLease<T>(
  folder: string,
  aap: AapRef,
  action: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const file = leaseFile(folder, aap);
  const lost = new AbortController();
  const release = await acquire(file, lost);
  try {
    await fs.writeFile(ownerFile(file), JSON.stringify({ pid: process.pid, host: os.hostname() }));
    return await action(lost.signal);
  } finally {
    // A lease that was lost belongs to somebody else now; to release it once more is no failure of the action.
    await release().catch(() => undefined);
  }
}

/** Whether some window of this machine, this one included, acts on an AAP right now. */
export async function isLeased(folder: string, aap: AapRef): Promise<boolean> {
  const file = leaseFile(folder, aap);
  return (await check(file, { realpath: false, stale: STALE_MS })) && !(await ownerIsGone(file));
}

function leaseFile(folder: string, aap: AapRef): string {
  const name = createHash('sha256').update(aapKey(aap)).digest('hex').slice(0, 16);
  return path.join(folder, `aap-${name}`);
}

async function acquire(file: string, lost: AbortController): Promise<() => Promise<void>> {
  const take = () =>
    lock(file, { realpath: false, stale: STALE_MS, update: STALE_MS / 3, onCompromised: () => lost.abort() });
  try {
    return await take();
  } catch (error) {
    if (!isLocked(error)) throw error;
  }
  if (!(await ownerIsGone(file))) throw new RotationError('busy');
  // Twice: a new holder writes its name a moment after it took the lease.
  await setTimeout(200);
  if (!(await ownerIsGone(file))) throw new RotationError('busy');
  // A window that was killed: waiting for its lease to go stale would keep the user from going on after a reload.
  await fs.rm(`${file}.lock`, { recursive: true, force: true });
  try {
    return await take();
  } catch (error) {
    if (isLocked(error)) throw new RotationError('busy');
    throw error;
  }
}

/** Whether the holder was a process of this machine that no longer runs. In doubt it is not. */
async function ownerIsGone(file: string): Promise<boolean> {
  try {
    const holder = v.parse(owner, JSON.parse(await fs.readFile(ownerFile(file), 'utf8')));
    if (holder.host !== os.hostname()) return false;
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

function ownerFile(file: string): string {
  return `${file}.owner`;
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}
