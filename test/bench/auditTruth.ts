import type { AuditEvidence, CallerUse, RangeUse } from '../../src/model/evidence';
import type { Control } from '../simulator';

/** What the generator of a log has counted while it wrote. */
export type Truth = Awaited<ReturnType<Control['addVolume']>>;

interface Keys {
  readonly oldKeyId: string;
  readonly newKeyId: string;
}

/** Whether every count of a range is right: those of the index always, those of SQL unless they are said not to be exact. */
export function isRightRange(use: RangeUse, { oldKeyId, newKeyId }: Keys, truth: Truth): boolean {
  const within = (keyId: string) => truth.keys.find((key) => key.keyId === keyId)?.callsWithin ?? 0;
  const buckets = [
    sum(use.buckets, ({ oldKey }) => oldKey) === within(oldKeyId),
    sum(use.buckets, ({ newKey }) => newKey) === within(newKeyId),
  ];
  const shares = [oldKeyId, newKeyId].map(
    (id) =>
      sum(
        use.shares.filter(({ keyId }) => keyId === id),
        ({ calls }) => calls,
      ) === within(id),
  );
  return (
    use.bucketsComplete && buckets.every(Boolean) && (use.sharesQuality !== 'exact' || shares.every(Boolean))
  );
}

/** Likewise of a reading, with first and last hits. */
export function isRightEvidence(evidence: AuditEvidence, keys: Keys, truth: Truth): boolean {
  const of = (id: string) => truth.keys.find(({ keyId }) => keyId === id);
  const oldKey = of(keys.oldKeyId);
  const newKey = of(keys.newKeyId);
  const ms = (second: number | undefined) => (second === undefined ? undefined : second * 1000);
  if (evidence.instances.length === 0) return false;
  return evidence.instances.every((instance) => {
    const figures = [
      instance.problem === undefined && instance.complete,
      instance.begins === Math.min(...truth.keys.map(({ first }) => first)) * 1000,
      instance.newestAny === Math.max(...truth.keys.map(({ last }) => last)) * 1000,
      instance.oldKeyCalls === oldKey?.calls,
      instance.oldKeyLast === ms(oldKey?.last),
      instance.newKeyCalls === newKey?.calls,
      instance.newKeyFirst === ms(newKey?.first),
      instance.newKeyLast === ms(newKey?.last),
    ];
    return (
      figures.every(Boolean) && (!instance.callersComplete || areRightCallers(instance.callers, keys, truth))
    );
  });
}

/** The generator's services are told apart by a name of their own, which survives when versions go. */
function areRightCallers(callers: readonly CallerUse[], keys: Keys, truth: Truth): boolean {
  const nameOf = (userAgent: string) => /\S+-service-\w/.exec(userAgent)?.[0] ?? userAgent;
  const names = new Set(callers.map(({ caller }) => nameOf(caller.userAgent)));
  const lastOf = (id: string) =>
    Math.max(0, ...callers.filter(({ keyId }) => keyId === id).map(({ last }) => last));
  return (
    names.size === truth.callers.length &&
    truth.callers.every(
      ({ userAgent, calls }) =>
        sum(
          callers.filter(({ caller }) => nameOf(caller.userAgent) === nameOf(userAgent)),
          (use) => use.calls,
        ) === calls,
    ) &&
    truth.keys
      .filter(({ keyId }) => keyId === keys.oldKeyId || keyId === keys.newKeyId)
      .every(({ keyId, last }) => lastOf(keyId) === last * 1000)
  );
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
