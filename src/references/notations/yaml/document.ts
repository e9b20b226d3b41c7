import type { FoundClient, FoundMount, FoundSetting, Notation } from '../../notation';
import { environmentFilesOf, mountsOf } from './compose';
import { expanderOf } from './dialect';
import {
  clientsOfEnvironment,
  type EnvironmentBlock,
  type EnvironmentVariable,
  environmentSettings,
  environmentsOf,
} from './environment';
import type { Expander } from './expansion';
import { clientsOfCommands } from './flags';
import { clientsInJson } from './jsonText';
import {
  clientsOfData,
  clientsOfSecretStore,
  type DataEntry,
  dataOf,
  dataSettings,
  type KubernetesObject,
  objectsOf,
  readKeyReference,
  readSealed,
} from './kubernetes';
import { readGenerators } from './kustomize';
import { readNested } from './nested';
import { clientsOfScripts } from './scripts';
import { anchorOf, clientsOfSettings, leavesOf, type Reading, settingsOf } from './settings';
import type { YamlTree } from './tree';

export interface DocumentFindings {
  readonly clients: readonly FoundClient[];
  readonly settings: readonly FoundSetting[];
  readonly mounts: readonly FoundMount[];
  readonly environmentFiles?: readonly string[];
}

const NOTHING: DocumentFindings = { clients: [], settings: [], mounts: [] };

/**
 * Reads a document as the programs do that it is for.
 * @param findYaml for YAML that stands in a scalar; undefined where that is not looked into
 */
export async function readDocument(
  tree: YamlTree,
  reading: Reading,
  findYaml: Notation['find'] | undefined,
): Promise<DocumentFindings> {
  const generated = readGenerators(tree, reading);
  if (generated !== undefined) return { ...generated, mounts: [] };
  const objects = objectsOf(tree);
  if (objects === undefined) return await readPlain(tree, reading);
  const found = await Promise.all(objects.map((object) => readObject(object, reading, findYaml)));
  return {
    clients: found.flatMap(({ clients }) => clients),
    settings: found.flatMap(({ settings }) => settings),
    mounts: [],
  };
}

async function readPlain(tree: YamlTree, reading: Reading): Promise<DocumentFindings> {
  const expander = expanderOf(tree);
  const leaves = leavesOf(tree, reading.checkTime);
  const environment = readEnvironment(environmentsOf(tree, reading, expander), reading, expander);
  const commands = clientsOfCommands(tree, reading, expander);
  return {
    // Compose and pipelines configure no client themselves: what they say, they say to containers and jobs.
    clients: [
      ...environment.clients,
      ...commands,
      ...(await clientsOfScripts(tree, reading, expander)),
      ...(expander === 'other' ? without(clientsOfSettings(leaves, reading), environment.taken) : []),
    ],
    settings: [...environment.settings, ...(expander === 'other' ? settingsOf(leaves, reading) : [])],
    ...(expander === 'compose'
      ? { mounts: mountsOf(tree, reading), environmentFiles: environmentFilesOf(tree) }
      : { mounts: [] }),
  };
}

async function readObject(
  object: KubernetesObject,
  reading: Reading,
  findYaml: Notation['find'] | undefined,
): Promise<DocumentFindings> {
  // kubectl's own configuration has client keys too, of TLS.
  if (object.kind === 'Config') return NOTHING;
  const sealed = readSealed(object, reading);
  if (sealed !== undefined) return { ...sealed, mounts: [] };
  if (object.kind === 'Secret' || object.kind === 'ConfigMap') return readData(object, reading, findYaml);
  const reference = readKeyReference(object.namespace);
  const environment = readEnvironment(
    environmentsOf(object.tree, reading, 'kubernetes', reference).map((block) => ({
      ...block,
      path: `${object.kind}/${object.name}/${block.path}`,
    })),
    reading,
    'kubernetes',
  );
  const leaves = leavesOf(object.tree, reading.checkTime, object.path);
  const stores = clientsOfSecretStore(object, reading);
  return {
    clients: [
      ...environment.clients,
      ...clientsOfCommands(object.tree, reading, 'kubernetes'),
      ...stores,
      // Values of a HelmRelease and the like.
      ...without(clientsOfSettings(leaves, reading), environment.taken),
    ],
    settings: environment.settings,
    mounts: [],
  };
}

