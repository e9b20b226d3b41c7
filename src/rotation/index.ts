import * as path from 'node:path';
import { isOpen } from '../model/rotation';
import { abandon } from './abandoning';
import { actionOf, actOn, type Context, leaseFolder, requireRotation } from './context';
import { deleteClientKey } from './deletion';
import { deleteOldKey } from './ending';
import { diskEffects, type FileEffects } from './fileEffects';
import { openJournal } from './journal';
import {
  isPatched,
  isRotationRecord,
  type JournalRecord,
  type RotationRecord,
  toCreation,
  toRotation,
  toShown,
} from './journalRecord';
import { watchJournals } from './journalWatch';
import { isLeased, withLease } from './lease';
import { findOldFiles } from './oldFiles';
import { movePassword } from './passwordMove';
import { applyPatch, planWorkspacePatch, scanFolders } from './patching';
import { keepPlace, removePlace } from './placeKeeping';
import { recoverPending } from './recovery';
import { resumeCreation } from './resuming';
import { markRetired, unmarkRetired } from './retiring';
import { isRotationError, RotationError } from './rotationError';
import type { OnProgress, OnReading, RotationParts, Rotations } from './rotations';
import { saveCredential } from './saving';
import { startCreation, startRotation } from './starting';
import { undoPatch } from './undoing';
import { readVerdict, type VerdictTarget, verdictTarget } from './verdictReading';

export { isRotationError, RotationError, type RotationErrorCode } from './rotationError';
export type * from './rotations';

/**
 * The use case: rotations and creations, from their journals in global storage. Does nothing until a method is called.
 * @param effects the disk, unless a test stops it
 */
