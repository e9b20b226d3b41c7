import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { skippedStep, step } from '../run/step';
import { runCommand } from './command';
import { CACHE_FOLDER } from './vscodeServer';

const PROJECT = path.resolve(__dirname, '../..');
const VSIX = path.join(PROJECT, 'kms-client-keys.vsix');
const STAMP = path.join(CACHE_FOLDER, 'vsix.stamp');

/** What the package is made of. */
const INPUTS = [
  'src',
  'media',
  'l10n',
  'esbuild.js',
  'package.json',
  'package-lock.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  '.vscodeignore',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/**
 * Packages the extension, unless the package there is was made from the very sources there are.
 * @returns the path of the .vsix
 * @throws Error with the output of the build or of vsce when one of them fails
 */
export async function ensurePackaged(): Promise<string> {
  const digest = await digestOfInputs();
  if (existsSync(VSIX) && existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === digest) {
    skippedStep('package', `${path.basename(VSIX)} is up to date`);
    return VSIX;
  }
  await step('package (npm run package)', () => runCommand('npm', ['run', 'package'], { cwd: PROJECT }));
  await mkdir(CACHE_FOLDER, { recursive: true });
  await writeFile(STAMP, digest);
  return VSIX;
}

async function digestOfInputs(): Promise<string> {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of await filesBelow(path.join(PROJECT, input))) {
      hash
        .update(path.relative(PROJECT, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesBelow(file: string): Promise<string[]> {
  if (!existsSync(file)) return [];
  if (!(await stat(file)).isDirectory()) return [file];
  const names = (await readdir(file)).sort();
  return (await Promise.all(names.map((name) => filesBelow(path.join(file, name))))).flat();
}
