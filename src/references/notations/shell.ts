import { startDeadline } from '../grammar';
import { type Findings, hiddenLines, type Notation } from '../notation';
import { encodeJson } from './json/jsonString';
import { environmentClients } from './lexed/environment';
import { commandClients } from './lexed/shellCommands';
import { documentClients, encodeDocument } from './lexed/shellDocuments';
import { isHelmText } from './lexed/shellHelm';
import { jsonClients } from './lexed/shellJson';
import { nestedScripts } from './lexed/shellNested';
import { quoteFallback, quoteForShell, quoteInside } from './lexed/shellQuotes';
import { lexShell, type ShellScript } from './lexed/shellScript';
import { readMounts, readSettings } from './lexed/shellSettings';
import { shellSetting } from './lexed/shellValue';
import { readShellWord } from './lexed/shellWord';
import { nameLength } from './settingNames';

/** Scripts of shells: variables, flags, secrets of Kubernetes made from files (docs/facts.md NAME-2, NAME-9). */
export const shell: Notation = {
  name: 'shell',
  configures: true,

  covers: (fileName, path) => NAMED.test(fileName) || (NAMELESS.test(fileName) && SCRIPTS.test(path)),

  async find(text) {
    const checkTime = startDeadline();
    const program = /^#!.*/.exec(text)?.[0];
    // Of a file that its name does not tell, its first line does.
    if (program !== undefined && !/\b(?:ba|z|k|da|a)?sh\b/.test(program)) return nothingIn(text);
    return findInShell(text, checkTime);
  },

  encode(value, rawBefore, form) {
    if (form === undefined) return quoteForShell(value, rawBefore);
    // It would be taken for a flag.
    if (form === 'argument') return /^--[A-Za-z]/.test(value) ? undefined : quoteForShell(value, rawBefore);
    if (form === 'part') return quoteForShell(value, '') === value ? value : undefined;
    if (form.startsWith('fallback')) return quoteFallback(value, form.endsWith('"'));
    if (form.startsWith('inside')) return quoteInside(value, form.slice(-1));
    if (form.startsWith('document')) return encodeDocument(value, rawBefore, form);
    const helm = /^helm (typed|text)(?: (.*))?$/.exec(form);
    if (helm !== null)
      return isHelmText(value, helm[1] === 'typed') ? shell.encode(value, rawBefore, helm[2]) : undefined;
    const [, layer, quote = '', inner] = /^(json|script)(['"])(?: (.*))?$/.exec(form) ?? [];
    if (layer === undefined) return undefined;
    const before = readShellWord(`${quote}${rawBefore}${quote}`, 0, () => undefined).value;
    if (before === undefined) return undefined;
    const written = layer === 'json' ? encodeJson(value, before, inner) : shell.encode(value, before, inner);
    return written === undefined ? undefined : quoteInside(written, quote);
  },

  quotes(raw, form) {
    if (form !== undefined && form !== 'argument') return { open: 0, close: 0 };
    const open = /^\$?["']/.exec(raw)?.[0].length ?? 0;
    return open > 0 && raw.length > open && raw.endsWith(raw.charAt(open - 1))
      ? { open, close: 1 }
      : { open: 0, close: 0 };
  },
};

const NAMED =
  /\.(?:sh|bash|zsh|ksh|command)$|^\.?(?:envrc|profile|bashrc|bash_profile|zshrc|zshenv|zprofile)$/i;
/** Scripts without an ending, by the places where they usually lie. */
const NAMELESS = /^[\w-]+$/;
const SCRIPTS =
  /(?:^|\/)(?:bin|scripts?|tools?|hack|ci|deploy|docker|\.husky|\.?githooks|hooks)\/[^/]+$|(?:^|\/)(?:docker-)?entrypoint$/i;

function nothingIn(text: string): Findings {
  return { clients: [], hidden: hiddenLines(text, 0, text.length) };
}

/** Everything in the text of a script; used for scripts inside of other files, too. */
export async function findInShell(text: string, checkTime: () => void): Promise<Findings> {
  const script = lexShell(text, checkTime);
  // Behind a quote that does not end nothing is what it seems to be.
  if (!script.complete) return nothingIn(text);
  const settings = readSettings(text, script);
  const nested = await nestedScripts(text, script, (inner) => findInShell(inner, checkTime));
  // What is set in two blocks is told twice: which of them counts, nobody knows.
  const last = [...new Map(settings.map((one) => [`${one.scope} ${one.name}`, one])).values()];
  return {
    clients: [
      ...environmentClients(settings),
      ...commandClients(text, script),
      ...jsonClients(text, settings),
      ...nested.clients,
      ...(await documentClients(text, script.documents)),
    ],
    hidden: hiddenIn(text, script),
    settings: [
      ...last.flatMap(({ word, name }) => shellSetting(text, word, name, script.skipCommands) ?? []),
      ...(nested.settings ?? []),
    ],
    mounts: readMounts(text, script),
  };
}

/** Every word but the first of a command, every comment, every here-document. */
function hiddenIn(text: string, script: ShellScript): Findings['hidden'] {
  const { words, commands, comments, documents, arrays } = script;
  const names = new Set(commands.flatMap(({ words: [first] }) => (first === undefined ? [] : [first.start])));
  const values = words.flatMap((word) => {
    const whole = text.slice(word.start, word.end);
    const isItem = arrays.some(({ start, end }) => start < word.start && word.end <= end);
    const dashes = FLAG.exec(whole)?.[0].length ?? 0;
    const head = nameLength(whole.slice(dashes));
    if (head === 0 && !isItem && names.has(word.start) && (isCommandName(whole) || EMPTY.test(whole)))
      return [];
    if (dashes > 0 && /^[a-z][a-z_-]{0,40}$/i.test(whole.slice(dashes))) return [];
    const start = head === 0 ? word.start : word.start + dashes + head;
    return [{ start, end: word.end, ...shell.quotes(text.slice(start, word.end)) }];
  });
  return [
    ...values,
    ...comments,
    ...documents.flatMap(({ start, end }) => hiddenLines(text, start, end)),
  ].sort((one, other) => one.start - other.start);
}

/** The dashes of an option with a long name. Behind a single one a value may stand at once: `-pSecret`. */
const FLAG = /^(?:--(?=[A-Za-z])|-(?=[A-Za-z]$|D[\w.]+=|client[-_]key|endpoint))/;
/** `NAME=` of an assignment or in front of the brackets of an array. */
const EMPTY = /^[A-Za-z_]{1,40}\+?=$|^[A-Z_][A-Z0-9_]{0,60}\+?=$/;

/** Base64 and addresses with passwords are none, even where a line breaks before them. */
function isCommandName(raw: string): boolean {
  return /^[\w./~+:-]+$/.test(raw) && !/:\/\//.test(raw);
}
