import type { AuditCallerRow, AuditCallerState } from '../../model/auditView';
import { callerMoves } from '../../model/callers';
import type { AuditEvidence, CallerClass, CallerUse } from '../../model/evidence';
import type { VerdictOptions } from '../../model/verdict';
import { printable, type Translate } from '../words';

/** Whoever needs attention first. */
const ORDER: readonly AuditCallerState[] = [
  'oldKey',
  'silent',
  'probablyMoved',
  'moved',
  'retired',
  'newOnly',
];

/**
 * One row for each caller class in the logs, over all instances: callers of the old key with what has become of them,
 * then callers that were only ever seen with another key.
 */
export function callerRows(evidence: AuditEvidence, options: VerdictOptions, t: Translate): AuditCallerRow[] {
  const states = new Map(callerMoves(evidence, options).map((move) => [classKey(move.caller), move.state]));
  const byClass = new Map<string, CallerUse[]>();
  for (const use of evidence.instances.flatMap((instance) => instance.callers)) {
    const key = classKey(use.caller);
    byClass.set(key, [...(byClass.get(key) ?? []), use]);
  }
  const rows = [...byClass].flatMap(([key, uses]) => {
    const caller = uses[0]?.caller;
    if (caller === undefined) return [];
    return [toRow(caller, uses, evidence.oldKey.id, states.get(key) ?? 'newOnly', t)];
  });
  return rows.sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      (b.oldLast ?? b.newFirst ?? 0) - (a.oldLast ?? a.newFirst ?? 0),
  );
}

function toRow(
  caller: CallerClass,
  uses: readonly CallerUse[],
  oldKeyId: string,
  state: AuditCallerState,
  t: Translate,
): AuditCallerRow {
  const old = uses.filter((use) => use.keyId === oldKeyId);
  const others = uses.filter((use) => use.keyId !== oldKeyId);
  return {
    state,
    stateText: stateText(state, t),
    userAgent: printable(caller.userAgent) || t('no user agent'),
    api: printable(caller.api),
    resource: printable(caller.resource),
    network: printable(caller.network),
    addresses: [...new Set(uses.flatMap((use) => use.addresses))].map((address) => printable(address)),
    ...(old.length === 0 ? {} : { oldLast: Math.max(...old.map((use) => use.last)) }),
    ...(others.length === 0 ? {} : { newFirst: Math.min(...others.map((use) => use.first)) }),
    oldCalls: total(old),
    newCalls: total(others),
  };
}

function stateText(state: AuditCallerState, t: Translate): string {
  switch (state) {
    case 'oldKey':
      return t('old key');
    case 'silent':
      return t('silent');
    case 'probablyMoved':
      return t('probably moved');
    case 'moved':
      return t('moved');
    case 'retired':
      return t('retired');
    case 'newOnly':
      return t('new key only');
  }
}

function total(uses: readonly CallerUse[]): number {
  return uses.reduce((sum, use) => sum + use.calls, 0);
}

function classKey(caller: CallerClass): string {
  return JSON.stringify([caller.userAgent, caller.api, caller.resource, caller.network]);
}
