import type { Dialect } from './dialect';
import type { Lexed } from './lexer';
import { wordIndex } from './places';

/** What is known of a name that stands for a value. */
export interface Variable {
  readonly name: string;
  /** The token after the `=` of each value that is written into it. */
  readonly values: readonly number[];
  /** A parameter, or a variable that something else fills. */
  readonly given: boolean;
  /** The declaring token. */
  readonly declared: number;
  /** All places that name it. */
  readonly uses: readonly number[];
}

const MAX_USES = 1000;

export type Resolve = (index: number) => Variable | undefined;

/** Finds the variable that the name at a place stands for, if it is declared in this file. */
export function readVariables(lexed: Lexed, dialect: Dialect, checkTime: () => void): Resolve {
  const { tokens, parent, partner } = lexed;
  const byWord = wordIndex(tokens);
  const textAt = (index: number) => tokens[index]?.text ?? '';
  const isDot = (index: number) => /^(?:\.|\?\.|::)$/.test(textAt(index));

  /** Where the value of a declared or assigned name begins; `declares` tells which. */
  function writeAt(index: number): { declares: boolean; value?: number } | undefined {
    const before = textAt(index - 1);
    const inParens = textAt(parent[index] ?? -1) === '(';
    let next = index + 1;
    let declares = dialect.declaring.test(before);
    if (textAt(next) === ':' && (declares || inParens) && tokens[next + 1]?.kind !== 'string') {
      declares = true;
      next += 1;
      while (next < tokens.length && !/^[=,;){}]$/.test(textAt(next)) && !tokens[next]?.first) next += 1;
    } else if (
      dialect.typeFirst &&
      tokens[index - 1]?.kind === 'word' &&
      !/^(?:return|new|in|as)$/.test(before)
    )
      declares ||= /^[=;,)]$/.test(textAt(next)) || tokens[next]?.first === true;
    const value = textAt(next) === '=' ? next + 1 : undefined;
    // `f(name = value)` names an argument.
    if (!declares && (inParens || value === undefined)) return undefined;
    return { declares, ...(value === undefined ? {} : { value }) };
  }

  function home(index: number): number {
    let at = parent[index] ?? -1;
    // Parameters live in the body behind them.
    if (at >= 0 && textAt(at) === '(') {
      for (let next = (partner[at] ?? at) + 1; next < (partner[at] ?? at) + 12; next += 1) {
        if (textAt(next) === '{') return next;
        if (/^[;}]$/.test(textAt(next))) break;
      }
    }
    while (at >= 0 && textAt(at) !== '{') at = parent[at] ?? -1;
    return at;
  }

  function isAround(block: number, index: number): boolean {
    for (let at = index; at >= 0; at = parent[at] ?? -1) if (at === block) return true;
    return block === -1;
  }

  return (index) => {
    checkTime();
    const name = textAt(index);
    const places = byWord.get(name) ?? [];
    // Only what tools write names one thing more often; each look would go through all of them.
    if (places.length > MAX_USES) return undefined;
    const writes = places.flatMap((at) => {
      const write = isDot(at - 1) && !/^(?:this|self)$/.test(textAt(at - 2)) ? undefined : writeAt(at);
      return write === undefined ? [] : [{ at, home: home(at), ...write }];
    });
    const declarations = writes.filter(({ declares }) => declares);
    const seen = declarations.filter((one) => isAround(one.home, index));
    // `Keys.PASSWORD`, and constants of a companion object: known by name if there is only one.
    const candidates = seen.length > 0 ? seen : declarations.length === 1 ? declarations : [];
    const nearest = candidates.reduce<(typeof candidates)[number] | undefined>(
      (best, one) => (best === undefined || one.home >= best.home ? one : best),
      undefined,
    );
    if (nearest === undefined) return undefined;
    const inside = (at: number) => isAround(nearest.home, at) || seen.length === 0;
    const own = writes.filter(
      (one) => inside(one.at) && (!one.declares || one.at === nearest.at || one.home === nearest.home),
    );
    return {
      name,
      declared: nearest.at,
      given: nearest.value === undefined && textAt(parent[nearest.at] ?? -1) === '(',
      values: own.flatMap(({ value }) => value ?? []),
      uses: places,
    };
  };
}
