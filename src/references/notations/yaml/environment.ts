import type { NotEditable, ReferenceRole } from '../../../model/reference';
import type { FoundClient, FoundMember, FoundSetting } from '../../notation';
import type { Assignment } from '../dotenvLexer';
import { pairAssignments } from '../dotenvPairs';
import { isPlaceholder } from '../settingNames';
import { doublesDollars, type Expander, type Expansion, readExpansion } from './expansion';
import { singleDollars } from './form';
import { clientsInJson } from './jsonText';
import { type Place, type Placed, partOf, placeOf } from './place';
import { anchorOf, type Reading, tagObstacle } from './settings';
import { child, childText, visitTree, type YamlTree } from './tree';

/** A variable of the environment of a container, a job or a step. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly place: Place;
  /** As written, before names in it are replaced. */
  readonly text: string;
  readonly expansion: Expansion;
  readonly obstacle?: NotEditable | undefined;
  /** The place of a part of `text`. */
  readonly part: (from: number, to: number) => Place | undefined;
  readonly placed: Placed;
  /** Where the value begins in the scalar. */
  readonly from: number;
}

export interface EnvironmentBlock {
  readonly path: string;
  readonly variables: readonly EnvironmentVariable[];
  /** Handed to an action by name, and no variable that programs look up. */
  readonly isInput?: boolean;
}

/** `env`, `extraEnv`, `commonEnvVars`, `environment_variables` …. */
const BLOCK = /^variables$|(?:^|[a-z_-])env(?:ironment)?(?:s|_?vars?|_?variables?)?$/i;

/** What a map entry refers to instead of holding a value: `valueFrom` of Kubernetes. */
export type ReadReference = (tree: YamlTree) => Expansion | undefined;

/** All blocks of environment variables of a document: mappings, lists of `NAME=value`, lists of names with values. */
export function environmentsOf(
  tree: YamlTree,
  reading: Reading,
  expander: Expander,
  reference: ReadReference = () => undefined,
): readonly EnvironmentBlock[] {
  const blocks: EnvironmentBlock[] = [];
  visitTree(tree, reading.checkTime, (at, path, key) => {
    const isBlock = BLOCK.test(key) || (expander === 'compose' && /\.build\.args$/.test(path));
    const isInput = expander === 'github' && key === 'with' && at.kind === 'map';
    const variables = isBlock || isInput ? variablesOf(at, reading, expander, reference) : [];
    if (variables.length > 0) blocks.push({ path, variables, isInput });
  });
  return blocks;
}

function variablesOf(
  block: YamlTree,
  reading: Reading,
  expander: Expander,
  reference: ReadReference,
): readonly EnvironmentVariable[] {
  if (block.kind === 'map')
    return block.entries.flatMap(({ key, value, twice }) => {
      // Drone and Woodpecker.
      const secret = childText(value, 'from_secret');
      if (secret !== undefined)
        return [referred(key, value, { kind: 'lookup', lookup: { in: 'ci', name: secret } }, reading)];
      // GitLab: a value with its description.
      const inner = value.kind === 'map' ? (child(value, 'value') ?? value) : value;
      return readVariable(key, inner, 0, reading, expander, twice ? 'ambiguous' : undefined);
    });
  if (block.kind !== 'list') return [];
  return block.items.flatMap((item) => {
    if (item.kind === 'scalar') {
      const [, name] = /^([A-Za-z_][\w.-]*)=/.exec(item.value ?? '') ?? [];
      return name === undefined ? [] : readVariable(name, item, name.length + 1, reading, expander);
    }
    const name = childText(item, 'name');
    const value = child(item, 'value');
    if (name === undefined) return [];
    if (value !== undefined) return readVariable(name, value, 0, reading, expander);
    const from = child(item, 'valueFrom');
    const expansion = from === undefined ? undefined : reference(from);
    return from === undefined || expansion === undefined ? [] : [referred(name, from, expansion, reading)];
  });
}

function readVariable(
  name: string,
  tree: YamlTree,
  from: number,
  reading: Reading,
  expander: Expander,
  obstacle?: NotEditable,
): readonly EnvironmentVariable[] {
  if (tree.kind !== 'scalar') return [];
  const text = tree.value?.slice(from) ?? '';
  if (text === '') return [];
  const placed = { scalar: tree, text: reading.text };
  const dollars = doublesDollars(expander);
  const part =
    from === 0 ? placeOf(placed, { dollars }) : partOf(placed, from, from + text.length, { dollars });
  return [
    {
      name,
      place: part ?? placeOf(placed),
      text,
      expansion: readExpansion(text, expander),
      obstacle:
        reading.broken ?? obstacle ?? tagObstacle(tree) ?? (part === undefined ? 'unsupported' : undefined),
      part: (start, end) => partOf(placed, from + start, from + end, { dollars, fallback: true }),
      placed,
      from,
    },
  ];
}

