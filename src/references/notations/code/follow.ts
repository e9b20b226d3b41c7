import type { Node } from 'web-tree-sitter';
import { followJoin, followPath } from './followPath';
import type { Expression, Variable } from './language';
import type { Reading, Source } from './source';

/** No code that people write nests deeper. */
const MAX_DEPTH = 200;

/**
 * Follows an expression to what its value comes from: through constants, fields and locals of the same file that are
 * written once, and through parameters for which the calls of this file pass one thing. A look-up with a default gives two
 * sources; no value gives none.
 */
export function follow(
  expression: Node,
  reading: Reading,
  through: readonly Variable[] = [],
  depth = 0,
): readonly Source[] {
  reading.checkTime();
  const place = { start: expression.startIndex, end: expression.endIndex, through };
  if (depth > MAX_DEPTH) return [{ ...place, obstacle: 'lookup' }];
  const read = reading.read(expression);
  const deeper = (inner: Node) => follow(inner, reading, through, depth + 1);
  switch (read.kind) {
    case 'nothing':
      return [];
    case 'literal':
      return [{ ...place, value: read.value, ...(read.form === undefined ? {} : { form: read.form }) }];
    case 'interpolated':
      return [{ ...place, obstacle: 'interpolated' }];
    case 'choice':
      return followChoice(expression, read, reading, through, depth);
    case 'other':
      return [{ ...place, obstacle: 'lookup' }];
    case 'wrapped':
      return deeper(read.inner);
    case 'join':
      return followJoin(expression, reading, through, deeper);
    case 'name':
      return followName(expression, read, reading, through, depth);
    case 'lookup':
      return followLookup(expression, read, reading, through, depth);
    case 'readFile':
      return deeper(read.path).map((source) => ({ ...source, fromFile: true }));
    case 'path':
      return followPath(expression, read, through, deeper);
  }
}

/** The text that an expression certainly has, through names as well: of the name of a setting, say. */
export function textOf(expression: Node, reading: Reading): string | undefined {
  const [source, ...others] = follow(expression, reading);
  return others.length > 0 || source?.fromFile === true || source?.base !== undefined
    ? undefined
    : source?.value;
}

function followName(
  expression: Node,
  read: Extract<Expression, { kind: 'name' }>,
  reading: Reading,
  through: readonly Variable[],
  depth: number,
): readonly Source[] {
  const place = { start: expression.startIndex, end: expression.endIndex };
  const variable = reading.scopes.resolve(read, expression.startIndex);
  // A parameter gets its value at a call of another file; a field without a value gets it by injection.
  if (variable === undefined || through.includes(variable))
    return [{ ...place, obstacle: 'lookup', through }];
  const path = [...through, variable];
  const origins = originsOf(variable, reading, through, depth);
  const [first, second, ...others] = origins;
  if (first === undefined)
    return valuesOf(variable, reading).length > 0 ? [] : [{ ...place, obstacle: 'lookup', through: path }];
  if (second === undefined) return first;
  // `x = getenv("X")`, then `x = "default"` where that gave nothing.
  const withDefault = others.length === 0 ? lookupWithDefault(first, second) : undefined;
  return withDefault ?? [{ ...place, obstacle: 'ambiguous', through: path }];
}

/** `x != null ? x : "default"`, with `x` looked up. */
function followChoice(
  expression: Node,
  { options: [one, other] = [] }: Extract<Expression, { kind: 'choice' }>,
  reading: Reading,
  through: readonly Variable[],
  depth: number,
): readonly Source[] {
  const { startIndex: start, endIndex: end } = expression;
  const unknown = [{ start, end, through, obstacle: 'ambiguous' as const }];
  if (one === undefined || other === undefined) return unknown;
  const [left, right] = [one, other].map((option) => follow(option, reading, through, depth + 1));
  if (left === undefined || right === undefined) return unknown;
  return lookupWithDefault(left, right) ?? lookupWithDefault(right, left) ?? unknown;
}

function lookupWithDefault(
  lookup: readonly Source[],
  fallback: readonly Source[],
): readonly Source[] | undefined {
  const isOne = lookup.length === 1 && lookup[0]?.lookup !== undefined;
  return isOne && fallback.length > 0 && fallback.every(({ value }) => value !== undefined)
    ? [...lookup, ...fallback]
    : undefined;
}

function valuesOf(variable: Variable, { bound }: Reading): readonly Node[] {
  return bound?.get(variable) ?? [...variable.values, ...(variable.given ?? [])];
}

type Origins = readonly (readonly Source[])[];

/** By what a variable means: followed anew from every use, variables that depend on each other would take for ever. */
const followed = new WeakMap<object, Map<Variable, Origins>>();

/** The different places that the values of a variable come from. */
function originsOf(
  variable: Variable,
  reading: Reading,
  through: readonly Variable[],
  depth: number,
): Origins {
  const known = followed.get(reading.bound ?? reading.scopes) ?? new Map<Variable, Origins>();
  followed.set(reading.bound ?? reading.scopes, known);
  const before = known.get(variable);
  if (before !== undefined) return mapThrough(before, (way) => [...through, ...way]);
  const values = valuesOf(variable, reading);
  const origins = new Map<string, readonly Source[]>();
  for (const value of values) {
    const sources = follow(value, reading, [...through, variable], depth + 1);
    // `""` stands for no value yet.
    if (sources.length === 0 || (values.length > 1 && sources.every((source) => source.value === '')))
      continue;
    origins.set(sources.map((source) => `${source.start}-${source.end}`).join(), sources);
  }
  const found = [...origins.values()];
  known.set(
    variable,
    mapThrough(found, (way) => way.slice(through.length)),
  );
  return found;
}

function mapThrough(origins: Origins, map: (through: Source['through']) => Source['through']): Origins {
  return origins.map((sources) => sources.map((source) => ({ ...source, through: map(source.through) })));
}

function followLookup(
  expression: Node,
  read: Extract<Expression, { kind: 'lookup' }>,
  reading: Reading,
  through: readonly Variable[],
  depth: number,
): readonly Source[] {
  const name = read.named === undefined ? read.lookup.name : textOf(read.named, reading);
  const own: Source = {
    start: expression.startIndex,
    end: expression.endIndex,
    obstacle: 'lookup',
    through,
    ...(name === undefined || name === '' ? {} : { lookup: { ...read.lookup, name } }),
  };
  if (read.inside !== undefined) return [own, { ...read.inside, through }];
  const fallback = read.fallback === undefined ? [] : follow(read.fallback, reading, through, depth + 1);
  // Whatever else stands there says no more than the look-up does.
  return [own, ...fallback.filter((source) => source.value !== undefined || source.lookup !== undefined)];
}
