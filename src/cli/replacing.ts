import { gitState } from '../credential/gitState';
import type { PatchPlan, PatchWarning, Replacement } from '../model/patch';
import type { ReferenceGroup, Strategy } from '../model/reference';
import type { Notations } from '../references/notations';
import { planPatch } from '../references/plan/plan';
import { type ScanOptions, scanWorkspace } from '../references/scan/scan';
import { prepareCopies, removeCopies, writeCopies } from '../rotation/copies';
import { diskEffects } from '../rotation/fileEffects';
import { flip, prepareFlip, writeTemporaries } from '../rotation/fileFlip';
import { isRotationError } from '../rotation/rotationError';
import { CliError, type CliOrder, type ReplaceOrder } from './arguments';
import { groupName, groupsFor, listReferences, printable, slashed } from './listing';

/** A file that was changed or made, as `--json` prints it. */
interface ChangedFile {
  readonly file: string;
  readonly edits: number;
  readonly created?: true;
}

/** What finds and plans. */
export interface Core {
  readonly notations: Notations;
  readonly threads: NonNullable<ScanOptions['threads']>;
}

export interface Replaced {
  readonly changed: readonly ChangedFile[];
  /** What the user has to know besides: for stderr. */
  readonly notes: readonly string[];
}

const WARNINGS: Readonly<Record<PatchWarning['kind'], string>> = {
  commitsPassword: 'git tracks it or may commit it, and the new password or key stands in it',
  deliverFiles: 'a path in it leads to a place that is not here: bring the new files there first',
  ignoredTarget: 'git ignores it: deliver it to wherever this runs before the change is deployed',
  committedCopy: 'git would commit this new file of the credential',
  notAtomic: 'key and password change in two files: a program that reads between the two fails once',
};

/** What copies are told apart by within one run; nothing of it outlives the run. */
const RUN = 'command line';

/**
 * Patches references with a new pair that was seen to open: the same plan, proof and renames as in the editor. Afterwards the
 * folder is scanned again from disk.
 * @returns undefined where there is nothing to patch
 * @throws CliError
 */
export async function replaceKey(
  order: Pick<CliOrder, 'keyId'> & { readonly folder: string; readonly replace: ReplaceOrder },
  replacement: Replacement,
  core: Core,
): Promise<Replaced | undefined> {
  const { folder, replace } = order;
  const { notations, threads } = core;
  const scan = { folders: [folder], exclude: [] };
  const keyId = order.keyId ?? (await onlyKey(folder, core, replacement.keyId));
  if (keyId === undefined) return undefined;
  if (keyId === replacement.keyId)
    throw new CliError('The new credential file is of the key that it would replace.');
  const { result } = await scanWorkspace({ ...scan, keyId }, notations, { threads });
  const chosen = groupsFor(result, keyId).filter(
    (group) => (replace.all ? group.editable : group.ticked) && !staysBeside(group, replace.strategy),
  );
  if (chosen.length === 0) return undefined;
  const strategies = strategiesOf(chosen, replace.strategy);
  const plan = await planPatch(
    { ...scan, keyId, groupIds: chosen.map(({ id }) => id), replacement, strategies },
    notations,
    {
      isCommitted: async (file) => ['notIgnored', 'unknown'].includes(await gitState(file)),
      isIgnored: async (file) => (await gitState(file)) === 'ignored',
      threads,
    },
  );
  const notes = notesOf(folder, plan);
  if (plan.files.length === 0) throw new CliError(['Nothing could be patched.', ...notes].join('\n'));
  const made = await writePlan(folder, plan);
  const after = await scanWorkspace({ ...scan, keyId }, notations, { threads });
  return {
    changed: [
      ...made.map((file) => ({ file, edits: 0, created: true as const })),
      ...plan.files.map(({ file, edits }) => ({ file: slashed(folder, file), edits: edits.length })),
    ],
    notes: [...notes, ...leftTo(folder, keyId, after.result.groups)],
  };
}

/** A credential file stays as it is where its clients get new ones beside it. */
function staysBeside({ references }: ReferenceGroup, strategy: Strategy | undefined): boolean {
  return strategy === 'beside' && references.every(({ notation }) => notation === 'credential');
}

/** The one client key that the folder names besides the new one. */
async function onlyKey(
  folder: string,
  { notations, threads }: Core,
  newKeyId: string,
): Promise<string | undefined> {
  const { result } = await scanWorkspace({ folders: [folder], exclude: [] }, notations, { threads });
  const ids = new Set(result.groups.flatMap(({ keyId }) => keyId ?? []).filter((id) => id !== newKeyId));
  if (ids.size > 1)
    throw new CliError(
      `The folder names several client keys (${[...ids].join(', ')}): choose one by --key-id.`,
    );
  return [...ids][0];
}

/** A strategy that was asked for counts where the group names files at all. */
function strategiesOf(
  groups: readonly ReferenceGroup[],
  strategy: Strategy | undefined,
): Readonly<Record<string, Strategy>> {
  if (strategy === undefined) return {};
  return Object.fromEntries(groups.map(({ id }) => [id, strategy]));
}

/** @returns the new files, relative to the folder, with `/` */
async function writePlan(folder: string, plan: PatchPlan): Promise<readonly string[]> {
  // Between two renames the program is not to be stopped: half of a client would have changed.
  const wait = () => undefined;
  process.on('SIGINT', wait).on('SIGTERM', wait);
  try {
    const files = await prepareFlip(folder, plan.files);
    const copies = await prepareCopies(RUN, folder, plan.copies);
    try {
      await writeCopies(copies, diskEffects);
      await writeTemporaries(files, diskEffects);
      await flip(files, diskEffects);
      return copies.filter((copy) => copy.made).map(({ file }) => file);
    } catch (error) {
      if (!isRotationError(error) || error.code !== 'patchUnfinished')
        await removeCopies(RUN, copies, diskEffects);
      throw error;
    }
  } catch (error) {
    throw isRotationError(error) ? new CliError(refusalText(error.code, error.params)) : error;
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', wait);
  }
}

function refusalText(
  code: string,
  { file, files }: { readonly file?: unknown; readonly files?: unknown },
): string {
  const names = printable([files ?? file ?? []].flat().join(', '));
  if (code === 'changedSince') return `Files have changed meanwhile, so nothing was written: ${names}`;
  if (code === 'patchUnfinished') return `Some files could neither be patched nor taken back: ${names}`;
  return `A file could not be written, and everything before was taken back: ${names}`;
}

function notesOf(folder: string, { refused, warnings }: PatchPlan): readonly string[] {
  return [
    ...refused.map(({ groupId, reason }) => `not patched: ${groupName(folder, groupId)}: ${reason}`),
    ...warnings.map(({ kind, file }) => `note: ${slashed(folder, file)}: ${WARNINGS[kind]}`),
  ].map(printable);
}

/** What names the old key still, found again on disk. Its own files are no references to it. */
function leftTo(folder: string, keyId: string, groups: readonly ReferenceGroup[]): readonly string[] {
  const left = groups.filter((group) => group.keyId === keyId && group.confidence === 'confirmed');
  return listReferences(folder, left)
    .filter(({ notation }) => notation !== 'credential')
    .map(({ file, line, column, role, edit }) =>
      printable(
        `still leads to ${keyId}: ${file}:${line}:${column} ${role}${edit === 'yes' ? '' : ` (${edit})`}`,
      ),
    );
}
