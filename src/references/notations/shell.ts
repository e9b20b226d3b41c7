import { startDeadline } from '../grammar';
import { type Findings, hiddenLines, type Notation } from '../notation';
import { encodeJson } from './json/jsonString';
import { environmentClients } from './lexed/environment';
import { commandClients } from './lexed/shellCommands';
import { documentClients, encodeDocument } from './lexed/shellDocuments';
import { jsonClients } from './lexed/shellJson';
import { quoteFallback, quoteForShell, quoteInside } from './lexed/shellQuotes';
import { lexShell, type ShellScript } from './lexed/shellScript';
import { readMounts, readSettings } from './lexed/shellSettings';
import { shellSetting } from './lexed/shellValue';
import { readShellWord } from './lexed/shellWord';

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
    const [, quote = '', inner] = /^json(['"])(?: (.*))?$/.exec(form) ?? [];
    if (quote === '') return undefined;
    const before = readShellWord(`${quote}${rawBefore}${quote}`, 0, () => undefined).value;
    const written = before === undefined ? undefined : encodeJson(value, before, inner);
    if (written === undefined) return undefined;
    return quoteInside(written, quote);
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
  // What is set in two blocks is told twice: which of them counts, nobody knows.
  const last = [...new Map(settings.map((one) => [`${one.scope} ${one.name}`, one])).values()];
  return {
    clients: [
      ...environmentClients(settings),
      ...commandClients(text, script),
      ...jsonClients(text, settings),
      ...(await documentClients(text, script)),
    ],
    hidden: hiddenIn(text, script),
    settings: last.flatMap(({ word, name }) => shellSetting(text, word, name, script.skipCommands) ?? []),
    mounts: readMounts(text, script),
  };
}

/** Every word but the first of a command, every comment, every here-document. */
function hiddenIn(text: string, { words, commands, comments, documents }: ShellScript): Findings['hidden'] {
  const names = new Set(commands.flatMap(({ words: [first] }) => (first === undefined ? [] : [first.start])));
  const values = words.flatMap((word) => {
    const head = /^[A-Za-z_-][\w-]*\+?=/.exec(text.slice(word.start, word.end))?.[0].length ?? 0;
    if (head === 0 && names.has(word.start)) return [];
    const [start, end] = [word.start + head, word.end];
    const raw = text.slice(start, end);
    if (raw === '' || /^--?[a-z][a-z_-]{0,40}$/i.test(raw)) return [];
    return [{ start, end, ...shell.quotes(raw) }];
  });
  return [
    ...values,
    ...comments,
    ...documents.flatMap(({ start, end }) => hiddenLines(text, start, end)),
  ].sort((one, other) => one.start - other.start);
}
