import type { Node } from 'web-tree-sitter';
import type { FollowedWrite } from './callers';
import { follow } from './follow';
import type { Variable } from './language';
import type { Reading, Source } from './source';
import { around } from './tree';

/** Statements that run together or not at all. */
const BLOCK =
  /^(?:block|compound_statement|statement_block|switch_block_statement_group|switch_rule|switch_section|(?:expression|default)_case|case_clause|case_statement)$/;

/** Nobody writes out more of them. */
const MAX_BRANCHES = 50;

/**
 * An object that gets key and password several times is a client each time: in the branches of a condition, or one after
 * the other. Where some time one of the two is missing, nothing tells what belongs together.
 */
export function splitByBranch(own: readonly FollowedWrite[]): readonly (readonly FollowedWrite[])[] {
  const blocks = new Map<number, FollowedWrite[][]>();
  for (const one of [...own].sort((left, right) => startOf(left) - startOf(right))) {
    const block = blockOf(one.write.value);
    const rounds = blocks.get(block) ?? [[]];
    blocks.set(block, rounds);
    const last = rounds.at(-1);
    if (last === undefined || last.some(({ write }) => write.role === one.write.role)) rounds.push([one]);
    else last.push(one);
  }
  const clients = [...blocks.values()].flat();
  return clients.length > 1 && clients.every(isComplete) ? clients : [own];
}

/**
 * A client whose values come from variables that get one value in each branch of a condition is one client for each branch:
 * `if … { path = "a.json"; pw = "…" } else { path = "b.json"; pw = "…" }`.
 */
export function splitByAssignment(
  own: readonly FollowedWrite[],
  reading: Reading,
): readonly (readonly FollowedWrite[])[] {
  const decided = own.filter(({ sources }) => sources.flatMap(undecided).length > 0);
  // A password that goes with the key of each branch is nothing that the branch decides.
  if (decided.length < own.length || !isComplete(decided)) return [own];
  const variables = [...new Set(own.flatMap(({ sources }) => sources.flatMap(undecided)))];
  const values = new Map(variables.map((variable) => [variable, valuesByBlock(variable, reading)]));
  const [first, ...others] = values.values();
  if (first === undefined || first.size < 2 || first.size > MAX_BRANCHES) return [own];
  const blocks = [...first.keys()];
  if (others.some((other) => other?.size !== first.size || !blocks.every((block) => other.has(block))))
    return [own];
  return blocks.map((block) => {
    const bound = new Map(
      [...values].map(([variable, byBlock]) => [variable, byBlock?.get(block) ?? []] as const),
    );
    return own.map(({ write }) => ({ write, sources: follow(write.value, { ...reading, bound }) }));
  });
}

function undecided({ obstacle, through }: Source): readonly Variable[] {
  const last = through.at(-1);
  return obstacle === 'ambiguous' && last !== undefined && last.kind !== 'parameter' ? [last] : [];
}

/** Undefined for a variable that one block gives several values: only the last one counts, and which is that? */
function valuesByBlock({ values }: Variable, { read }: Reading): Map<number, readonly Node[]> | undefined {
  const blocks = new Map<number, readonly Node[]>();
  for (const value of values) {
    const is = read(value);
    // `""` stands for no value yet.
    if (is.kind === 'literal' && is.value === '') continue;
    const block = blockOf(value);
    if (blocks.has(block)) return undefined;
    blocks.set(block, [value]);
  }
  return blocks;
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

function blockOf(value: Node): number {
  for (const above of around(value)) if (BLOCK.test(above.type)) return above.id;
  return 0;
}
