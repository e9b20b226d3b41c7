import * as path from 'node:path';
import { type Action, type Context, nameOf } from './context';
import { isOurs } from './copies';
import type { JournalCopy, JournalEdit, RotationRecord } from './journalRecord';
import { groupsOf, scanFolders } from './patching';

/**
 * Removes the copies of a folder that no client of the patch leads to any more, unless somebody changed them or points
 * another reference at them: that one would be left without a file.
 * @param workspace with the edits that stay
 * @returns the copies that remain
 */
export async function removeIdleCopies(
  context: Context,
  record: RotationRecord,
  workspace: {
    readonly folder: string;
    readonly edits: readonly JournalEdit[];
    readonly copies?: readonly JournalCopy[];
  },
  { onProgress }: Pick<Action, 'onProgress'>,
): Promise<readonly JournalCopy[]> {
  const { folder, edits, copies = [] } = workspace;
  const groups = groupsOf(edits);
  const idle = copies.filter(({ groupIds }) => !groupIds.some((id) => groups.has(id)));
  if (idle.length === 0) return copies;
  try {
    const { signal } = new AbortController();
    const folders = [...new Set([folder, ...record.workspaces.map((other) => other.folder)])];
    const scan = await scanFolders(context, record, folders, [], { onProgress, signal });
    const used = new Set(
      scan.groups.flatMap((group) => group.references).flatMap(({ target }) => target ?? []),
    );
    const gone = new Set<JournalCopy>();
    for (const copy of idle) {
      const file = path.join(folder, copy.file);
      if (used.has(file)) continue;
      if (await isOurs(record.id, file, copy)) await context.effects.remove(file);
      gone.add(copy);
    }
    return copies.filter((copy) => !gone.has(copy));
  } catch (error) {
    // Files too many do no harm; a patch that was taken back must not look as if it was not.
    context.log(`${record.id}: copies of the new credential could not be removed (${nameOf(error)})`);
    return copies;
  }
}
