import type { FollowedWrite } from './callers';
import type { Write } from './language';
import { around } from './tree';

/** Statements that run together or not at all. */
const BLOCK =
  /^(?:block|compound_statement|statement_block|switch_block_statement_group|switch_rule|switch_section|(?:expression|default)_case|case_clause|case_statement)$/;

/**
 * An object that gets key and password several times is a client each time: in the branches of a condition, or one after
 * the other. Where some time one of the two is missing, nothing tells what belongs together.
 */
export function splitByBranch(own: readonly FollowedWrite[]): readonly (readonly FollowedWrite[])[] {
  const blocks = new Map<number, FollowedWrite[][]>();
  for (const one of [...own].sort((left, right) => startOf(left) - startOf(right))) {
    const block = blockOf(one.write);
    const rounds = blocks.get(block) ?? [[]];
    blocks.set(block, rounds);
    const last = rounds.at(-1);
    if (last === undefined || last.some(({ write }) => write.role === one.write.role)) rounds.push([one]);
    else last.push(one);
  }
  const clients = [...blocks.values()].flat();
  return clients.length > 1 && clients.every(isComplete) ? clients : [own];
}

function isComplete(writes: readonly FollowedWrite[]): boolean {
  const roles = writes.map(({ write }) => write.role);
  return (
    roles.some((role) => role === 'keyFile' || role === 'keyContent') &&
    roles.some((role) => role.startsWith('password'))
  );
}

function startOf({ write }: FollowedWrite): number {
  return write.value.startIndex;
}

function blockOf({ value }: Write): number {
  for (const above of around(value)) if (BLOCK.test(above.type)) return above.id;
  return 0;
}