function referred(name: string, tree: YamlTree, expansion: Expansion, reading: Reading): EnvironmentVariable {
  const scalar = {
    kind: 'scalar',
    start: tree.start,
    end: tree.end,
    style: 'plain',
    flow: false,
  } as const;
  return {
    name,
    place: { start: scalar.start, end: scalar.end, form: '' },
    text: reading.text.slice(scalar.start, scalar.end),
    expansion,
    part: () => undefined,
    placed: { scalar, text: reading.text },
    from: 0,
  };
}

/** The clients that read their settings from a block. `around`: what the block inherits from those around it. */
export function clientsOfEnvironment(
  block: EnvironmentBlock,
  reading: Reading,
  expander: Expander,
  around: readonly EnvironmentVariable[] = [],
): readonly FoundClient[] {
  const own = new Set(block.variables);
  const byName = new Map([...around, ...block.variables].map((variable) => [variable.name, variable]));
  const byAssignment = new Map<Assignment, EnvironmentVariable>(
    [...byName.values()].map((variable) => [
      {
        name: variable.name,
        from: variable.place.start,
        ...variable.place,
        quote: '' as const,
        value: variable.expansion.kind === 'literal' ? variable.expansion.value : variable.text,
      },
      variable,
    ]),
  );
  const paired = pairAssignments([...byAssignment.keys()]).flatMap(
    ({ anchor, context, guessed, members }) => {
      const variables = members.flatMap(({ role, assignment }) => {
        const variable = byAssignment.get(assignment);
        return variable === undefined ? [] : [{ role, variable }];
      });
      if (!variables.some(({ variable }) => own.has(variable))) return [];
      return [
        {
          anchor: `${anchorOf(reading, block.path)}/${anchor}`,
          context,
          guessed,
          members: variables.flatMap(({ role, variable }) => membersOf(role, variable)),
        },
      ];
    },
  );
  const inJson = block.variables.flatMap(({ name, placed, from, obstacle }) =>
    clientsInJson(name, placed, `${anchorOf(reading, block.path)}/${name}`, obstacle, {
      from,
      dollars: doublesDollars(expander),
    }),
  );
  return [...paired.filter(({ members }) => members.length > 0), ...inJson];
}

function membersOf(role: ReferenceRole, variable: EnvironmentVariable): readonly FoundMember[] {
  const { name, place, text, expansion, obstacle } = variable;
  const plain = { role, name, ...place };
  if (expansion.kind === 'obstacle') return [{ ...plain, obstacle: obstacle ?? expansion.obstacle }];
  if (isPlaceholder(text, role)) return [];
  if (expansion.kind === 'literal') {
    const { value } = expansion;
    if (role === 'passwordEnv')
      return [{ ...plain, value, obstacle: 'lookup', lookup: { in: 'environment', name: value.trim() } }];
    return [{ ...plain, value, ...(obstacle === undefined ? {} : { obstacle }) }];
  }
  const { lookup } = expansion;
  const isVariable = role === 'password' && lookup.in === 'environment';
  const fallback = fallbackOf(variable);
  return [
    { ...plain, role: isVariable ? 'passwordEnv' : role, obstacle: 'lookup', lookup },
    ...(fallback === undefined || isPlaceholder(fallback.value, role)
      ? []
      : [{ role, name, ...fallback, ...(obstacle === undefined ? {} : { obstacle }) }]),
  ];
}

function fallbackOf({
  expansion,
  part,
  text,
  place,
}: EnvironmentVariable): (Place & { readonly value: string }) | undefined {
  if (expansion.kind !== 'lookup' || expansion.from === undefined || expansion.to === undefined)
    return undefined;
  const found = part(expansion.from, expansion.to);
  const value = text.slice(expansion.from, expansion.to);
  return found === undefined
    ? undefined
    : { ...found, value: place.form.includes('dollars') ? singleDollars(value) : value };
}

/** The variables of a block as what code looks up by name. */
export function environmentSettings({ variables }: EnvironmentBlock): readonly FoundSetting[] {
  return variables.map((variable): FoundSetting => {
    const { name, place, expansion, obstacle } = variable;
    const plain = { in: 'environment', name, ...place } as const;
    if (expansion.kind === 'obstacle') return { ...plain, obstacle: obstacle ?? expansion.obstacle };
    if (expansion.kind === 'literal')
      return { ...plain, value: expansion.value, ...(obstacle === undefined ? {} : { obstacle }) };
    const fallback = fallbackOf(variable);
    return fallback === undefined || obstacle !== undefined
      ? { ...plain, obstacle: 'lookup', lookup: expansion.lookup }
      : { ...plain, ...fallback, lookup: expansion.lookup };
  });
}
