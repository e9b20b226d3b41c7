import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

const DEMO = path.resolve(__dirname, '../../.demo');

/** Makes the folder of this run, named by its process, and removes those that killed runs have left. */
export async function createDemoFolder(): Promise<string> {
  await mkdir(DEMO, { recursive: true });
  for (const name of await readdir(DEMO)) {
    if (!isRunning(Number(name))) await remove(path.join(DEMO, name));
  }
  const folder = path.join(DEMO, String(process.pid));
  await remove(folder);
  await mkdir(folder);
  return folder;
}

/** Removes the folder of a run that has ended, and the one around it when it was the last. */
export async function removeDemoFolder(folder: string): Promise<void> {
  await remove(folder);
  // Fails, rightly, while another run has its folder there.
  await rmdir(DEMO).catch(() => undefined);
}

async function remove(folder: string): Promise<void> {
  // What has just been ended may still write a last file.
  if (existsSync(folder)) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be signalled, yet it runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
