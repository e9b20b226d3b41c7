import type { ClientKey } from '../model/clientKey';
import { verdictOf } from '../model/verdictOf';
import type { Action, Context } from './context';
import type { RotationRecord } from './journalRecord';
import type { VerdictReading } from './rotations';

/** Reads the audit logs now and judges them. It is never stored: *quiet* is the verdict of this moment. */
export async function readVerdict(
  context: Context,
  target: { readonly key: ClientKey; readonly newKeyId?: string },
  { onProgress, signal }: Pick<Action, 'onProgress' | 'signal'>,
): Promise<VerdictReading> {
  onProgress({ step: 'readingLog' });
  const { accountId, regionId, aapName, id, createdAt, notAfter } = target.key;
  const evidence = await context.audit.readEvidence(
    {
      aap: { accountId, regionId, aapName },
      oldKey: { id, createdAt, notAfter },
      ...(target.newKeyId !== undefined && { newKeyId: target.newKeyId }),
    },
    signal,
  );
  return { verdict: verdictOf(evidence, context.verdictOptions()), evidence };
}

/** The old key of a rotation, with what the journal knows of it. */
function oldKeyOf(record: RotationRecord): ClientKey {
  return { ...record.aap, ...record.oldKey, createdAt: record.oldKeyCreatedAt };
}

/** The key that a verdict of a rotation is about, and the one that takes its place. */
export function verdictTarget(record: RotationRecord): {
  readonly key: ClientKey;
  readonly newKeyId?: string;
} {
  const newKeyId = record.newKey?.id;
  return { key: oldKeyOf(record), ...(newKeyId !== undefined && { newKeyId }) };
}
