import { findClientKeyId } from '../../../model/clientKey';
import { type FoundClient, type FoundMember, hiddenLines, type Notation } from '../../notation';
import type { NamedValue } from '../layered/namedValue';
import { meaningOf } from '../layered/siblingNames';
import { clientsOfScope } from '../layered/siblings';
import { isPlaceholder } from '../settingNames';
import { type Block, splitBlocks } from './blocks';

const FILE = /clientKey_KAAP\.[0-9a-f-]{36}(?:\.json|_Password\.txt)/gi;
const CONTENT =
  /\{\s{0,9}"KeyId"\s{0,9}:\s{0,9}"KAAP\.[0-9a-f-]{36}"\s{0,9},\s{0,9}"PrivateKeyData"\s{0,9}:\s{0,9}"[A-Za-z0-9+/]+=*"\s{0,9}\}/gi;
/** `name=value`, `"name": "value"`, `name => 'value'`, `.setName("value")`, `Name: tea.String("value")`; of the name, its end. */
const SETTING =
  /(?:client[-_]?key|password)[\w-]{0,40}["'`]?\s{0,4}(=>|[:=(])\s{0,4}(?:\w{1,20}\.\w{1,20}\(\s{0,4})?("[^"\r\n]{0,1000}"|'[^'\r\n]{0,1000}'|[^\s"'`,;)}\]|]{1,1000})/gi;

/**
 * Documents: Markdown, reStructuredText, AsciiDoc. No program reads them, so they are listed and never ticked. Only what
 * certainly names a credential is taken: its file, its content, and settings with a value, a password only beside its key.
 */
export const markdown: Notation = {
  name: 'markdown',

  covers: (fileName) => /\.(?:md|mdx|markdown|rst|adoc|asciidoc)$/i.test(fileName),

  async find(text) {
    return {
      clients: splitBlocks(text).flatMap((block, index) => clientsOfBlock(text, block, index)),
      hidden: hiddenLines(text, 0, text.length),
    };
  },

  encode(value, _rawBefore, form) {
    if (form === 'content') return /^\{[\s\S]*\}$/.test(value) ? value : undefined;
    const unsafe = form === 'quoted' ? /["'`\\\r\n]/ : /[\s"'`\\<>()[\]{}|=,;]/;
    return unsafe.test(value) ? undefined : value;
  },

  quotes: () => ({ open: 0, close: 0 }),
};

function clientsOfBlock(text: string, block: Block, index: number): readonly FoundClient[] {
  const anchor = `block[${index}]`;
  const named = clientsOfScope({ anchor, around: '', values: readSettings(text, block) }).map((client) => ({
    ...client,
    members: client.members.filter(({ lookup }) => lookup === undefined),
  }));
  const taken = named.flatMap(({ members }) => members);
  const isTaken = ({ start, end }: FoundMember) => taken.some((one) => one.start < end && start < one.end);
  const loose = readLoose(text, block).filter((member) => !isTaken(member));
  return [
    ...named.filter(({ members }) => members.length > 0),
    ...pairMentions(loose).map(
      (members, place): FoundClient => ({
        anchor: `${anchor}/mention[${place}]`,
        context: 'weak',
        members,
      }),
    ),
  ].map((client) => ({ ...client, documentation: true }));
}

/** A password file belongs to the credential file of the same key in the same block. */
function pairMentions(mentions: readonly FoundMember[]): readonly (readonly FoundMember[])[] {
  const groups: FoundMember[][] = [];
  const keyId = ({ value = '' }: FoundMember) => findClientKeyId(value);
  const isPassword = ({ role }: FoundMember) => role === 'passwordFile';
  for (const key of mentions.filter((one) => !isPassword(one))) groups.push([key]);
  for (const file of mentions.filter(isPassword)) {
    const group = groups.find(([key]) => key !== undefined && keyId(key) === keyId(file));
    if (group === undefined) groups.push([file]);
    else group.push(file);
  }
  return groups;
}

function readSettings(text: string, { kind, start, end }: Block): readonly NamedValue[] {
  return [...text.slice(start, end).matchAll(SETTING)].flatMap((match): readonly NamedValue[] => {
    const [all, sign, raw = ''] = match;
    const from = wordStart(text, start, start + match.index, /[\w.-]/);
    const name =
      /^[\w.-]*/.exec(text.slice(from, start + match.index + all.length))?.[0].replace(/^\W+/, '') ?? '';
    if (meaningOf(name) === undefined) return [];
    const isQuoted = /^["']/.test(raw);
    // In a sentence a colon is only a colon.
    if (!isQuoted && (sign === '(' || (kind === 'prose' && sign === ':'))) return [];
    const to = start + match.index + all.length - (isQuoted ? 1 : 0);
    const value = isQuoted ? raw.slice(1, -1) : raw;
    // What stands beside the real value for readers to fill in is no second value.
    // An explanation of the setting: `passwordFromFilePath:The path of …`.
    if (!isQuoted && sign === ':' && /(?:file|path)$/i.test(name) && !/[\\/.]/.test(value)) return [];
    if (isPlaceholder(value, /password$/i.test(name) ? 'password' : 'keyFile')) return [];
    const range = { name, start: to - value.length, end: to, form: isQuoted ? 'quoted' : 'bare' };
    return [{ ...range, value, ...(value.includes('\\') ? { obstacle: 'ambiguous' } : {}) }];
  });
}

/** Where the word around a place begins; a word has letters of a kind, and an end to its length. */
function wordStart(text: string, from: number, at: number, letter: RegExp): number {
  let start = at;
  while (start > from && at - start < 200 && letter.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/** Files and contents that stand in a sentence, a table or a command. */
function readLoose(text: string, { start, end }: Block): readonly FoundMember[] {
  const part = text.slice(start, end);
  const files = [...part.matchAll(FILE)].map(({ 0: value, index }): FoundMember => {
    const end = start + index + value.length;
    const from = wordStart(text, start, start + index, /[^\s"'`<>()[\]{}|=,;*]/);
    const role = /\.txt$/i.test(value) ? 'passwordFile' : 'keyFile';
    return { role, start: from, end, value: text.slice(from, end), form: 'bare' };
  });
  const contents = [...part.matchAll(CONTENT)].flatMap(({ 0: value, index }): readonly FoundMember[] =>
    findClientKeyId(value) === undefined
      ? []
      : [
          {
            role: 'keyContent',
            start: start + index,
            end: start + index + value.length,
            value,
            form: 'content',
          },
        ],
  );
  return [...files, ...contents].sort((one, other) => one.start - other.start);
}
