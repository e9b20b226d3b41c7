import type { PlannedFile } from '../../model/patch';
import type { ReferenceRole } from '../../model/reference';

/** What is written later has the higher number. */
const TURN: Partial<Record<ReferenceRole, number>> = {
  password: 1,
  credentialPasswordFile: 2,
  credentialFile: 3,
};

/**
 * The order in which files flip, each by one rename. Beside the old files, a client flips with the one file that names its
 * key and password, so any order does. Where key and password stand in two files that keep their names, no order is right:
 * a program that reads between the two renames fails once. So the files of a client follow right after each other, paths
 * first, and the password, be it a literal or a file, right before the credential it opens: nothing else is written
 * between these two.
 */
export function inOrderOfWriting(files: readonly PlannedFile[]): readonly PlannedFile[] {
  const left = new Set(files);
  const ordered: PlannedFile[] = [];
  for (const file of files) {
    if (!left.has(file)) continue;
    const together = takeLinked(file, left);
    ordered.push(...together.sort((one, other) => turnOf(one) - turnOf(other)));
  }
  return ordered;
}

/** Takes out a file and all that belong to its clients, or to clients of those. */
function takeLinked(first: PlannedFile, left: Set<PlannedFile>): PlannedFile[] {
  const taken: PlannedFile[] = [];
  const groups = new Set<string>();
  for (let next: PlannedFile | undefined = first; next !== undefined; ) {
    left.delete(next);
    taken.push(next);
    for (const id of groupsOf(next)) groups.add(id);
    next = [...left].find((file) => groupsOf(file).some((id) => groups.has(id)));
  }
  return taken;
}

/** All groups that edit a file. */
export function groupsOf({ edits }: PlannedFile): readonly string[] {
  return edits.flatMap(({ groupId, alsoOf = [] }) => [groupId, ...alsoOf]);
}

function turnOf({ edits }: PlannedFile): number {
  return Math.max(...edits.map(({ role }) => TURN[role] ?? 0));
}