export function createRotations(parts: RotationParts, effects: FileEffects = diskEffects): Rotations {
  const journals = path.join(parts.folder, 'rotations');
  const listeners = new Set<(rotationId: string) => void>();
  const notify = (id: string) => {
    for (const listener of listeners) listener(id);
  };
  const watch = watchJournals(journals, notify);
  const context: Context = {
    ...parts,
    effects,
    journal: openJournal(journals, parts.clock, effects, notify),
  };

  /** One action on one journal, after what a crash may have left in the middle of it. */
  const act = <T>(
    id: string,
    options: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined },
    work: (record: JournalRecord, action: ReturnType<typeof actionOf>) => Promise<T>,
  ) =>
    actOn(context, id, options, async (record, action) =>
      work(isRotationRecord(record) ? await recoverPending(context, record, action) : record, action),
    );

  /** The same for what only a rotation can do. */
  const actOnRotation = <T>(
    id: string,
    options: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined },
    work: (record: RotationRecord, action: ReturnType<typeof actionOf>) => Promise<T>,
  ) => act(id, options, async (record, action) => work(requireRotation(record), action));

  /** A note of the user in the journal. */
  const change = (id: string, work: (record: RotationRecord) => Promise<RotationRecord>) =>
    actOnRotation(id, {}, async (record) => toRotation(await work(record)));

  const readRotation = async (id: string) => requireRotation(await context.journal.read(id));

  /** Journals that cannot be read, each told to the log once. */
  const told = new Set<string>();
  let recovered: Promise<void> | undefined;
  const recoverOnce = () => {
    recovered ??= recoverAll(context).catch((error: unknown) => {
      recovered = undefined;
      throw error;
    });
    return recovered;
  };

  return {
    async list() {
      await recoverOnce();
      const { records, problems } = await context.journal.readAll();
      for (const { file, reason } of problems.filter((problem) => !told.has(problem.file))) {
        told.add(file);
        context.log(`the journal ${file} cannot be read (${reason}) and is left as it is`);
      }
      return records.filter(isRotationRecord).map(toRotation);
    },
    creations: async () =>
      (await context.journal.readAll()).records.flatMap((record) =>
        isRotationRecord(record) ? [] : [toCreation(record)],
      ),
    problems: async () => (await context.journal.readAll()).problems,
    isBusy: (aap) => isLeased(leaseFolder(context), aap),
    get: async (id) => toRotation(await readRotation(id)),
    onChange(listener) {
      listeners.add(listener);
      watch.start();
      return () => listeners.delete(listener);
    },
    start: (request, onProgress, signal) =>
      withLease(leaseFolder(context), request.aap, async (lost) =>
        toRotation(await startRotation(context, request, actionOf(lost, { onProgress, signal }))),
      ),
    create: (request, onProgress, signal) =>
      withLease(leaseFolder(context), request.aap, async (lost) =>
        toCreation(await startCreation(context, request, actionOf(lost, { onProgress, signal }))),
      ),
    resume: (id, options, onProgress, signal) =>
      act(id, { onProgress, signal }, async (record, action) =>
        toShown(await resumeCreation(context, record, options?.createAgain === true, action)),
      ),
    saveCredential: (id, folder, allowUnignored) =>
      act(id, {}, async (record, action) =>
        toShown(await saveCredential(context, record, folder, allowUnignored, action)),
      ),
    scan: async (id, folders, exclude, onProgress, signal) =>
      scanFolders(
        context,
        await readRotation(id),
        folders,
        exclude,
        actionOf(new AbortController().signal, { onProgress, signal }),
      ),
    planPatch: async (
      id,
      folder,
      groupIds,
      exclude = [],
      signal = new AbortController().signal,
      strategies,
      doubts,
    ) =>
      planWorkspacePatch(
        context,
        await readRotation(id),
        folder,
        groupIds,
        exclude,
        signal,
        strategies,
        doubts,
      ),
    applyPatch: (id, plan, options = {}) =>
      actOnRotation(id, options, async (record, action) =>
        toRotation(await applyPatch(context, record, plan, action, options.allowUnignored === true)),
      ),
    movePassword: (folder, move, allowUnignored) => movePassword(context, folder, move, allowUnignored),
    undoPatch: (id, folder, signal) =>
      actOnRotation(id, { signal }, (record, action) => undoPatch(context, record, folder, action)),
    verdict: async (id, signal, onFigures) =>
      readNow(context, verdictTarget(await readRotation(id)), signal, onFigures),
    verdictOfKey: (key, signal, onFigures) => readNow(context, { key }, signal, onFigures),
    markRetired: (id, caller, reason) => change(id, (record) => markRetired(context, record, caller, reason)),
    unmarkRetired: (id, caller) => change(id, (record) => unmarkRetired(context, record, caller)),
    keepPlace: (id, place) => change(id, (record) => keepPlace(context, record, place)),
    removePlace: (id, placeId) => change(id, (record) => removePlace(context, record, placeId)),
    deleteOldKey: (id, request, onProgress, signal) =>
      actOnRotation(id, { onProgress, signal }, async (record, action) =>
        toRotation(await deleteOldKey(context, record, request, action)),
      ),
    deleteKey: (key, request, onProgress, signal) =>
      withLease(leaseFolder(context), key, async (lost) => {
        await requireNotPatchedTo(context, key.id);
        return deleteClientKey(
          context,
          { key },
          { kind: 'request', request },
          // No rotation, no journal: the line in the log is the trace.
          async ({ verdict }) => context.log(`deleting ${key.id} (${verdict})`),
          actionOf(lost, { onProgress, signal }),
        );
      }),
    oldFiles: async (id, scope) => findOldFiles(context, await readRotation(id), scope),
    abandon: (id) => act(id, {}, (record, action) => abandon(context, record, action)),
    dispose() {
      watch.stop();
      listeners.clear();
    },
  };
}

function readNow(context: Context, target: VerdictTarget, signal?: AbortSignal, onFigures?: OnReading) {
  return readVerdict(context, target, actionOf(new AbortController().signal, { signal }), onFigures);
}

/** No log shows a call with a new key yet: whoever overrides its verdict may not know that files name it already. */
async function requireNotPatchedTo(context: Context, keyId: string): Promise<void> {
  const { records } = await context.journal.readAll();
  if (records.some((record) => isOpen(record) && isPatched(record) && record.newKey?.id === keyId))
    throw new RotationError('patchedTo', { keyId });
}

/** Ends what a crash left in the middle. A rotation that another window acts on is that window's. */
async function recoverAll(context: Context): Promise<void> {
  const { records } = await context.journal.readAll();
  for (const { id, pending } of records.filter(isRotationRecord)) {
    if (pending === undefined) continue;
    try {
      await actOn(context, id, {}, (record, action) =>
        recoverPending(context, requireRotation(record), action),
      );
    } catch (error) {
      const reason = isRotationError(error) ? error.code : 'failed';
      context.log(`${id}: what had stopped in the middle could not be ended yet (${reason})`);
    }
  }
}
