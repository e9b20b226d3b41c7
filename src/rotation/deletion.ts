import { type ClientKey, isClientKeyId } from '../model/clientKey';
import { isCloudError } from '../model/cloudError';
import type { InstanceEvidence } from '../model/evidence';
import { type DeletionEvidence, MAX_REASON_LENGTH } from '../model/rotation';
import type { Verdict } from '../model/verdict';
import { needsVerdict } from '../model/verdictOf';
import type { Action, Context } from './context';
import type { JournalRecord } from './journalRecord';
import { findKeyNow, saysGone } from './keyPresence';
import { isOrphanOfOurs } from './orphan';
import { RotationError, throwIfCancelled } from './rotationError';
import type { DeletionReceipt, DeletionRequest, VerdictReading } from './rotations';
import { readVerdict, type VerdictTarget } from './verdictReading';

/** Why a key may go: a user asks for it, or it is the orphan of a creation whose answer was lost. */
type Ground =
  | { readonly kind: 'request'; readonly request: DeletionRequest }
  | { readonly kind: 'orphan'; readonly of: JournalRecord };

/** What is about to be done, for the journal. */
export interface DeletionIntent {
  readonly verdict: string;
  readonly reason?: string;
  readonly evidence?: DeletionEvidence;
}

/** Of one reading, in the journal. */
const MAX_REQUEST_IDS = 100;

/** There is no log that could show a call. */
const NO_LOG: ReadonlySet<string> = new Set(['notBought', 'projectMissing', 'logStoreMissing']);

/**
 * THE function that deletes a client key; nothing else calls DeleteClientKey. It reads the world now and refuses unless the
 * key is quiet, expired for more than 24 h, an orphan of ours that nobody used, or the user overrides with a reason.
 * @param beforeEffect journals the intent; if it throws, nothing is deleted. Not called if the key is gone already
 * @throws RotationError `keyIdMismatch`, `reasonMissing`, `notQuiet` (with the verdict in `NotQuietError`), `orphanUsed`,
 *   `deletionUnanswered`; CloudError
 */
export async function deleteClientKey(
  context: Context,
  target: VerdictTarget,
  ground: Ground,
  beforeEffect: (intent: DeletionIntent) => Promise<void>,
  action: Action,
): Promise<DeletionReceipt> {
  const { key } = target;
  if (!isClientKeyId(key.id)) throw new RotationError('badRequest', { what: 'keyId' });
  if (ground.kind === 'request') checkTyped(key.id, ground.request);
  const keys = await context.keys.listClientKeys(key, action.signal);
  const listed = await findKeyNow(context, key, key.id, keys, action.signal);
  if (listed === undefined) return receipt(context, key, { verdict: 'alreadyGone' });
  const intent = await permit(context, { ...target, key: listed }, ground, action);
  throwIfCancelled(action.signal);
  await beforeEffect(intent);
  action.onProgress({ step: 'deleting' });
  return receipt(context, key, intent, await deleteOnce(context, listed));
}

/** The verdict stands in the error, so that it is shown why the key is held back. */
class NotQuietError extends RotationError {
  constructor(
    keyId: string,
    readonly verdict: Verdict,
  ) {
    super('notQuiet', { keyId, verdict: verdictText(verdict) });
  }
}

/** Deletes a key that came of a lost answer, and notes it. */
export async function deleteOrphan(
  context: Context,
  record: JournalRecord,
  key: ClientKey,
  action: Action,
): Promise<JournalRecord> {
  let current = record;
  const noteIntent = async () => {
    const creation = { ...current.creation, deletingOrphan: key.id };
    current = await context.journal.update(current, { creation });
  };
  await deleteClientKey(context, { key }, { kind: 'orphan', of: record }, noteIntent, action);
  const { deletingOrphan: _done, ...creation } = current.creation;
  return context.journal.update(current, {
    creation: { ...creation, deletedOrphans: [...creation.deletedOrphans, key.id] },
  });
}

function checkTyped(keyId: string, request: DeletionRequest): void {
  if (request.typedKeyId !== keyId) throw new RotationError('keyIdMismatch', { keyId });
  const reason = request.override?.reason.trim();
  if (reason === '') throw new RotationError('reasonMissing', { keyId });
  if (reason !== undefined && reason.length > MAX_REASON_LENGTH)
    throw new RotationError('reasonTooLong', { max: MAX_REASON_LENGTH });
}

