import { appendFile, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { isErrno } from './durableFile';
import { nearestRealFolder, workTreeRoot } from './workTree';

/** How the console and this extension call credential files and their passwords. */
const CONSOLE_NAMES = 'clientKey_';

/** The line that keeps the credential files of a folder out of git, and the file that it was added to. */
export interface IgnoreRule {
  readonly file: string;
  readonly line: string;
}

/**
 * Adds a rule for `file`, or for all credential files beside it if it is called like one, to the nearest `.gitignore`, with the line ends that it has; where
 * there is none, one is made in the root of the work tree. Can be repeated. Whether the rule took effect is for
 * `gitState` to say: a tracked file stays tracked.
 * @param file absolute path of a credential file, which need not exist
 * @returns undefined outside of a work tree, where nothing is written
 */
export async function addIgnoreRule(file: string): Promise<IgnoreRule | undefined> {
  const { real, rest } = await nearestRealFolder(dirname(file));
  const root = await workTreeRoot(real);
  if (root === undefined) return undefined;
  const folder = join(real, rest);
  for (let here = folder; ; here = dirname(here)) {
    const ignoreFile = join(here, '.gitignore');
    const text = await readText(ignoreFile);
    if (text === undefined && here !== root) continue;
    const line = lineFor(here, folder, basename(file));
    await appendLine(ignoreFile, text ?? '', line);
    return { file: ignoreFile, line };
  }
}

async function appendLine(file: string, text: string, line: string): Promise<void> {
  if (text.split(/\r?\n/).includes(line)) return;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : lineEnd;
  await appendFile(file, `${gap}${line}${lineEnd}`);
}

/** Anchored, so that it covers this folder and no other. */
function lineFor(ignoreFolder: string, folder: string, name: string): string {
  const parts = relative(ignoreFolder, folder).split(sep).filter(Boolean);
  const pattern = name.startsWith(CONSOLE_NAMES) ? `${CONSOLE_NAMES}*` : escapePattern(name);
  return `/${[...parts.map(escapePattern), pattern].join('/')}`;
}

function escapePattern(name: string): string {
  return name.replace(/[\\*?[\]]/g, '\\$&');
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}
