import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEMO_AAP, DEMO_INSTANCE } from './demoWorld';
import type { Simulator } from './index';

/** A copy of the demo workspace whose configuration names the key that expires soon. */
export interface DemoWorkspace {
  readonly folder: string;
  readonly keyId: string;
  readonly password: string;
  /** Absolute paths of the credential file and of its password file. */
  readonly keyFile: string;
  readonly passwordFile: string;
  /** Paths of the files that name the key, relative to the folder, with `/`. */
  readonly references: readonly string[];
}

export interface DemoWorkspaceOptions {
  /** Runs `git init` in the folder, if there is a git. */
  readonly git?: boolean;
}

const TEMPLATE = path.join(__dirname, '..', 'workspace', 'demo');
const REFERENCES = [
  'secretsmanager.properties',
  '.env',
  'src/main/java/com/example/shop/OrderKmsClient.java',
  'docs/runbook.md',
];

/**
 * Copies the template into `folder` (made if missing), fills in key, password and endpoint, and writes the two files
 * that the console would have downloaded: `clientKey_<id>.json` and `clientKey_<id>_Password.txt`, mode 0600.
 * @throws Error when the simulator's world is not the demo world
 */
export async function createDemoWorkspace(
  sim: Pick<Simulator, 'url' | 'world'>,
  folder: string,
  options: DemoWorkspaceOptions = {},
): Promise<DemoWorkspace> {
  const key = sim.world.keys.find((each) => each.aapName === DEMO_AAP);
  const download = key && sim.world.downloads.get(key.id);
  if (download === undefined) throw new Error('This world has no downloaded credential of the demo.');
  const { keyId, password, privateKeyData } = download;
  await cp(TEMPLATE, folder, { recursive: true });
  // The template cannot carry the file under its own name: it would ignore the template's `.env` too.
  await rename(path.join(folder, '_gitignore'), path.join(folder, '.gitignore'));
  for (const name of REFERENCES) {
    const file = path.join(folder, name);
    const text = await readFile(file, 'utf8');
    const filled = text
      .replaceAll('__INSTANCE_ENDPOINT__', `${sim.url}/instance/${DEMO_INSTANCE}`)
      .replaceAll('__OLD_KEY_ID__', keyId)
      .replaceAll('__OLD_PASSWORD__', password);
    await writeFile(file, filled);
  }
  const keys = path.join(folder, 'keys');
  await mkdir(keys, { recursive: true });
  const keyFile = path.join(keys, `clientKey_${keyId}.json`);
  const passwordFile = path.join(keys, `clientKey_${keyId}_Password.txt`);
  await writeFile(keyFile, JSON.stringify({ KeyId: keyId, PrivateKeyData: privateKeyData }), { mode: 0o600 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (options.git) spawnSync('git', ['init', '--quiet'], { cwd: folder, stdio: 'ignore' });
  return { folder, keyId, password, keyFile, passwordFile, references: REFERENCES };
}
