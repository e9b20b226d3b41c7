import type { ReferenceRole } from '../../../model/reference';
import type { FoundClient, FoundMember } from '../../notation';
import { memberNamed, roleByValue } from './dialect';
import type { ShellScript } from './shellScript';
import { readShellWord, type ShellWord } from './shellWord';

/** `name=value` of a flag, by the places of the value in the script. */
interface Pair {
  readonly name: string;
  readonly word: ShellWord;
  readonly flag: string;
}

/**
 * Clients in the values that `helm` is given: `--set kbs.aliyunKms.password=…,…`, `--set-file kbs.aliyunKms.clientKey=…`
 * (docs/facts.md NAME-4). One client is what stands below one name.
 */
export function helmClients(
  text: string,
  words: readonly ShellWord[],
  { skipCommands }: ShellScript,
  membersOf: (word: ShellWord, role: ReferenceRole) => readonly FoundMember[],
): readonly (readonly [string, FoundClient['members']])[] {
  if (!/^(?:.*\/)?helm$/.test(words[0]?.value ?? '')) return [];
  const clients = new Map<string, FoundMember[]>();
  for (const { name, word, flag } of pairsOf(text, words, skipCommands)) {
    const dot = name.lastIndexOf('.');
    const member = dot < 0 ? undefined : memberNamed(name);
    if (member === undefined) continue;
    const isFile = flag === '--set-file';
    const isPassword = member.role === 'password';
    const role = !isFile ? member.role : isPassword ? 'passwordFile' : 'keyFile';
    const found = membersOf(word, role).map((one) => ({
      ...one,
      role: isFile ? one.role : roleByValue(one.role, one.value),
      form: `helm ${flag === '--set' ? 'typed' : 'text'}${one.form === undefined ? '' : ` ${one.form}`}`,
    }));
    const around = name.slice(0, dot);
    clients.set(around, [...(clients.get(around) ?? []), ...found]);
  }
  return [...clients];
}

/** Commas part several pairs of one flag. */
function pairsOf(text: string, words: readonly ShellWord[], skipCommands: ShellScript['skipCommands']) {
  return words.flatMap((word, index): readonly Pair[] => {
    const raw = text.slice(word.start, word.end);
    const joined = /^(--set(?:-string|-file)?)=/.exec(raw);
    const before = words[index - 1];
    const apart =
      before === undefined
        ? undefined
        : /^--set(?:-string|-file)?$/.exec(text.slice(before.start, before.end))?.[0];
    const flag = joined?.[1] ?? apart;
    if (flag === undefined) return [];
    const start = word.start + (joined?.[0].length ?? 0);
    return splitAtCommas(text.slice(start, word.end)).flatMap(({ from, to, quote }) => {
      const piece = text.slice(start + from, start + to);
      const [head, name] = /^([\w.[\]-]+)=/.exec(piece) ?? [];
      if (head === undefined || name === undefined) return [];
      const [at, end] = [start + from + head.length, start + to];
      if (quote === '') return [{ name, flag, word: readShellWord(text.slice(0, end), at, skipCommands) }];
      const { value } = readShellWord(`${quote}${text.slice(at, end)}${quote}`, 0, () => undefined);
      const inside = { start: at, end, expansions: [], pattern: false, closed: true, form: `inside${quote}` };
      return [{ name, flag, word: value === undefined ? inside : { ...inside, value } }];
    });
  });
}

/** The pieces between commas; where quotes enclose all of them, which. */
function splitAtCommas(raw: string) {
  const quote = /^(?:"(?:[^"\\]|\\.)*"|'[^']*')$/s.test(raw) ? raw.charAt(0) : '';
  const pieces: { from: number; to: number; quote: string }[] = [];
  let open = '';
  let from = quote.length;
  for (let at = from; at <= raw.length - quote.length; at += 1) {
    const unit = raw.charAt(at);
    const isEnd = at === raw.length - quote.length;
    if (!isEnd && quote === '' && (unit === open || (open === '' && /["']/.test(unit))))
      open = open === '' ? unit : '';
    if (!isEnd && (unit !== ',' || open !== '')) continue;
    pieces.push({ from, to: at, quote });
    from = at + 1;
  }
  return pieces;
}

/**
 * Whether helm reads a text as it is: commas and brackets part it, a backslash escapes, and with `--set` a number or a word
 * like `true` is none.
 */
export function isHelmText(value: string, typed: boolean): boolean {
  if (/[,\\{}[\]=]/.test(value)) return false;
  return !typed || !/^(?:true|false|null|-?(?:0|[1-9]\d*))$/i.test(value);
}
