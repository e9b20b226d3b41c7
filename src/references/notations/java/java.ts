import type { Node } from 'web-tree-sitter';
import { loadGrammar, startDeadline } from '../../grammar';
import {
  type Findings,
  type FoundClient,
  type FoundMember,
  type HiddenRange,
  hiddenLines,
  type Notation,
} from '../../notation';
import { isPlaceholder } from '../settingNames';
import { type Declarations, nodesOf, readDeclarations } from './declarations';
import { encodeJavaString } from './literal';
import { type MemberWrite, readMemberWrites } from './members';
import { type Receiver, receiverOf } from './receivers';
import { readTypes } from './types';
import { isUsedElsewhere } from './usage';
import { type FoundValue, followValue } from './values';

/**
 * Java sources that configure the instance SDK: fluent chains, statements and fields, with values in the same file
 * (docs/facts.md NAME-1, NAME-8).
 */
export function createJava(grammarsFolder: string): Notation {
  let parser: ReturnType<typeof loadGrammar> | undefined;
  return {
    name: 'java',
    covers: (fileName) => fileName.toLowerCase().endsWith('.java'),
    async find(text) {
      parser ??= loadGrammar(grammarsFolder, 'java');
      const tree = (await parser)(text);
      try {
        return findIn(text, tree.rootNode);
      } finally {
        tree.delete();
      }
    },
    encode: (value, rawBefore) => encodeJavaString(value, rawBefore),
    quotes(raw) {
      const width = quoteWidth(raw);
      return { open: width, close: width };
    },
  };
}

interface Client {
  readonly receiver: Receiver;
  readonly context: FoundClient['context'];
  readonly writes: { readonly write: MemberWrite; readonly found: FoundValue }[];
}

function findIn(text: string, root: Node): Findings {
  const checkTime = startDeadline();
  const declarations = readDeclarations(root, checkTime);
  const writes = readMemberWrites(root, checkTime);
  const clients = groupByReceiver(root, writes, declarations, checkTime);
  const anchors = new Map<string, number>();
  return {
    clients: clients.map(({ receiver, context, writes: own }) => {
      checkTime();
      const count = (anchors.get(receiver.anchor) ?? 0) + 1;
      anchors.set(receiver.anchor, count);
      return {
        anchor: count === 1 ? receiver.anchor : `${receiver.anchor}#${count}`,
        context,
        members: own.flatMap(({ write, found }) => memberOf(root, write, found, clients, declarations) ?? []),
      };
    }),
    hidden: hiddenIn(text, root),
  };
}

function groupByReceiver(
  root: Node,
  writes: readonly MemberWrite[],
  declarations: Declarations,
  checkTime: () => void,
): readonly Client[] {
  const judge = readTypes(root, declarations);
  const clients = new Map<Receiver['owner'], Map<number, Client>>();
  for (const write of writes) {
    checkTime();
    if (write.role === undefined) continue;
    const receiver = receiverOf(write.object, declarations);
    const verdict = receiver === undefined ? 'foreign' : judge(receiver.type);
    const found = followValue(write.value, declarations);
    if (receiver === undefined || verdict === 'foreign' || found === undefined) continue;
    const generations = clients.get(receiver.owner) ?? new Map<number, Client>();
    clients.set(receiver.owner, generations);
    const client = generations.get(receiver.generation) ?? { receiver, context: verdict, writes: [] };
    generations.set(receiver.generation, client);
    client.writes.push({ write, found });
  }
  return (
    [...clients.values()]
      .flatMap((generations) => [...generations.values()])
      // `setPassword` alone on an object of an unknown class belongs to anything.
      .filter(({ context, writes: own }) => context === 'specific' || own.some(({ write }) => isKey(write)))
  );
}

function memberOf(
  root: Node,
  { role }: MemberWrite,
  found: FoundValue,
  clients: readonly Client[],
  declarations: Declarations,
): FoundMember | undefined {
  if (role === undefined) return undefined;
  const { startIndex: start, endIndex: end } = found.node;
  const { value } = found;
  if (value === undefined) return { role, start, end, obstacle: found.obstacle ?? 'lookup' };
  if (value === '' || isPlaceholder(value, role)) return undefined;
  if (role === 'passwordEnv') return { role, start, end, value, obstacle: 'lookup' };
  const ours = clients.flatMap((client) => client.writes.map(({ write }) => write.value));
  // A password that something else reads too, say a database, must not change with the client key.
  if (role === 'password' && isUsedElsewhere(root, found.through, ours, declarations))
    return { role, start, end, obstacle: 'ambiguous' };
  return { role, start, end, value };
}

function isKey({ role }: MemberWrite): boolean {
  return role === 'keyFile' || role === 'keyContent';
}

/** Every string literal and every comment; all of a file in which not everything was understood. */
function hiddenIn(text: string, root: Node): readonly HiddenRange[] {
  if (root.hasError) return hiddenLines(text, 0, text.length);
  return nodesOf(root, ['string_literal', 'line_comment', 'block_comment']).flatMap((node) => {
    const { startIndex: start, endIndex: end } = node;
    const raw = text.slice(start, end);
    if (node.type === 'line_comment') return [{ start, end, open: 2 }];
    if (node.type === 'block_comment') return [{ start, end, open: 2, close: raw.endsWith('*/') ? 2 : 0 }];
    const width = quoteWidth(raw);
    return [{ start, end, open: width, close: width }];
  });
}

/** Zero for a literal that is not closed. */
function quoteWidth(raw: string): number {
  if (raw.startsWith('"""')) return raw.length >= 6 && raw.endsWith('"""') ? 3 : 0;
  return raw.length >= 2 && raw.startsWith('"') && raw.endsWith('"') ? 1 : 0;
}
