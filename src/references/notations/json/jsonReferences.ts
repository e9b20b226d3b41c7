import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { NotEditable } from '../../../model/reference';
import type { FoundClient, FoundMember, FoundSetting } from '../../notation';
import { type Layer, outward } from '../layered/layer';
import { toSetting } from '../layered/namedValue';
import { clientsOfScope } from '../layered/siblings';
import { type JsonValue, readObject, readPairs } from './jsonValues';

export interface JsonReferences {
  readonly clients: readonly FoundClient[];
  /** Every value, named by its path: `a.b[0].c`. */
  readonly settings: readonly FoundSetting[];
}

/** The name of a list of clients (docs/facts.md NAME-2). */
const CLIENT_LIST = 'cache_client_dkms_config_info';

/** JSON in JSON in JSON is as deep as anybody writes it. */
const MAX_NESTED = 2;
const MAX_DEPTH = 200;

/** Objects whose members become variables of a process: of a launch configuration, a task, a container. */
const ENVIRONMENT = /^(?:env|envs|environment|environmentVariables)$/i;

/**
 * Finds clients in a JSON text, comments and trailing commas allowed, wherever it stands: ranges count in `text`, forms are
 * those of `encodeJson`. A notation that holds the text in a literal maps the ranges outward and writes in its own escapes
 * what `encodeJson` gives.
 * @param name of the setting that holds the text, where there is one
 */
export function jsonReferences(text: string, name?: string, nested = 0): JsonReferences {
  const errors: ParseError[] = [];
  const root = parse(text, errors);
  const clients: FoundClient[] = [];
  const settings: FoundSetting[] = [];
  if (root === undefined) return { clients, settings };

  const visit = (node: Node, path: string, parent: string | undefined, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (node.type === 'array') {
      const pairs = readPairs(text, node);
      if (pairs !== undefined) read(pairs, path, parent, depth);
      else
        for (const [index, child] of (node.children ?? []).entries())
          visit(child, `${path}[${index}]`, parent, depth + 1);
    }
    if (node.type === 'object') read(readObject(text, node), path, parent, depth);
  };

  const read = (
    values: readonly JsonValue[],
    path: string,
    parent: string | undefined,
    depth: number,
  ): void => {
    const isList = parent?.toLowerCase() === CLIENT_LIST;
    clients.push(
      ...clientsOfScope({
        anchor: path === '' ? 'document' : path,
        around: path,
        values: values.filter(({ kind }) => kind === 'text'),
        ...(isList ? { context: 'specific' } : {}),
        looksUpPassword:
          isList || values.some((value) => /^passwordFrom(?:FilePath|EnvVariable)/.test(value.name)),
      }),
    );
    const isEnvironment = ENVIRONMENT.test(parent ?? '');
    for (const value of values) {
      const inner = path === '' ? value.name : `${path}.${value.name}`;
      if (value.kind === 'tree') visit(value.node, inner, value.name, depth + 1);
      else {
        settings.push(...toSetting(value, settingName(inner), 'settings'));
        if (isEnvironment) settings.push(...toSetting(value, value.name, 'environment'));
        if (mayHoldClients(value.value ?? '')) readNested(value.layer?.(), inner, value.name);
      }
    }
  };

  const readNested = (layer: Layer | undefined, path: string, key: string): void => {
    if (nested >= MAX_NESTED || layer === undefined) return;
    const found = jsonReferences(layer.text, key, nested + 1);
    clients.push(
      ...found.clients.map((client) => ({
        ...client,
        anchor: `${path}/${client.anchor}`,
        members: client.members.flatMap((member) => moveOut(member, layer, 'nested')),
      })),
    );
  };

  visit(root, '', name, 0);
  const broken = whatIsBroken(text, errors);
  return {
    clients:
      broken === undefined
        ? clients
        : clients.map((client) => ({
            ...client,
            members: client.members.map((one) => ({ ...one, obstacle: one.obstacle ?? broken })),
          })),
    settings,
  };
}

/** As the configuration of .NET writes paths: `Kms:ClientKeyFile`. */
function settingName(path: string): string {
  return path.replaceAll(':', '.');
}

function parse(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    // Nested more deeply than anything that people write.
    return undefined;
  }
}

/** Whether a decoded text is worth reading as JSON: an object or a list with names of clients. The content of a key is none. */
export function mayHoldClients(text: string): boolean {
  return /^\s*[[{]/.test(text) && /client[-_]?key/i.test(text) && !/^\s*\{\s*"KeyId"/.test(text);
}

/** The clients of a JSON text that stands in another one. */
export function clientsWithin(
  layer: Layer,
  name: string,
  anchor: string,
  layerForm: string,
): readonly FoundClient[] {
  return jsonReferences(layer.text, name).clients.map((client) => ({
    ...client,
    anchor: `${anchor}/${client.anchor}`,
    members: client.members.flatMap((member) => moveOut(member, layer, layerForm)),
  }));
}

/** A member of an inner text with its place in the outer one; `layerForm` says how the layer writes it. */
export function moveOut<T extends FoundMember | FoundSetting>(
  member: T,
  layer: Layer,
  layerForm: string,
): readonly T[] {
  const place = outward(layer, member.start, member.end);
  if (place === undefined) return [];
  return [
    { ...member, ...place, form: member.form === undefined ? layerForm : `${layerForm} ${member.form}` },
  ];
}

function whatIsBroken(text: string, errors: readonly ParseError[]): NotEditable | undefined {
  if (errors.length === 0) return undefined;
  if (text.includes('{{')) return 'template';
  // A Windows path whose backslashes are not doubled: readers disagree on what it says.
  return errors.some(({ error }) => printParseErrorCode(error) === 'InvalidEscapeCharacter')
    ? 'ambiguous'
    : 'unsupported';
}
