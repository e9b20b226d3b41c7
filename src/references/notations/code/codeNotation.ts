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
import { splitByAssignment, splitByBranch } from './branches';
import { type FollowedWrite, splitByCall } from './callers';
import { follow } from './follow';
import type { Language, Write } from './language';
import { findLeftovers } from './leftover';
import { createScopes } from './scopes';
import type { Reading, Source } from './source';
import { nodesOf } from './tree';
import { isUsedElsewhere } from './usage';

/** The notation of a programming language: values of a client's members, followed to where they stand in the same file. */
export function createCodeNotation(language: Language, grammarsFolder: string): Notation {
  let parser: ReturnType<typeof loadGrammar> | undefined;
  return {
    name: language.name,
    covers: language.covers,
    async find(text) {
      parser ??= loadGrammar(grammarsFolder, language.grammar);
      const tree = (await parser)(text);
      try {
        return findIn(text, tree.rootNode, language);
      } finally {
        tree.delete();
      }
    },
    encode: language.encode,
    quotes: language.quotes,
  };
}

function findIn(text: string, root: Node, language: Language): Findings {
  const checkTime = startDeadline();
  const variables = language.variables(root, checkTime);
  const reading: Reading = {
    text,
    read: language.read,
    scopes: createScopes(variables, language),
    checkTime,
  };
  const clients = new Map<string, FollowedWrite[]>();
  for (const write of language.writes(root, variables, checkTime)) {
    checkTime();
    const sources = write.context === 'foreign' ? [] : follow(write.value, reading);
    if (sources.length === 0) continue;
    const own = clients.get(write.anchor) ?? [];
    clients.set(write.anchor, own);
    own.push({ write, sources });
  }
  const believed = [...clients].flatMap(([anchor, all]) => {
    const calls = splitByCall(all, reading)
      .flatMap((own) => splitByAssignment(own, reading))
      .flatMap(splitByBranch);
    return calls.flatMap((own, index) => believe(index === 0 ? anchor : `${anchor}@${index + 1}`, own) ?? []);
  });
  const uses = believed.flatMap(({ own }) => own.map(({ write }) => write.value));
  const found = believed.map(({ anchor, context, own }) => {
    const members = own.flatMap(({ write, sources }) =>
      sources.flatMap((source) => {
        checkTime();
        return memberOf(write, source, (through) => isUsedElsewhere(root, through, uses, reading)) ?? [];
      }),
    );
    return { anchor, context, members };
  });
  return {
    clients: [...found, ...findLeftovers(root, language, found)],
    hidden: hiddenIn(text, root, language),
  };
}

function believe(
  anchor: string,
  all: readonly FollowedWrite[],
): { anchor: string; context: FoundClient['context']; own: readonly FollowedWrite[] } | undefined {
  const fits = ({ write, sources }: FollowedWrite) =>
    write.requires === undefined ||
    sources.some(({ value }) => value !== undefined && write.requires?.test(value));
  const proven = all.some((one) => one.write.requires !== undefined && fits(one));
  const own = all.filter((one) => fits(one) && (one.write.obstacle !== 'unsupported' || proven));
  const context = own.some(({ write }) => write.context === 'specific') ? 'specific' : 'weak';
  // Key and certificate of some TLS connection.
  if (context === 'weak' && own.some(({ write, sources }) => isKey(write) && sources.some(isTls)))
    return undefined;
  // A password alone on an object of an unknown class belongs to anything, and so does a key of which nothing is known.
  if (context === 'weak' && !own.some(({ write, sources }) => isKey(write) && sources.some(isKnown)))
    return undefined;
  return own.length === 0 ? undefined : { anchor, context, own };
}

function isKnown({ value, lookup }: Source): boolean {
  return value !== undefined || lookup !== undefined;
}

function isTls({ value }: Source): boolean {
  return value !== undefined && /\.(?:pem|key|crt|cer|der|p12|pfx|p8|jks)\s*$|-----BEGIN/i.test(value);
}

function isKey({ role }: Write): boolean {
  return role === 'keyFile' || role === 'keyContent';
}

function memberOf(
  write: Write,
  source: Source,
  isUsedBesides: (through: Source['through']) => boolean,
): FoundMember | undefined {
  const { start, end, value, form, base } = source;
  const role = roleOf(write, source);
  const name = nameWritten(write, source);
  const obstacle = write.obstacle ?? source.obstacle ?? (name === undefined ? undefined : 'lookup');
  const lookup = name ?? source.lookup;
  const place = { role, start, end };
  const by = lookup === undefined ? {} : { lookup };
  if (value === undefined || name !== undefined) return { ...place, ...by, obstacle: obstacle ?? 'lookup' };
  if (value === '' || isPlaceholder(value, role)) return undefined;
  const known = {
    ...place,
    value,
    ...(form === undefined ? {} : { form }),
    ...(base === undefined ? {} : { base }),
  };
  if (obstacle !== undefined) return { ...known, ...by, obstacle };
  // A password that something else reads too, say a database, must not change with the client key.
  return role === 'password' && isUsedBesides(source.through) ? { ...place, obstacle: 'ambiguous' } : known;
}

/** What is read from a file is named by its path; what is read from the environment, by a variable's name. */
function roleOf({ role, named }: Write, source: Source): Write['role'] {
  if (source.fromFile === true && role === 'password') return 'passwordFile';
  if (source.fromFile === true && role === 'keyContent') return 'keyFile';
  const place = named?.in ?? source.lookup?.in;
  return place === 'environment' && role === 'password' ? 'passwordEnv' : role;
}

/** The look-up that a client makes by itself, where it is given no value but a name. */
function nameWritten({ role, named }: Write, { value }: Source): FoundMember['lookup'] {
  const by = named ?? (role === 'passwordEnv' ? { in: 'either' as const, indirect: true } : undefined);
  return by === undefined || value === undefined || value === '' ? undefined : { ...by, name: value };
}

/** Every string literal and every comment; all of a file in which not everything was understood. */
function hiddenIn(text: string, root: Node, language: Language): readonly HiddenRange[] {
  if (root.hasError) return hiddenLines(text, 0, text.length);
  let end = 0;
  return nodesOf(root, [...language.strings, ...language.comments]).flatMap((node) => {
    // Literals in the holes of another one are hidden with it.
    if (node.endIndex <= end) return [];
    end = node.endIndex;
    const raw = text.slice(node.startIndex, end);
    const marks = language.comments.includes(node.type) ? commentMarks(raw) : language.quotes(raw);
    return [{ start: node.startIndex, end, ...marks }];
  });
}

function commentMarks(raw: string): { readonly open: number; readonly close: number } {
  const open = /^(?:\/[/*]|#)/.exec(raw)?.[0].length ?? 0;
  return { open, close: raw.startsWith('/*') && raw.endsWith('*/') && raw.length >= 4 ? 2 : 0 };
}
