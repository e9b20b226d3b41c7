import type { Node } from 'web-tree-sitter';
import { findClientKeyId } from '../../../model/clientKey';
import type { NotEditable } from '../../../model/reference';
import type { Lookup } from '../../notation';
import type { Expression, Language, Variable } from './language';
import { baseOf, hasComment, leavesOf } from './parts';
import type { Scopes } from './scopes';

/** Where the value of an expression comes from. */
export interface Source {
  readonly start: number;
  readonly end: number;
  readonly value?: string;
  readonly form?: string;
  readonly obstacle?: NotEditable;
  readonly lookup?: Lookup;
  readonly base?: string;
  /** The program reads the value from the file whose path this is. */
  readonly fromFile?: boolean;
  /** The variables on the way from the use to here. */
  readonly through: readonly Variable[];
}

/** What following needs of a file. */
export interface Reading {
  readonly text: string;
  readonly scopes: Scopes;
  readonly read: Language['read'];
  readonly checkTime: () => void;
  /** Parameters as one call passes them. */
  readonly bound?: ReadonlyMap<Variable, readonly Node[]>;
}

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
  switch (read.kind) {
    case 'nothing':
      return [];
    case 'literal':
      return [{ ...place, value: read.value, ...(read.form === undefined ? {} : { form: read.form }) }];
    case 'interpolated':
      return [{ ...place, obstacle: 'interpolated' }];
    case 'choice':
      return [{ ...place, obstacle: 'ambiguous' }];
    case 'other':
      return [{ ...place, obstacle: 'lookup' }];
    case 'wrapped':
      return follow(read.inner, reading, through, depth + 1);
    case 'join':
      return followJoin(expression, read, reading, through, depth);
    case 'name':
      return followName(expression, read, reading, through, depth);
    case 'lookup':
      return followLookup(expression, read, reading, through, depth);
    case 'readFile':
      return follow(read.path, reading, through, depth + 1).map((source) => ({ ...source, fromFile: true }));
    case 'path':
      return followPath(expression, read, reading, through, depth);
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
  if (others.length === 0 && isPlainLookup(first) && second.every((source) => source.value !== undefined))
    return [...first, ...second];
  return [{ ...place, obstacle: 'ambiguous', through: path }];
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

function isPlainLookup(sources: readonly Source[]): boolean {
  return sources.length === 1 && sources[0]?.lookup !== undefined;
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

/** `BASE_DIR + '/keys/x.json'` is a path, where the name stands for the folder of the file; else it is text. */
function followJoin(
  expression: Node,
  { parts }: Extract<Expression, { kind: 'join' }>,
  reading: Reading,
  through: readonly Variable[],
  depth: number,
): readonly Source[] {
  const [first, second] = parts;
  if (
    parts.length === 2 &&
    first !== undefined &&
    second !== undefined &&
    reading.read(first).kind !== 'join'
  ) {
    const [folder] = follow(first, reading, through, depth + 1);
    const path = { kind: 'path', parts, fromFile: false } as const;
    if (folder?.value === '' && folder.base !== undefined)
      return followPath(expression, path, reading, through, depth);
  }
  const { startIndex: start, endIndex: end } = expression;
  return [{ start, end, through, ...join(expression, reading, through, depth) }];
}

/** A concatenation can be edited as one literal where every part is a literal in place and no comment would be lost. */
function join(
  expression: Node,
  reading: Reading,
  through: readonly Variable[],
  depth: number,
): Pick<Source, 'value' | 'form' | 'obstacle'> {
  const parts = leavesOf(expression, reading);
  const values = parts.map((part) => {
    const [source, ...others] = follow(part, reading, through, depth + 1);
    const isPlain = others.length === 0 && source?.fromFile !== true && source?.base === undefined;
    return isPlain ? source?.value : undefined;
  });
  const value = values.includes(undefined) ? undefined : values.join('');
  const read = parts.map(reading.read);
  const [first] = read;
  const form = first?.kind === 'literal' ? first.form : undefined;
  const editable =
    value !== undefined &&
    read.every(({ kind }) => kind === 'literal') &&
    !hasComment(expression, parts, reading);
  return {
    ...(value === undefined ? {} : { value }),
    ...(form === undefined ? {} : { form }),
    ...(editable ? {} : { obstacle: 'interpolated' as const }),
  };
}

/** The last part is what is edited; what stands before it is its base. */
function followPath(
  expression: Node,
  { parts, fromFile, fromRun = false, up = 0 }: Extract<Expression, { kind: 'path' }>,
  reading: Reading,
  through: readonly Variable[],
  depth: number,
): readonly Source[] {
  const last = parts.at(-1);
  const whole: Source = {
    start: expression.startIndex,
    end: expression.endIndex,
    obstacle: 'interpolated',
    through,
  };
  const place = fromFile ? ['.', ...Array<string>(up).fill('..')].join('/') : undefined;
  const { start, end } = whole;
  if (last === undefined)
    return place === undefined ? [whole] : [{ start, end, through, value: '', base: place }];
  const folders = parts.slice(0, -1).map((part) => partOf(part, reading));
  const base = baseOf(folders, place);
  return follow(last, reading, through, depth + 1).map((source) => {
    if (source.fromFile === true) return whole;
    // The whole path has come in one part.
    if (source.base !== undefined && folders.length === 0 && !fromFile) return source;
    if (source.value === undefined || source.obstacle !== undefined || source.base !== undefined)
      return source;
    if (base === '') return fromRun && /^[\\/]/.test(source.value) ? { ...source, base } : source;
    if (base !== undefined) return { ...source, base };
    // The folder is known at run time only, which matters little where the name of the file tells the key.
    return findClientKeyId(source.value) === undefined ? { ...source, obstacle: 'interpolated' } : source;
  });
}

/** A folder of a path, as it is written; beginning with a dot where it counts from the folder of this file. */
function partOf(part: Node, reading: Reading): string | undefined {
  const [source, ...others] = follow(part, reading);
  if (source === undefined || others.length > 0 || source.fromFile === true) return undefined;
  if (source.value === undefined) return undefined;
  return source.base === undefined ? source.value : `${source.base}/${source.value}`;
}
