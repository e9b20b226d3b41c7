import type { Node } from 'web-tree-sitter';
import { follow } from './follow';
import type { Variable, Write } from './language';
import type { Reading, Source } from './source';
import { around } from './tree';

/** A write with what it writes. */
export interface FollowedWrite {
  readonly write: Write;
  readonly sources: readonly Source[];
}

/** A function that is called more often is a library's. */
const MAX_CALLS = 20;

/**
 * A client whose values come in through the parameters of a function is one client for each call of that function in the
 * file: `connect("a.json", "…")`, `connect("b.json", "…")`.
 */
export function splitByCall(
  own: readonly FollowedWrite[],
  reading: Reading,
): readonly (readonly FollowedWrite[])[] {
  const parameters = [...new Set(own.flatMap(({ sources }) => sources.flatMap(undecided)))];
  const isOneFunction = new Set(parameters.map(({ scopeStart }) => scopeStart)).size === 1;
  const calls = new Set(parameters.flatMap(({ given }) => given?.map(callOf) ?? []));
  if (!isOneFunction || calls.size < 2 || calls.size > MAX_CALLS) return [own];
  return [...calls].map((call) => {
    const bound = new Map(parameters.map((parameter) => [parameter, passedBy(call, parameter)]));
    return own.map(({ write }) => ({ write, sources: follow(write.value, { ...reading, bound }) }));
  });
}

/** The parameter that gets different values from different calls. */
function undecided({ obstacle, through }: Source): readonly Variable[] {
  const last = through.at(-1);
  return obstacle === 'ambiguous' && last?.kind === 'parameter' && (last.given?.length ?? 0) > 1
    ? [last]
    : [];
}

/** What a call passes; a parameter that is left out has its default. */
function passedBy(call: number, { given = [], values }: Variable): readonly Node[] {
  const passed = given.filter((value) => callOf(value) === call);
  return passed.length > 0 ? passed : values;
}

function callOf(argument: Node): number {
  for (const above of around(argument)) if (/^(?:arguments|argument_list)$/.test(above.type)) return above.id;
  return argument.id;
}
