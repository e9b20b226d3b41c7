import * as path from 'node:path';
import { errnoOf } from '../credential/durableFile';
import { type CloudError, isCloudError } from '../model/cloudError';
import type { RotationFailure } from '../model/rotation';
import type { FileEffects } from './fileEffects';
import type { Journal } from './journal';
import {
  type CreationRecord,
  isRotationRecord,
  type JournalRecord,
  type RotationRecord,
} from './journalRecord';
import { withLease } from './lease';
import { isRotationError, RotationError } from './rotationError';
import type { OnProgress, RotationParts } from './rotations';

/** What every step of the use case works with. */
export interface Context extends RotationParts {
  readonly journal: Journal;
  readonly effects: FileEffects;
}

/** What an action gets for its time: its signal also ends it when the lease is lost. */
export interface Action {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** Global storage for the credential of one rotation, where the folder of the user failed. */
export function lastResortFolder(context: Context, rotationId: string): string {
  return path.join(context.folder, 'credentials', rotationId);
}

/** The folder in which the credential of a rotation is now. */
export function credentialFolder(record: JournalRecord): string {
  return path.dirname(record.files.credentialFile);
}

/** Whether the credential rests in the storage of the extension, because the chosen folder had failed. */
export function isResting(context: Context, record: JournalRecord): boolean {
  return credentialFolder(record) === lastResortFolder(context, record.id);
}

export function leaseFolder(context: Context): string {
  return path.join(context.folder, 'leases');
}

/** Name prefix of all that a rotation keeps in the secret store. */
export function vaultPrefix(rotationId: string): string {
  return `rotation/${rotationId}/`;
}

/**
 * Runs one action on one rotation under the lease of its AAP, with the record as it is then.
 * @throws RotationError `busy`, `conflict`, `notFound`, and what the action throws
 */
export async function actOn<T>(
  context: Context,
  id: string,
  options: { readonly onProgress?: OnProgress | undefined; readonly signal?: AbortSignal | undefined },
  action: (record: JournalRecord, action: Action) => Promise<T>,
): Promise<T> {
  const { aap } = await context.journal.read(id);
  return withLease(leaseFolder(context), aap, async (lost) =>
    action(await context.journal.read(id), actionOf(lost, options)),
  );
}

export function actionOf(
  lost: AbortSignal,
  options: { readonly onProgress?: OnProgress | undefined; readonly signal?: AbortSignal | undefined },
): Action {
  return {
    signal: options.signal === undefined ? lost : AbortSignal.any([lost, options.signal]),
    onProgress: options.onProgress ?? (() => undefined),
  };
}

/**
 * Runs one step. If it fails, the journal says why, so that it is still shown after a reload.
 * @throws RotationError or CloudError alone
 */
export async function runStep<T>(
  context: Context,
  id: string,
  step: RotationFailure['step'],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = typed(step, error);
    await noteFailure(context, id, step, failure);
    throw failure;
  }
}

/** What went wrong stays the error that is thrown: a journal that cannot be written now must not hide it. */
async function noteFailure(
  context: Context,
  id: string,
  step: RotationFailure['step'],
  error: CloudError | RotationError,
): Promise<void> {
  if (isRotationError(error) && ['busy', 'conflict', 'cancelled'].includes(error.code)) return;
  if (isCloudError(error) && error.kind === 'cancelled') return;
  const failure = failureOf(step, error, context.clock());
  context.log(`${id}: step ${step} failed: ${failure.message}`);
  try {
    await context.journal.update(await context.journal.read(id), { failure });
  } catch {
    context.log(`${id}: this failure could not be written to the journal`);
  }
}

function failureOf(
  step: RotationFailure['step'],
  error: CloudError | RotationError,
  at: number,
): RotationFailure {
  if (isRotationError(error)) return { step, at, message: describe(error), code: error.code };
  const { code, kind, requestId } = error;
  const message = error.message.slice(0, 1000);
  return { step, at, message, code: code ?? kind, ...(requestId !== undefined && { requestId }) };
}

function describe(error: RotationError): string {
  const { file, what, errno } = error.params;
  return [error.code, what, file, errno].filter((part) => typeof part === 'string').join(' ');
}

const CODE_OF_STEP = {
  create: 'folderNotWritable',
  save: 'notSettled',
  prove: 'proofFailed',
  patch: 'patchFailed',
  undo: 'patchFailed',
  delete: 'deletionFailed',
} as const;

/** Folds errors of the file system, the credential files and the worker into the type that the rotation throws. */
function typed(step: RotationFailure['step'], error: unknown): CloudError | RotationError {
  if (isCloudError(error) || isRotationError(error)) return error;
  if (!(error instanceof Error)) return new RotationError(CODE_OF_STEP[step]);
  if (error.name === 'AbortError') return new RotationError('cancelled');
  // Members with a meaning of their own; messages of others are not trusted to be free of secrets.
  const text = (member: string) => {
    const value: unknown = Reflect.get(error, member);
    return typeof value === 'string' ? value : undefined;
  };
  return new RotationError(CODE_OF_STEP[step], {
    what: text('code'),
    file: text('file') ?? text('path'),
    errno: text('errno'),
  });
}

/** What an error is called, for the log: its message is not trusted to be free of secrets. */
export function nameOf(error: unknown): string {
  if (isRotationError(error)) return error.code;
  return error instanceof Error ? (errnoOf(error) ?? error.name) : 'failed';
}

/** Throws unless the rotation is in one of `states`. */
export function requireState(record: JournalRecord, ...states: JournalRecord['state'][]): void {
  if (!states.includes(record.state)) throw new RotationError('wrongState', { state: record.state });
}

/** @throws RotationError `noOldKey` for a creation */
export function requireRotation(record: JournalRecord): RotationRecord {
  if (isRotationRecord(record)) return record;
  throw new RotationError('noOldKey');
}

/** @throws RotationError `wrongState` for a rotation */
export function requireCreation(record: JournalRecord): CreationRecord {
  if (!isRotationRecord(record)) return record;
  throw new RotationError('wrongState', { state: record.state });
}
