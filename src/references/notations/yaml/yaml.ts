import { startDeadline } from '../../grammar';
import {
  type Findings,
  type FoundClient,
  type FoundMount,
  type FoundSetting,
  hiddenLines,
  type Notation,
} from '../../notation';
import { readDocument } from './document';
import { encodeForm, quotesOf } from './form';
import { hiddenIn } from './hidden';
import { innerNotations } from './nested';
import { parseYaml } from './parseYaml';
import { clientsOfTemplate, isTemplate } from './template';
import { buildTree, type KeyRanges } from './tree';

/** Files that tools write, with thousands of lines and no settings. */
const NEVER = /^(?:pnpm-lock|yarn-lock|pubspec\.lock|mkdocs|_config|\.pre-commit-config|\.yarnrc)\.ya?ml$/i;

/** YAML within YAML, as in ConfigMaps; deeper than this nobody writes it. */
const MAX_DEPTH = 2;

/**
 * YAML: Spring and Nacos, Kubernetes, values of Helm, Compose, pipelines. What reads a document is told from its content;
 * values are edited by range, in the quotes that stand there where these can hold the new value.
 */
export const yaml: Notation = {
  name: 'yaml',
  configures: true,

  covers: (fileName) => /\.ya?ml$/i.test(fileName) && !NEVER.test(fileName),

  find: (text) => findAt(text, 0),

  encode(value, rawBefore, form) {
    return encodeForm(value, rawBefore, form, innerNotations(yaml));
  },

  quotes(raw, form) {
    return quotesOf(raw, form, innerNotations(yaml));
  },
};

async function findAt(text: string, depth: number): Promise<Findings> {
  try {
    return await findIn(text, depth);
  } catch (error) {
    // Brackets nested deeper than the stack of the parser.
    if (error instanceof RangeError) return { clients: [], hidden: hiddenLines(text, 0, text.length) };
    throw error;
  }
}

async function findIn(text: string, depth: number): Promise<Findings> {
  const checkTime = startDeadline();
  const { documents, lexemes } = parseYaml(text, checkTime);
  const errors = documents.map((document) =>
    document.errors.filter(({ code }) => code !== 'BAD_SCALAR_START'),
  );
  if (errors.some(({ length }) => length > 0) && isTemplate(text))
    return { clients: clientsOfTemplate(text), hidden: hiddenLines(text, 0, text.length) };
  const keys: KeyRanges = new Map();
  const clients: FoundClient[] = [];
  const settings: FoundSetting[] = [];
  const mounts: FoundMount[] = [];
  const environmentFiles: string[] = [];
  for (const [index, document] of documents.entries()) {
    const tree = buildTree(document, text, keys, checkTime);
    if (tree === undefined) continue;
    const reading = {
      text,
      // What a parser complains of, another may read otherwise.
      broken: (errors[index]?.length ?? 0) > 0 ? ('unsupported' as const) : undefined,
      anchor: index === 0 ? '' : `document ${index + 1}/`,
      checkTime,
    };
    const found = await readDocument(
      tree,
      reading,
      depth < MAX_DEPTH ? (inner) => findAt(inner, depth + 1) : undefined,
    );
    clients.push(...found.clients);
    settings.push(...found.settings);
    mounts.push(...found.mounts);
    environmentFiles.push(...(found.environmentFiles ?? []));
  }
  return {
    clients: withOwnAnchors(clients),
    hidden: hiddenIn(text, lexemes, keys),
    settings,
    mounts,
    ...(environmentFiles.length > 0 ? { environmentFiles } : {}),
  };
}

/** Two clients of one name, as of two objects of one kind and name, are told apart by their order. */
function withOwnAnchors(clients: readonly FoundClient[]): readonly FoundClient[] {
  const counts = new Map<string, number>();
  return clients
    .filter(({ members }) => members.length > 0)
    .map((client) => {
      const count = (counts.get(client.anchor) ?? 0) + 1;
      counts.set(client.anchor, count);
      return count === 1 ? client : { ...client, anchor: `${client.anchor}#${count}` };
    });
}
