import { createHash } from 'node:crypto';
import type { AuditCallerRow, AuditCallerState } from '../../model/auditView';
import { type CallerMove, callerMoves, classKey } from '../../model/callers';
import type { CallerClass, CallerUse } from '../../model/evidence';
import type { Explanation } from '../../model/explainCallers';
import { isOpen, type Rotation } from '../../model/rotation';
import { printable, type Translate } from '../words';
import type { AuditReading } from './auditReading';
import { explanationsOf } from './explanations';

/** Whoever needs attention first. */
const ORDER: readonly AuditCallerState[] = [
  'oldKey',
  'silent',
  'probablyMoved',
  'moved',
  'retired',
  'newOnly',
];

/** Names a caller in messages of the view, which may hold anything. The same in every reading. */
export function callerId(caller: CallerClass): string {
  return createHash('sha256').update(classKey(caller)).digest('hex').slice(0, 16);
}

/**
 * One row for each caller class in the logs, over all instances: callers of the old key with what has become of them,
 * then callers that were only ever seen with another key.
 */
export function callerRows(reading: AuditReading, t: Translate): AuditCallerRow[] {
  const { result, options } = reading;
  if (result === undefined) return [];
  const { evidence } = result;
  const moves = new Map(callerMoves(evidence, options).map((move) => [classKey(move.caller), move]));
  const explained = explanationsOf(reading);
  const byClass = new Map<string, CallerUse[]>();
  for (const use of evidence.instances.flatMap((instance) => instance.callers)) {
    const key = classKey(use.caller);
    byClass.set(key, [...(byClass.get(key) ?? []), use]);
  }
  const rows = [...byClass].flatMap(([key, uses]): AuditCallerRow[] => {
    const caller = uses[0]?.caller;
    if (caller === undefined) return [];
    const move = moves.get(key);
    return [
      {
        ...figures(caller, uses, evidence.oldKey.id, t),
        ...stateOf(move, t),
        ...place(move, explained, t),
        ...retirement(caller, move, reading.names.rotation),
      },
    ];
  });
  return rows.sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      (b.oldLast ?? b.newFirst ?? 0) - (a.oldLast ?? a.newFirst ?? 0),
  );
}

function figures(caller: CallerClass, uses: readonly CallerUse[], oldKeyId: string, t: Translate) {
  const old = uses.filter((use) => use.keyId === oldKeyId);
  const others = uses.filter((use) => use.keyId !== oldKeyId);
  return {
    id: callerId(caller),
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

function stateOf(
  move: CallerMove | undefined,
  t: Translate,
): Pick<AuditCallerRow, 'state' | 'stateText' | 'sureText'> {
  const state = move?.state ?? 'newOnly';
  const sureText = move && howSure(move, t);
  return { state, stateText: stateText(state, t), ...(sureText === undefined ? {} : { sureText }) };
}

/** Undefined where the state says it all. */
function howSure({ state, holds }: CallerMove, t: Translate): string | undefined {
  switch (state) {
    case 'probablyMoved':
      return t('seen with another key from another network');
    case 'silent':
      return holds
        ? t('may call again; holds the deletion back')
        : t('for so long that it is believed to be gone');
    default:
      return undefined;
  }
}

/** Nothing is said of a caller that has moved or gone for good, nor of any before the workspace was looked through. */
function place(
  move: CallerMove | undefined,
  explained: ReadonlyMap<string, Explanation> | undefined,
  t: Translate,
): Pick<AuditCallerRow, 'reference' | 'unexplained'> {
  if (move === undefined || explained === undefined) return { unexplained: false };
  const found = explained.get(classKey(move.caller));
  if (found === undefined) return { unexplained: move.state !== 'moved' && move.state !== 'retired' };
  return {
    reference: { label: printable(found.reference.label, 300), how: howText(found.how, t) },
    unexplained: false,
  };
}

function howText(how: Explanation['how'], t: Translate): string {
  switch (how) {
    case 'resource':
      return t('probably: names what the caller asks for');
    case 'name':
      return t('probably: names the caller');
    case 'language':
      return t('perhaps: the only client here in the language of the caller');
  }
}

/** Marking says something of callers that the verdict still waits for, in a rotation that has not ended. */
function retirement(
  caller: CallerClass,
  move: CallerMove | undefined,
  rotation: Rotation | undefined,
): Pick<AuditCallerRow, 'retire' | 'reason'> {
  if (rotation === undefined) return {};
  const open = isOpen(rotation) && rotation.state !== 'creating';
  const key = classKey(caller);
  const mark = rotation.retired.find((retired) => classKey(retired.caller) === key);
  if (mark !== undefined)
    return { reason: printable(mark.reason, 1000), ...(open ? { retire: 'unmark' as const } : {}) };
  const counts = move !== undefined && (move.state !== 'moved' || move.silentMs < move.neededMs);
  return open && counts ? { retire: 'mark' } : {};
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