async function permit(
  context: Context,
  target: VerdictTarget,
  ground: Ground,
  action: Action,
): Promise<DeletionIntent> {
  const { key } = target;
  if (ground.kind === 'orphan') {
    await requireUnusedOrphan(context, key, ground.of, action);
    return { verdict: 'orphan' };
  }
  if (!needsVerdict(key, context.keys.now(key.accountId))) return { verdict: 'expired' };
  const { override } = ground.request;
  const reason = override?.reason.trim();
  try {
    const reading = await readVerdict(context, target, action);
    const { verdict } = reading;
    const evidence = keptEvidence(reading);
    if (verdict.kind === 'quiet') return { verdict: verdictText(verdict), evidence };
    // Whoever agreed to *unknown* has not agreed that callers fail.
    const isAgreed = override !== undefined && (verdict.kind === 'unknown' || override.seen === 'inUse');
    if (reason === undefined || !isAgreed) throw new NotQuietError(key.id, verdict);
    return { verdict: verdictText(verdict), reason, evidence };
  } catch (error) {
    // Whoever overrides must not depend on a log that cannot be reached at all.
    if (reason === undefined || !isCloudError(error) || error.kind === 'cancelled') throw error;
    return { verdict: 'unknown: readFailed', reason };
  }
}

/** The log may show an application that was given the key by somebody who did receive the answer. */
async function requireUnusedOrphan(
  context: Context,
  key: ClientKey,
  record: JournalRecord,
  action: Action,
): Promise<void> {
  if (!isOrphanOfOurs(record, key)) throw new RotationError('orphanUsed', { keyId: key.id });
  const { evidence, verdict } = await readVerdict(context, { key }, action);
  const { instances } = evidence;
  if (instances.some(({ oldKeyCalls }) => oldKeyCalls > 0))
    throw new RotationError('orphanUsed', { keyId: key.id });
  const isReadable = instances.every(({ problem, complete }) =>
    problem === undefined ? complete : NO_LOG.has(problem),
  );
  if (!isReadable) throw new NotQuietError(key.id, verdict);
}

/**
 * Sends the call once. It is done if the service says so, with its own code for a key that is not there too; after any other
 * *not found* and after a missing answer it is done if the key is found to be gone.
 */
async function deleteOnce(context: Context, key: ClientKey): Promise<string | undefined> {
  try {
    return (await context.keys.deleteClientKey(key, key.id)).requestId;
  } catch (error) {
    if (!isCloudError(error)) throw error;
    if (saysGone(error)) return error.requestId;
    if (error.kind !== 'notFound' && !error.effectUnknown) throw error;
  }
  try {
    const keys = await context.keys.listClientKeys(key);
    if ((await findKeyNow(context, key, key.id, keys)) === undefined) return undefined;
  } catch {
    // Nobody can tell now.
  }
  throw new RotationError('deletionUnanswered', { keyId: key.id });
}

/** What a receipt that is asked for later still says of this reading. */
function keptEvidence({ verdict, evidence }: VerdictReading): DeletionEvidence {
  const { instances, readAt, requestIds } = evidence;
  const last = instances.flatMap(({ oldKeyLast }) => (oldKeyLast === undefined ? [] : [oldKeyLast]));
  return {
    readAt,
    ...(verdict.kind === 'quiet' && { since: verdict.since }),
    calls: instances.reduce((sum, { oldKeyCalls }) => sum + oldKeyCalls, 0),
    ...(last.length > 0 && { lastCall: Math.max(...last) }),
    logs: instances.filter(({ problem }) => problem === undefined).map(nameOfLog),
    requestIds: requestIds.slice(0, MAX_REQUEST_IDS).map((id) => id.slice(0, 100)),
  };
}

function nameOfLog({ project, logStore }: InstanceEvidence): string {
  return `${project}/${logStore}`;
}

function receipt(
  context: Context,
  key: ClientKey,
  intent: DeletionIntent,
  requestId?: string,
): DeletionReceipt {
  const at = context.keys.now(key.accountId);
  return { keyId: key.id, at, ...intent, ...(requestId !== undefined && { requestId }) };
}

/** One line for journal and receipt: `quiet`, `inUse`, or `unknown: logEmpty, …`. */
function verdictText(verdict: Verdict): string {
  if (verdict.kind !== 'unknown') return verdict.kind;
  return `unknown: ${[...new Set(verdict.reasons.map((reason) => reason.code))].join(', ')}`;
}