async function readData(
  object: KubernetesObject,
  reading: Reading,
  findYaml: Notation['find'] | undefined,
): Promise<DocumentFindings> {
  const data = dataOf(object, reading);
  const nested = await Promise.all(data.map((one) => readFile(object, one, reading, findYaml)));
  const plain = data.filter((_, index) => nested[index] === undefined);
  const files = nested.flatMap((found) => found ?? []);
  return {
    clients: [
      ...clientsOfData(object, plain, reading),
      ...plain.flatMap((one) => clientsOfJsonData(object, one, reading)),
      ...files.flatMap(({ clients }) => clients),
    ],
    settings: [...dataSettings(object, data), ...files.flatMap(({ settings }) => settings)],
    mounts: [],
  };
}

/** What a file says that a ConfigMap or Secret holds; undefined for any other value, key content among them. */
async function readFile(
  object: KubernetesObject,
  { entry, value, encoded }: DataEntry,
  reading: Reading,
  findYaml: Notation['find'] | undefined,
): Promise<Awaited<ReturnType<typeof readNested>>> {
  const isKey = /^\s*\{[\s\S]*"KeyId"\s*:\s*"KAAP\./.test(value.value ?? '');
  if (entry.value.kind !== 'scalar' || findYaml === undefined || isKey) return undefined;
  return readNested(
    entry.key,
    entry.value,
    reading,
    anchorOf(reading, `${object.kind}/${object.name}/${entry.key}`),
    findYaml,
    encoded ? (value.value ?? '') : undefined,
  );
}

/** The clients of a list in JSON, as `cache_client_dkms_config_info` is. */
function clientsOfJsonData(
  object: KubernetesObject,
  { entry, value, encoded }: DataEntry,
  reading: Reading,
): readonly FoundClient[] {
  if (entry.value.kind !== 'scalar') return [];
  return clientsInJson(
    entry.key,
    { scalar: entry.value, text: reading.text },
    anchorOf(reading, `${object.kind}/${object.name}/${entry.key}`),
    reading.broken ?? value.obstacle,
    encoded ? { decoded: value.value ?? '' } : {},
  );
}

interface EnvironmentFindings {
  readonly clients: readonly FoundClient[];
  readonly settings: readonly FoundSetting[];
  /** Where values begin that were read as variables. */
  readonly taken: ReadonlySet<number>;
}

function readEnvironment(
  blocks: readonly EnvironmentBlock[],
  reading: Reading,
  expander: Expander,
): EnvironmentFindings {
  return {
    clients: blocks.flatMap((block) =>
      clientsOfEnvironment(block, reading, expander, inherited(block, blocks, expander)),
    ),
    settings: blocks.filter(({ isInput }) => isInput !== true).flatMap(environmentSettings),
    taken: new Set(blocks.flatMap(({ variables }) => variables.map(({ placed }) => placed.scalar.start))),
  };
}

/** Pipelines hand the variables of the whole down to jobs, and those of a job to its steps. */
function inherited(
  block: EnvironmentBlock,
  blocks: readonly EnvironmentBlock[],
  expander: Expander,
): readonly EnvironmentVariable[] {
  if (expander !== 'github' && expander !== 'gitlab') return [];
  const owner = ownerOf(block);
  return blocks
    .filter((other) => other !== block && (ownerOf(other) === '' || owner.startsWith(`${ownerOf(other)}.`)))
    .sort((one, other) => ownerOf(one).length - ownerOf(other).length)
    .flatMap(({ variables }) => variables);
}

function ownerOf({ path }: EnvironmentBlock): string {
  return path.split('.').slice(0, -1).join('.');
}

function without(clients: readonly FoundClient[], taken: ReadonlySet<number>): readonly FoundClient[] {
  return clients.filter(({ members }) => !members.some(({ start }) => taken.has(start)));
}
