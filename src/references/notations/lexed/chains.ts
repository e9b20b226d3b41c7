import type { Dialect } from './dialect';
import type { Lexed } from './lexer';

/** Reads chains of calls, and what stands before a `=`. */
export interface Chains {
  /** The first token of the chain `a.b(…).c { … }` that ends at `last`. */
  chainStart(last: number): number;
  /** The class of the object that the chain that begins at `first` creates. */
  createdType(first: number): string | undefined;
  /** Whether the name at `index` is declared there, its type, and where the `=` behind it would stand. */
  declaredType(index: number): { declares: boolean; type?: string; next: number };
  /** The name that is written before a `=`, given the token before that. */
  assignedName(last: number): number | undefined;
  /** The block in which a name lives, -1 outside of all. */
  blockOf(index: number): number;
}

const MAX_STEPS = 500;

export function readChains(lexed: Lexed, dialect: Dialect): Chains {
  const { tokens, partner, parent } = lexed;
  const textAt = (index: number) => tokens[index]?.text ?? '';
  const isWord = (index: number) => tokens[index]?.kind === 'word';
  const isDot = (index: number) => /^(?:\.|\?\.|::)$/.test(textAt(index));

  /** The first token of the chain `a.b(…).c { … }` that ends at `last`. */
  function chainStart(last: number): number {
    let at = last;
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const text = textAt(at);
      if (text === '!!') at -= 1;
      else if (text === ')' || text === ']' || text === '}') {
        const open = partner[at] ?? at;
        if (open === at) return at;
        if (!(isWord(open - 1) || /^[)>\]]$/.test(textAt(open - 1)))) return open;
        at = open - 1;
      } else if (isWord(at) && isDot(at - 1)) at -= 2;
      else return at;
    }
    return at;
  }

  /** The class that is created by the chain that begins at `first`: `Config` of `com.x.Config(…)`, `Config::new(…)`, `Config {`. */
  function createdType(first: number): string | undefined {
    let at = textAt(first) === 'new' ? first + 1 : first;
    while (isWord(at) && isDot(at + 1) && isWord(at + 2) && !/^\p{Lu}/u.test(textAt(at))) at += 2;
    if (!/^\p{Lu}/u.test(textAt(at))) return undefined;
    const opens = textAt(at + 1);
    if (opens === '(' || (opens === '{' && dialect.colonFields === '{')) return textAt(at);
    const made = textAt(at + 1) === '::' && /^(?:new|default|builder)$/.test(textAt(at + 2));
    return made || textAt(first) === 'new' ? textAt(at) : undefined;
  }

  /** Whether the name at `index` is declared there, its type, and where its value would begin. */
  function declaredType(index: number): { declares: boolean; type?: string; next: number } {
    const before = textAt(index - 1);
    let next = index + 1;
    let type: string | undefined;
    if (textAt(next) === ':') {
      const inParameters = textAt(parent[index] ?? -1) === '(';
      if (inParameters || dialect.declaring.test(before)) {
        let at = next + 1;
        while (/^[&']$/.test(textAt(at)) || textAt(at) === 'mut') at += 1;
        while (isWord(at) && isDot(at + 1)) at += 2;
        type = isWord(at) ? textAt(at) : undefined;
        while (at < tokens.length && !/^[=,;)]$/.test(textAt(at)) && !(tokens[at]?.first && at > next))
          at += 1;
        next = at;
        return { declares: true, ...(type === undefined ? {} : { type }), next };
      }
    }
    if (dialect.declaring.test(before)) return { declares: true, next };
    if (dialect.typeFirst && isWord(index - 1) && /^\p{Lu}/u.test(before))
      return { declares: true, type: before, next };
    return { declares: false, next };
  }

  /** The name before a `=`, with its type between them or not. */
  function assignedName(last: number): number | undefined {
    if (isWord(last) && textAt(last - 1) !== ':' && !isDot(last - 1)) return last;
    for (let at = last; at > last - 12 && at > 0; at -= 1)
      if (textAt(at) === ':' && isWord(at - 1)) return at - 1;
    return isWord(last) ? last : undefined;
  }

  /** The block in which a name lives. */
  function blockOf(index: number): number {
    let at = parent[index] ?? -1;
    while (at >= 0 && textAt(at) !== '{') at = parent[at] ?? -1;
    return at;
  }

  return { chainStart, createdType, declaredType, assignedName, blockOf };
}
