import { dirname, resolve } from 'node:path';
import type { SkippedFile } from '../../model/reference';
import type { FoundFile } from '../foundFile';
import type { Notations } from '../notations';
import { createLooker } from '../scan/lookInto';
import { isInSkippedFolder } from '../scan/walk';
import { isInside, readWrittenPath } from './writtenPath';

/** What the files say that Compose and Kustomize read variables from, where their names do not tell that they hold any. */
export async function readEnvironmentFiles(
  files: readonly FoundFile[],
  notations: Notations,
  encodings: Readonly<Record<string, string>> = {},
): Promise<{ readonly files: readonly FoundFile[]; readonly skipped: readonly SkippedFile[] }> {
  const notation = notations.named('dotenv');
  const looker = createLooker(encodings);
  const found: FoundFile[] = [];
  const skipped: SkippedFile[] = [];
  const seen = new Set(files.map(({ file }) => file));
  for (const { file, folder, environmentFiles = [] } of files)
    for (const written of environmentFiles) {
      const { path, absolute } = readWrittenPath(written);
      const target = resolve(dirname(file), path.replaceAll('\\', '/'));
      if (absolute || !isInside(target, folder) || isInSkippedFolder(target.slice(folder.length + 1)))
        continue;
      // Of a file with a notation of its own the walk has seen what is in it.
      if (notation === undefined || notations.for(target, folder) !== undefined || seen.has(target)) continue;
      seen.add(target);
      const look = await looker.look(target, folder, notation);
      if (look?.kind === 'found') found.push(look.file);
      else if (look?.kind === 'skipped' && look.file.reason !== 'unreadable') skipped.push(look.file);
    }
  return { files: found, skipped };
}
