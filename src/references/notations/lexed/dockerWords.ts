/** A word of an instruction: a range of its text. */
export interface DockerWord {
  readonly from: number;
  readonly to: number;
}

/** What a word says: `value` where nothing in it is looked up. */
export interface DockerValue {
  readonly value?: string;
  /** The variable that all of the word is, and the default inside of `${X:-default}`. */
  readonly variable?: { readonly name: string; readonly fallback?: DockerWord; readonly quoted: boolean };
  /** Whether quotes and braces end. */
  readonly closed: boolean;
}

/** Splits at white space that stands outside of quotes and is not escaped. */
export function splitWords(text: string, escaping: string): readonly DockerWord[] {
  const words: DockerWord[] = [];
  let at = 0;
  while (at < text.length) {
    while (/\s/.test(text.charAt(at))) at += 1;
    const from = at;
    let quote = '';
    while (at < text.length && (quote !== '' || !/\s/.test(text.charAt(at)))) {
      const unit = text.charAt(at);
      if (quote === '' && /["']/.test(unit)) quote = unit;
      else if (unit === quote) quote = '';
      else if (unit === escaping && quote !== "'") at += 1;
      at += 1;
    }
    if (at > from) words.push({ from, to: Math.min(at, text.length) });
  }
  return words;
}

/** Reads a word as the builder does: quotes are taken away, `$X` and `${X}` are looked up but in single quotes. */
export function readDockerValue(text: string, { from, to }: DockerWord, escaping: string): DockerValue {
  const parts: string[] = [];
  let variable: DockerValue['variable'];
  let expanded = false;
  let closed = true;
  let at = from;
  let double = false;
  while (at < to) {
    const unit = text.charAt(at);
    if (unit === "'" && !double) {
      const end = text.indexOf("'", at + 1);
      if (end < 0 || end >= to) return { closed: false };
      parts.push(text.slice(at + 1, end));
      at = end + 1;
    } else if (unit === '"') {
      double = !double;
      at += 1;
    } else if (unit === escaping && at + 1 < to) {
      const next = text.charAt(at + 1);
      // In double quotes only these three are escaped; before others the sign stands for itself.
      if (double && !['"', '$', escaping].includes(next)) parts.push(unit);
      parts.push(next);
      at += 2;
    } else if (unit === '$') {
      const found = readVariable(text, at, to);
      if (found === undefined) {
        parts.push(unit);
        at += 1;
        continue;
      }
      closed &&= found.closed;
      const around = text.slice(from, at) + text.slice(found.end, to);
      if (found.name !== undefined && (around === '' || around === '""'))
        variable = {
          name: found.name,
          quoted: double,
          ...(found.fallback === undefined ? {} : { fallback: found.fallback }),
        };
      expanded = true;
      at = found.end;
    } else {
      parts.push(unit);
      at += 1;
    }
  }
  if (double) closed = false;
  return {
    ...(expanded || !closed ? {} : { value: parts.join('') }),
    ...(variable === undefined ? {} : { variable }),
    closed,
  };
}

function readVariable(
  text: string,
  at: number,
  to: number,
): { end: number; name?: string; fallback?: DockerWord; closed: boolean } | undefined {
  const plain = /^\$(?:([A-Za-z_]\w*)|\d+|[@*#?$!-])/.exec(text.slice(at, to));
  // Those of a shell (`$1`, `$?`) say nothing here, and vanish.
  if (plain !== null)
    return { end: at + plain[0].length, closed: true, ...(plain[1] === undefined ? {} : { name: plain[1] }) };
  if (text.charAt(at + 1) !== '{') return undefined;
  const end = text.indexOf('}', at);
  if (end < 0 || end >= to) return { end: to, closed: false };
  const inner = /^([A-Za-z_]\w*)(?::?-(.*))?$/s.exec(text.slice(at + 2, end));
  if (inner?.[1] === undefined) return { end: end + 1, closed: true };
  const fallback = inner[2] === undefined ? undefined : { from: end - inner[2].length, to: end };
  return {
    end: end + 1,
    name: inner[1],
    closed: true,
    ...(fallback === undefined || inner[2] === '' ? {} : { fallback }),
  };
}

/** Writes a value as a word of an instruction (docs/facts.md NAME-9). */
export function encodeDockerWord(value: string, rawBefore: string, escaping: string): string | undefined {
  // A line end would end the instruction.
  if (/[\r\n]/.test(value) || value === '') return undefined;
  const first = rawBefore.charAt(0);
  const plain = escaping === '\\' ? value : value.replaceAll('\\', '');
  if (first !== '"' && first !== "'" && /^[\w./:@%+,=~!?*^&\p{L}\p{N}-]+$/u.test(plain)) return value;
  if (first === '"' && !value.includes('$') && !value.includes(escaping) && !value.includes('"'))
    return `"${value}"`;
  if (!value.includes("'")) return `'${value}'`;
  return `"${value.replace(/["$\\`]/g, (sign) => (sign === '"' || sign === '$' || sign === escaping ? escaping + sign : sign))}"`;
}
