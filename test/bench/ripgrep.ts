import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { prepareVscode } from '../host/prepare';

/**
 * Finds ripgrep: on the PATH, else the one that VS Code brings along.
 * @throws Error when there is none
 */
export async function findRipgrep(): Promise<string> {
  if (spawnSync('rg', ['--version']).status === 0) return 'rg';
  const { vscode } = await prepareVscode();
  const modules = path.join(vscode, 'node_modules', '@vscode');
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  for (const module of readdirSync(modules).filter((entry) => entry.startsWith('ripgrep'))) {
    const bin = path.join(modules, module, 'bin');
    const found = [path.join(bin, `${process.platform}-${process.arch}`, name), path.join(bin, name)].find(
      existsSync,
    );
    if (found !== undefined) return found;
  }
  throw new Error('No ripgrep found: install it (command rg) to compare with.');
}

/** Lists the files in which a pattern stands, ignored and hidden ones included, as the scan sees them. */
export function listMatching(rg: string, pattern: string, folder: string): Promise<readonly string[]> {
  const skipped = ['node_modules', '.git'].flatMap((name) => ['-g', `!${name}`]);
  const child = spawn(rg, [
    '--no-config',
    '--no-ignore',
    '--hidden',
    '-l',
    ...skipped,
    '-e',
    pattern,
    folder,
  ]);
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output.split('\n').filter((line) => line !== ''));
      else reject(new Error(`ripgrep ended with ${code}.`));
    });
  });
}
