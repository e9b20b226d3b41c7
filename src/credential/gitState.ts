import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isFolder, nearestRealFolder, workTreeRoot } from './workTree';

export { addIgnoreRule } from './ignoreRule';

/**
 * Whether git would pick up a file. `unknown`: the file lies in a work tree, but git is missing or refuses to look at it.
 * Only `notInWorkTree` and `ignored` are safe for a secret.
 */
export type GitState = 'notInWorkTree' | 'ignored' | 'notIgnored' | 'unknown';

/** Names as they are going to be written, to ask about a folder: the rule has to cover both files. */
const PROBE = 'clientKey_KAAP.00000000-0000-0000-0000-000000000000';
const PROBES = [`${PROBE}.json`, `${PROBE}_Password.txt`];
const TIME_LIMIT_MS = 10_000;

/**
 * What git makes of a file that need not exist yet, or of the credential files that are to be written into a folder.
 * A tracked file is `notIgnored` whatever the rules say.
 * @param path absolute path of a file or an existing folder
 * @param options `git`: the program, for tests
 */
export async function gitState(path: string, options: { readonly git?: string } = {}): Promise<GitState> {
  const asFolder = await isFolder(path);
  const folder = await nearestRealFolder(asFolder ? path : dirname(path));
  const root = await workTreeRoot(folder.real);
  if (root === undefined) return 'notInWorkTree';
  const names = asFolder ? PROBES : [basename(path)];
  const files = names.map((name) => join(folder.real, folder.rest, name));
  const answers = await Promise.all(files.map((file) => askGit(options.git ?? 'git', folder.real, file)));
  return (
    answers.find((answer) => answer === 'unknown') ??
    answers.find((answer) => answer === 'notIgnored') ??
    'ignored'
  );
}

function askGit(git: string, folder: string, file: string): Promise<'ignored' | 'notIgnored' | 'unknown'> {
  // No program that the repository names is run, and variables of a surrounding git command do not redirect this one.
  const args = ['-c', 'core.fsmonitor=false', '-C', folder, 'check-ignore', '--quiet', '--', file];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  // Not in the work tree as current folder: Windows would run a git.exe that lies there.
  const options = { cwd: homedir(), env, timeout: TIME_LIMIT_MS, windowsHide: true };
  return new Promise((done) => {
    execFile(git, args, options, (error) => {
      if (error === null) done('ignored');
      else done(error.code === 1 ? 'notIgnored' : 'unknown');
    });
  });
}
