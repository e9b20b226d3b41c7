import type { PatchWarning, PlannedCopy, PlannedFile } from '../../model/patch';
import type { ReferenceRole } from '../../model/reference';
import type { Intent } from './intent';
import { groupsOf } from './planOrder';

/** What git makes of a file. */
export interface GitQuestions {
  /** Whether git would commit the file with its next `git add`. */
  readonly isCommitted: (file: string) => Promise<boolean>;
  /** Whether the file lies in a work tree and git ignores it: a deployment by git does not bring it along. */
  readonly isIgnored?: (file: string) => Promise<boolean>;
}

const SECRETS: ReadonlySet<ReferenceRole> = new Set([
  'password',
  'keyContent',
  'credentialFile',
  'credentialPasswordFile',
]);

/** What the patch cannot do by itself, or does with a price: each once for a file. */
export async function planWarnings(
  intents: readonly Intent[],
  files: readonly PlannedFile[],
  copies: readonly PlannedCopy[],
  { isCommitted, isIgnored = async () => false }: GitQuestions,
): Promise<readonly PatchWarning[]> {
  const warnings: PatchWarning[] = [];
  const changed = new Set(files.map(({ file }) => file));
  for (const file of new Set(intents.flatMap(({ delivers }) => delivers)))
    if (changed.has(file)) warnings.push({ kind: 'deliverFiles', file });
  for (const { file, edits } of files)
    if (edits.some(({ role }) => SECRETS.has(role)) && (await isCommitted(file)))
      warnings.push({ kind: 'commitsPassword', file });
  for (const { file } of copies) if (await isCommitted(file)) warnings.push({ kind: 'committedCopy', file });
  for (const file of new Set(intents.flatMap(({ leadsTo }) => leadsTo)))
    if (await isIgnored(file)) warnings.push({ kind: 'ignoredTarget', file });
  for (const file of splitPairs(intents, files)) warnings.push({ kind: 'notAtomic', file });
  return warnings;
}

/** Files that change apart from another one of the same client. */
function splitPairs(intents: readonly Intent[], files: readonly PlannedFile[]): ReadonlySet<string> {
  const split = intents.flatMap(({ groupId }) => {
    const own = files.filter((file) => groupsOf(file).includes(groupId));
    return own.length > 1 ? own.map(({ file }) => file) : [];
  });
  return new Set(split);
}
