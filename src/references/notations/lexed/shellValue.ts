import type { ReferenceRole } from '../../../model/reference';
import type { FoundMember, FoundSetting } from '../../notation';
import type { Expansion, SkipCommands } from './shellExpansion';
import { readShellWord, type ShellWord } from './shellWord';

/** What a word of a shell is for a client: its value, a variable that is looked up, a file whose content it gets. */
export function shellMembers(
  text: string,
  word: ShellWord,
  role: ReferenceRole,
  name: string | undefined,
  skipCommands: SkipCommands,
): readonly FoundMember[] {
  const { start, end, value, form } = word;
  const found = {
    role,
    start,
    end,
    ...(name === undefined ? {} : { name }),
    ...(form === undefined ? {} : { form }),
  };
  if (value !== undefined) return value === '' ? [] : [{ ...found, value }];
  const expansion = onlyExpansion(text, word);
  if (expansion?.kind === 'variable' && expansion.name !== undefined) {
    const looked: FoundMember = {
      ...found,
      role: role === 'password' ? 'passwordEnv' : role,
      obstacle: 'lookup',
      lookup: { in: 'environment', name: expansion.name },
    };
    const fallback = readFallback(text, expansion, skipCommands);
    return fallback === undefined ? [looked] : [looked, { ...found, ...fallback }];
  }
  const read = expansion?.kind === 'command' ? readFile(text, expansion, skipCommands) : undefined;
  const fileRole = role === 'password' ? 'passwordFile' : role === 'keyContent' ? 'keyFile' : undefined;
  if (read !== undefined && fileRole !== undefined) return [{ ...found, ...read, role: fileRole }];
  return [{ ...found, obstacle: 'interpolated' }];
}

/** The value of a variable, for those who look it up. */
export function shellSetting(
  text: string,
  word: ShellWord,
  name: string,
  skipCommands: SkipCommands,
): FoundSetting | undefined {
  const [found, fallback] = shellMembers(text, word, 'keyFile', name, skipCommands);
  if (found === undefined) return undefined;
  const { role: _, name: __, ...value } = fallback ?? found;
  const lookup = fallback === undefined ? {} : { lookup: found.lookup };
  return {
    in: 'environment',
    name,
    ...value,
    ...(lookup.lookup === undefined ? {} : { lookup: lookup.lookup }),
  };
}

/** The expansion that is all of a word, in double quotes or without. */
function onlyExpansion(text: string, { start, end, expansions }: ShellWord): Expansion | undefined {
  const [only] = expansions;
  if (only === undefined || expansions.length > 1) return undefined;
  const around = text.slice(start, only.start) + text.slice(only.end, end);
  return around === '' || around === '""' ? only : undefined;
}

/** The text for want of a value, where nothing is expanded in it. */
function readFallback(
  text: string,
  { fallback, quoted }: Expansion,
  skipCommands: SkipCommands,
): { start: number; end: number; value: string; form: string } | undefined {
  if (fallback === undefined || fallback.start === fallback.end) return undefined;
  const { start, end } = fallback;
  if (!quoted) {
    const word = readShellWord(`${text.slice(0, end)} `, start, skipCommands);
    return word.end === end && word.value !== undefined
      ? { start, end, value: word.value, form: 'fallback' }
      : undefined;
  }
  const raw = text.slice(start, end);
  if (/(?:^|[^\\])(?:\\\\)*[$`]/.test(raw)) return undefined;
  return { start, end, value: raw.replace(/\\([\\"$`}])/g, '$1'), form: 'fallback"' };
}

/** The path in `$(cat path)` and `$(< path)`. */
function readFile(
  text: string,
  { start, end }: Expansion,
  skipCommands: SkipCommands,
): { start: number; end: number; value: string } | undefined {
  const head = /^\$\(\s*(?:cat\s+|<\s*)/.exec(text.slice(start, end));
  if (head === null) return undefined;
  const from = start + head[0].length;
  const word = readShellWord(text, from, skipCommands);
  const rest = text.slice(word.end, end);
  if (word.value === undefined || word.pattern || word.value === '') return undefined;
  // `| tr -d '\n'` only takes the line end away.
  return /^\s*(?:\|\s*tr\s+-d\s+(?:'[^']*'|"[^"]*"|\S+)\s*)?\)$/.test(rest)
    ? { start: from, end: word.end, value: word.value }
    : undefined;
}
