import type { NotEditable, ReferenceRole } from '../../model/reference';
import { startDeadline } from '../grammar';
import { type FoundClient, type FoundMember, hiddenLines, type Notation } from '../notation';
import { environmentClients, type Setting } from './lexed/environment';
import { readHclString } from './lexed/hclStrings';
import { hiddenOf, type Lexed, lex } from './lexed/lexer';
import { isPlaceholder } from './settingNames';

/**
 * Terraform and its like: told, and never edited. Every argument of `alicloud_kms_client_key` forces a replacement: an
 * apply would delete the old key and create another one (docs/facts.md NAME-11).
 */
export const hcl: Notation = {
  name: 'hcl',

  covers: (fileName) =>
    /\.(?:tf|tfvars|hcl|nomad|tofu)$/i.test(fileName) && fileName !== '.terraform.lock.hcl',

  async find(text) {
    const lexed = lex(text, rules, startDeadline());
    if (!lexed.complete) return { clients: [], hidden: hiddenLines(text, 0, text.length) };
    const attributes = readAttributes(lexed);
    return {
      clients: [...resourceClients(lexed, attributes), ...otherClients(lexed, attributes)],
      hidden: hiddenOf(lexed),
    };
  },

  encode: () => undefined,

  quotes(raw) {
    const literal = readHclString(raw, 0);
    return typeof literal === 'object' ? { open: literal.open, close: literal.close } : { open: 0, close: 0 };
  },
};

const rules = {
  word: /[\p{L}_][\p{L}\p{N}_-]*/uy,
  lineComments: ['#', '//'],
  nested: false,
  readString: readHclString,
};

const RESOURCE = 'alicloud_kms_client_key';

/** `name = expression`; `from` and `to` are the tokens of the expression. */
interface Attribute {
  readonly name: string;
  readonly index: number;
  /** The bracket around it, -1 at the top. */
  readonly block: number;
  readonly from: number;
  readonly to: number;
}

function readAttributes({ tokens, parent, partner }: Lexed): readonly Attribute[] {
  return tokens.flatMap((token, index) => {
    const sign = tokens[index + 1]?.text;
    const name = token.literal?.value ?? (token.kind === 'word' ? token.text : undefined);
    if (name === undefined || (sign !== '=' && sign !== ':')) return [];
    const from = index + 2;
    let to = from;
    while (
      to < tokens.length &&
      !/^[,)\]}]$/.test(tokens[to]?.text ?? '') &&
      (to === from || !tokens[to]?.first)
    )
      to = Math.max(to, partner[to] ?? to) + 1;
    return to === from ? [] : [{ name, index, block: parent[index] ?? -1, from, to }];
  });
}

/** The label of the block that opens at a bracket: `resource "type" "name" {`. */
function labelsOf({ tokens }: Lexed, brace: number): readonly string[] {
  const labels: string[] = [];
  for (let at = brace - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    const label = token?.literal?.value ?? (token?.kind === 'word' ? token.text : undefined);
    if (label === undefined) break;
    labels.unshift(label);
    if (token?.first === true) break;
  }
  return labels;
}

function resourceClients(lexed: Lexed, attributes: readonly Attribute[]): readonly FoundClient[] {
  const blocks = [...new Set(attributes.map(({ block }) => block))];
  return blocks.flatMap((block): readonly FoundClient[] => {
    const [kind, type, name] = block < 0 ? [] : labelsOf(lexed, block);
    if (kind !== 'resource' || type !== RESOURCE) return [];
    const members = attributes
      .filter((one) => one.block === block)
      .flatMap((attribute): readonly FoundMember[] => {
        const role = attribute.name === 'password' ? 'password' : 'keyFile';
        if (role === 'keyFile' && attribute.name !== 'private_key_data_file') return [];
        return membersOf(lexed, attribute, role, 'replaces');
      });
    return members.length === 0
      ? []
      : [
          {
            anchor: `${RESOURCE}.${name ?? ''}`,
            context: 'specific',
            madeFrom: [...namesInResources(lexed)],
            members,
          },
        ];
  });
}

