import type { ClientKey } from '../model/clientKey';
import type { AuditEvidence } from '../model/evidence';
import type { RetiredCaller } from '../model/rotation';
import { verdictOf } from '../model/verdictOf';
import type { Action, Context } from './context';
import type { RotationRecord } from './journalRecord';
import type { OnReading, VerdictReading } from './rotations';

/** The key that a verdict is about, and what a rotation knows of it. */
export interface VerdictTarget {
  readonly key: ClientKey;
  /** The one that takes its place: it helps the log to tell who has moved. */
  readonly newKeyId?: string;
  /** Callers that the user says are gone. */
  readonly retired?: readonly RetiredCaller[];
}

/**
 * Reads the audit logs now and judges them. It is never stored: *quiet* is the verdict of this moment.
 * @param onFigures called with the verdict as far as it can be told before the callers are read
 */
export async function readVerdict(
  context: Context,
  target: VerdictTarget,
  { onProgress, signal }: Pick<Action, 'onProgress' | 'signal'>,
  onFigures?: OnReading,
): Promise<VerdictReading> {
  onProgress({ step: 'readingLog' });
  const { accountId, regionId, aapName, id, createdAt, notAfter } = target.key;
  const judge = (evidence: AuditEvidence): VerdictReading => {
    const { retired } = target;
    const options = { ...context.verdictOptions(), ...(retired !== undefined && { retired }) };
    return { verdict: verdictOf(evidence, options), evidence };
  };
  const evidence = await context.audit.readEvidence(
    {
      aap: { accountId, regionId, aapName },
      oldKey: { id, createdAt, notAfter },
      ...(target.newKeyId !== undefined && { newKeyId: target.newKeyId }),
    },
    signal,
    onFigures && ((figures) => onFigures(judge(figures))),
  );
  return judge(evidence);
}

/** The old key of a rotation, with what the journal knows of it. */
function oldKeyOf(record: RotationRecord): ClientKey {
  return { ...record.aap, ...record.oldKey, createdAt: record.oldKeyCreatedAt };
}

/** What a verdict of a rotation is about. */
export function verdictTarget(record: RotationRecord): VerdictTarget {
  const newKeyId = record.newKey?.id;
  return {
    key: oldKeyOf(record),
    ...(newKeyId !== undefined && { newKeyId }),
    retired: record.retired ?? [],
  };
}
