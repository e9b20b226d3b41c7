import type { PatchPlan, PlannedFile, Replacement } from '../../model/patch';
import type { Doubt, ReferenceGroup, Strategy } from '../../model/reference';
import type { ResolvedClient, ResolvedMember } from '../link/grouping';
import { ownedMounts, tiedByMounts } from '../link/sharedMounts';
import type { Notations } from '../notations';
import { type ScanOptions, type ScanOrder, scanWorkspace } from '../scan/scan';
import { cannotEdit, intend, realPath } from './intend';
import { type Intent, mergeCopies, mergeEdits, type NewPair } from './intent';
import { readNewPair } from './newPair';
import { planFile } from './planFile';
import { inOrderOfWriting } from './planOrder';
import { type GitQuestions, planWarnings } from './planWarnings';
import { openSource, type Source } from './proof';

/** Which groups to patch, and with what. Same as the `PatchRequest` of rotation/. */
export interface PatchOrder extends ScanOrder {
  readonly keyId: string;
  readonly groupIds: readonly string[];
  readonly replacement: Replacement;
  /** How each group is to be patched, where it is not to be as the scan proposes. */
  readonly strategies?: Readonly<Record<string, Strategy>>;
  /** The doubts that the user was shown: a group of which another one has come up is refused. Absent: not compared. */
  readonly doubts?: Readonly<Record<string, Doubt>>;
}

export interface PlanOptions extends GitQuestions, Pick<ScanOptions, 'signal' | 'threads'> {}

/**
 * Plans the patch of some groups from the files as they are now and proves it in memory: edit, parse again, read every
 * edited value back, compare every byte outside. A group that fails is refused as a whole, over all its files, and with it
 * the groups that cannot go without it. Writes nothing.
 */
export async function planPatch(
  order: PatchOrder,
  notations: Notations,
  { signal, threads, ...git }: PlanOptions,
): Promise<PatchPlan> {
  const { result, clients } = await scanWorkspace(order, notations, {
    ...(signal === undefined ? {} : { signal }),
    ...(threads === undefined ? {} : { threads }),
  });
  const pair = readNewPair(order.replacement);
  const open = sourceReader(notations, order.encodings);
  const refused = new Map<string, string>();
  const intents: Intent[] = [];
  const contents = contentsOf(clients);
  const mounts = ownedMounts(clients);
  for (const groupId of new Set(order.groupIds)) {
    const group = result.groups.find(({ id }) => id === groupId);
    const client = clients.find(({ id }) => id === groupId);
    const intent =
      group === undefined || client === undefined
        ? 'The reference is no longer there.'
        : (judge(group, order) ??
          (await intend(client, strategyOf(group, order), { pair, open, contents, mounts })));
    if (typeof intent === 'string') refused.set(groupId, intent);
    else intents.push(intent);
  }
  const users = usersOfFiles(clients);
  const ties = tiedByMounts(clients);
  for (;;) {
    const going = intents.filter(({ groupId }) => !refused.has(groupId));
    const before = refused.size;
    refuseShared(going, users, refused);
    refuseTied(going, ties, refused);
    const files = refused.size > before ? [] : await planFiles(going, pair, open, refused);
    if (refused.size > before) continue;
    const changing = going.filter(({ groupId }) => files.some((file) => touches(file, groupId)));
    const copies = mergeCopies(changing.flatMap((intent) => intent.copies));
    for (const id of copies.conflicting) refused.set(id, 'Two clients need different files under one name.');
    if (refused.size > before) continue;
    const ordered = inOrderOfWriting(files);
    return {
      copies: copies.merged,
      files: ordered,
      warnings: await planWarnings(changing, ordered, copies.merged, git),
      refused: [...refused].map(([groupId, reason]) => ({ groupId, reason })),
    };
  }
}

/** Why a group is not patched whatever its values are. */
function judge(group: ReferenceGroup, { strategies, doubts }: PatchOrder): string | undefined {
  if (!group.editable) {
    const obstacles = group.references.filter(({ notEditable }) => notEditable !== undefined);
    // A look-up is never edited: it holds a group up only where nothing else does.
    const [first] = [...obstacles.filter(({ notEditable }) => notEditable !== 'lookup'), ...obstacles];
    return cannotEdit(first?.role ?? 'keyFile', first?.notEditable ?? 'unpaired');
  }
  if (doubts !== undefined && group.doubt !== undefined && doubts[group.id] !== group.doubt)
    return `It has become doubtful since it was looked at (${group.doubt}).`;
  const wanted = strategies?.[group.id];
  return wanted !== undefined && group.strategies.length > 0 && !group.strategies.includes(wanted)
    ? `It cannot be patched in this way (${wanted}).`
    : undefined;
}