/** Variables, locals, values of other providers: named as settings of applications are. */
function otherClients(lexed: Lexed, attributes: readonly Attribute[]): readonly FoundClient[] {
  const { tokens } = lexed;
  const used = namesInResources(lexed);
  const settings = attributes.flatMap((attribute): readonly Setting[] => {
    const { block, from, to } = attribute;
    const labels = block < 0 ? [] : labelsOf(lexed, block);
    if (labels[0] === 'resource' && labels[1] === RESOURCE) return [];
    const isDefault = labels[0] === 'variable' && attribute.name === 'default';
    const name = isDefault ? (labels[1] ?? '') : attribute.name;
    const value = literalIn(lexed, from, to);
    if (value === undefined || (labels[0] === 'variable' && !isDefault)) return [];
    const obstacle = used.has(name) ? 'replaces' : 'unsupported';
    const start = tokens[from]?.start ?? 0;
    const end = tokens[to - 1]?.end ?? 0;
    return [
      {
        name,
        from: tokens[attribute.index]?.start ?? 0,
        start,
        end,
        quote: '',
        value: value.value,
        scope: isDefault ? 'variables' : `${block}`,
        members: (role) => membersOf(lexed, attribute, role, obstacle),
      },
    ];
  });
  return environmentClients(settings);
}

/** Names of variables and locals that a client key of Terraform is made from. */
function namesInResources(lexed: Lexed): ReadonlySet<string> {
  const { tokens, parent } = lexed;
  const names = new Set<string>();
  tokens.forEach(({ text }, index) => {
    const name = tokens[index + 2];
    if (!/^(?:var|local)$/.test(text) || tokens[index + 1]?.text !== '.' || name?.kind !== 'word') return;
    for (let at = parent[index] ?? -1; at >= 0; at = parent[at] ?? -1)
      if (labelsOf(lexed, at)[1] === RESOURCE) names.add(name.text);
  });
  return names;
}

function membersOf(
  lexed: Lexed,
  { name, from, to }: Attribute,
  role: ReferenceRole,
  obstacle: NotEditable,
): readonly FoundMember[] {
  const { tokens } = lexed;
  const found = { role, name, start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 };
  const literal = literalIn(lexed, from, to);
  if (literal !== undefined) {
    const { value, token, isFile, base } = literal;
    if (value === '' || isPlaceholder(value, role)) return [];
    const place = { start: tokens[token]?.start ?? 0, end: tokens[token]?.end ?? 0 };
    const fileRole = role === 'password' ? 'passwordFile' : role === 'keyContent' ? 'keyFile' : role;
    return [
      { ...found, ...place, role: isFile ? fileRole : role, value, obstacle, ...(base ? { base: '.' } : {}) },
    ];
  }
  const words = tokens.slice(from, to);
  const isName = /^(?:var|local|data|module|each)$/.test(words[0]?.text ?? '');
  const isPlain = isName && words.every(({ kind, text }) => kind === 'word' || text === '.');
  return [{ ...found, obstacle: isPlain ? 'lookup' : 'interpolated' }];
}

interface HclLiteral {
  readonly value: string;
  readonly token: number;
  /** The content of the file at this path is taken. */
  readonly isFile: boolean;
  /** The path counts from the folder of this file. */
  readonly base: boolean;
}

/** A literal, `file("path")`, and paths that begin with `${path.module}/`. */
function literalIn({ tokens }: Lexed, from: number, to: number): HclLiteral | undefined {
  const isFile =
    /^(?:file|filebase64|templatefile)$/.test(tokens[from]?.text ?? '') && tokens[from + 1]?.text === '(';
  const token = isFile ? from + 2 : from;
  if (to - from !== (isFile ? 4 : 1)) return undefined;
  const literal = tokens[token]?.literal;
  if (literal === undefined) return undefined;
  const module = /^"\$\{path\.module\}\/([^$%"\\]+)"$/.exec(tokens[token]?.text ?? '');
  if (module?.[1] !== undefined) return { value: module[1], token, isFile, base: true };
  return literal.value === undefined ? undefined : { value: literal.value, token, isFile, base: false };
}