function strategyOf(group: ReferenceGroup, { strategies }: PatchOrder): Strategy | undefined {
  return group.strategies.length === 0 ? undefined : (strategies?.[group.id] ?? group.strategies[0]);
}

/** Proves the edits of each file; groups that cannot be proven are added to `refused`. */
async function planFiles(
  intents: readonly Intent[],
  pair: NewPair,
  open: (member: Pick<ResolvedMember, 'file' | 'folder' | 'notation'>) => Promise<Source | undefined>,
  refused: Map<string, string>,
): Promise<readonly PlannedFile[]> {
  const edits = mergeEdits(intents.flatMap((intent) => intent.edits));
  const files: PlannedFile[] = [];
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const own = edits.filter((edit) => edit.file === file);
    const [first] = own;
    const source = first === undefined ? undefined : await open(first);
    if (source === undefined) continue;
    const planned = await planFile(source, own, pair);
    if ('refused' in planned) for (const id of planned.refused) refused.set(id, planned.reason);
    else if (planned.file !== undefined) files.push(planned.file);
  }
  return files;
}

/** A file may get new content only if every client that reads it changes with it. */
function refuseShared(
  going: readonly Intent[],
  users: ReadonlyMap<string, ReadonlySet<string>>,
  refused: Map<string, string>,
): void {
  const ids = new Set(going.map(({ groupId }) => groupId));
  for (const { groupId, replaces } of going) {
    const file = replaces.find((one) => [...(users.get(one) ?? [])].some((id) => !ids.has(id)));
    if (file !== undefined)
      refused.set(groupId, `A client that does not change with it uses ${file}, too (shared).`);
  }
}

/** A mount may bring another file only if every client that reads it changes with it. */
function refuseTied(
  going: readonly Intent[],
  ties: ReadonlyMap<string, ReadonlySet<string>>,
  refused: Map<string, string>,
): void {
  const moving = new Set(going.flatMap(({ groupId, replaces }) => (replaces.length > 0 ? [] : groupId)));
  for (const id of moving)
    if ([...(ties.get(id) ?? [])].some((other) => !moving.has(other)))
      refused.set(
        id,
        'A client that does not change with it reads the file through the same mount (shared).',
      );
}

/** The clients that read a file, by its real path. What is written for people reads nothing, and a mount passes it on. */
function usersOfFiles(clients: readonly ResolvedClient[]): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const { id, members, documentation } of clients) {
    if (documentation) continue;
    for (const { resolved, isMount } of members) {
      if (resolved === undefined || isMount === true) continue;
      const file = realPath(resolved.target);
      users.set(file, (users.get(file) ?? new Set()).add(id));
    }
  }
  return users;
}

function contentsOf(clients: readonly ResolvedClient[]): ReadonlyMap<string, ResolvedMember> {
  const whole = clients
    .flatMap(({ members }) => members)
    .filter(({ found: { role } }) => role === 'credentialFile' || role === 'credentialPasswordFile');
  return new Map(whole.map((member) => [realPath(member.file), member]));
}

function touches({ edits }: PlannedFile, groupId: string): boolean {
  return edits.some((edit) => edit.groupId === groupId || edit.alsoOf?.includes(groupId) === true);
}

/** Reads each file once. */
function sourceReader(notations: Notations, encodings: ScanOrder['encodings'] = {}) {
  const sources = new Map<string, Promise<Source | undefined>>();
  return ({
    file,
    folder,
    notation,
  }: Pick<ResolvedMember, 'file' | 'folder' | 'notation'>): Promise<Source | undefined> => {
    const known = sources.get(file);
    if (known !== undefined) return known;
    const named = notations.named(notation);
    const opened =
      named === undefined ? Promise.resolve(undefined) : openSource(file, named, encodings[folder]);
    sources.set(file, opened);
    return opened;
  };
}
