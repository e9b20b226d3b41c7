import { readChains } from './chains';
import type { Dialect } from './dialect';
import type { Lexed, Token } from './lexer';

/** An object of a source that members are written into. */
export interface Owner {
  /** The same for all writes of one client. */
  readonly key: string;
  /** In words that survive edits of values. */
  readonly anchor: string;
  /** The name of its class, where that can be told. */
  readonly type?: string;
  /** Whatever names it: the variable, the call around it. */
  readonly words: string;
}

/** Finds what a place in a source belongs to. */
export interface Places {
  /** The object that the member named at `index` is written into. */
  ownerOf(index: number): Owner | undefined;
  /** The object whose `["name"]` opens at a bracket. */
  ownerOfIndexed(bracket: number): Owner | undefined;
  /** Names of the types and functions around a place. */
  placeOf(index: number): string;
}

/** A place where a variable is declared, or gets a new object. */
interface Entry {
  readonly at: number;
  readonly home: number;
  readonly declares: boolean;
  readonly type: string | undefined;
  readonly creates: boolean;
}

/** Blocks in which the object that a call is made on stands for itself. */
const SCOPES = /^(?:apply|also|run|tap|with|let|doto|use)$/;

/** `checkTime` throws when it takes too long. */
export function findPlaces(lexed: Lexed, dialect: Dialect, checkTime: () => void): Places {
  const { tokens, partner, parent } = lexed;
  const textAt = (index: number) => tokens[index]?.text ?? '';
  const isWord = (index: number) => tokens[index]?.kind === 'word';
  const { chainStart, createdType, declaredType, assignedName, blockOf } = readChains(lexed, dialect);
  const byWord = wordIndex(tokens);
  const entries = new Map<string, readonly Entry[]>();
  const isDot = (index: number) => /^(?:\.|\?\.|::)$/.test(textAt(index));

  /** `def` of Groovy declares variables too. */
  const isFunction = (index: number) =>
    dialect.functions.test(textAt(index)) && (!dialect.typeFirst || textAt(index + 2) === '(');

  function placeOf(index: number): string {
    const names: string[] = [];
    for (let at = parent[index] ?? -1; at >= 0; at = parent[at] ?? -1) {
      if (textAt(at) !== '{') continue;
      const name = nameOfBlock(at);
      if (name !== undefined) names.unshift(name);
    }
    const own = expressionFunction(index);
    return [...names, ...(own === undefined ? [] : [own])].join('.');
  }

  /** The function whose body is the expression at a place: `fun name() = …`. */
  function expressionFunction(index: number): string | undefined {
    let at = index;
    for (let open = parent[at] ?? -1; open >= 0 && textAt(open) !== '{'; open = parent[at] ?? -1) at = open;
    for (let step = 0; at >= 0 && step < 80; step += 1) {
      if (isFunction(at)) return textAt(at + 1);
      const goesOn = textAt(at - 1) === '=' || textAt(at) === '.';
      if (/^[{};]$/.test(textAt(at - 1)) || (tokens[at]?.first === true && !goesOn)) return undefined;
      at = (/^[)\]]$/.test(textAt(at - 1)) ? partner[at - 1] : undefined) ?? at - 1;
    }
    return undefined;
  }

  /** The name of the type or function whose body opens here. */
  function nameOfBlock(brace: number): string | undefined {
    for (let at = brace - 1; at >= 0 && at > brace - 60; at -= 1) {
      const text = textAt(at);
      if (text === ')' || text === ']' || text === '>') at = partner[at] ?? at;
      else if (/^[{};]$/.test(text)) return undefined;
      else if (isFunction(at) || dialect.types.test(text)) {
        const next = isWord(at + 1) ? textAt(at + 1) : undefined;
        return next ?? text;
      }
      // `Type name(…) {`
      if (dialect.typeFirst && textAt(at) === '(' && isWord(at - 1) && isWord(at - 2)) {
        if (!/^(?:new|return|else)$/.test(textAt(at - 2))) return textAt(at - 1);
      }
    }
    return undefined;
  }

  /** Where a name is declared or gets a new object, in the order of the text. */
  function entriesOf(name: string): readonly Entry[] {
    const known = entries.get(name);
    if (known !== undefined) return known;
    const own = (byWord.get(name) ?? []).flatMap((at): readonly Entry[] => {
      checkTime();
      if (isDot(at - 1)) return [];
      const { declares, type, next } = declaredType(at);
      const isWrite = textAt(next) === '=' && textAt(next + 1) !== '=';
      const created = isWrite ? createdType(next + 1) : undefined;
      if (!declares && created === undefined) return [];
      return [{ at, home: blockOf(at), declares, type: created ?? type, creates: created !== undefined }];
    });
    entries.set(name, own);
    return own;
  }

  /** `name = Type(…)`, `Type name = …`, `name: Type`: where objects come into a variable. */
  function variableOwner(name: string, use: number): Owner {
    const around = new Set<number>();
    for (let at = blockOf(use); at >= 0; at = blockOf(at)) around.add(at);
    let generation = 0;
    let block = blockOf(use);
    let type: string | undefined;
    for (const entry of entriesOf(name)) {
      if (entry.at > use) break;
      if (entry.home >= 0 && !around.has(entry.home)) continue;
      if (entry.declares) {
        block = entry.home;
        type = entry.type;
        generation = 0;
      }
      if (entry.creates) {
        generation += 1;
        type = entry.type;
      }
    }
    const place = placeOf(use);
    return {
      key: `${block}:${name}:${generation}`,
      anchor: `${place}/${generation > 1 ? `${name}~${generation}` : name}`,
      ...(type === undefined ? {} : { type }),
      words: `${name} ${type ?? ''}`,
    };
  }

  function chainOwner(first: number): Owner | undefined {
    const type = createdType(first);
    const before = textAt(first - 1) === 'new' ? first - 1 : first;
    if (type === undefined) {
      const name = isWord(first) ? textAt(first) : undefined;
      return name === undefined ? undefined : variableOwner(name, first);
    }
    if (textAt(before - 1) === '=' && expressionFunction(before) === undefined) {
      const target = assignedName(before - 2);
      if (target !== undefined) return { ...variableOwner(textAt(target), before), type };
    }
    return {
      key: `@${first}`,
      anchor: `${placeOf(first)}/new ${type}`,
      type,
      words: `${type} ${callAround(first)}`,
    };
  }

  function callAround(index: number): string {
    const open = parent[index] ?? -1;
    return open > 0 && isWord(open - 1) ? textAt(open - 1) : '';
  }

  function ownerOfBracket(open: number): Owner | undefined {
    const kind = textAt(open);
    if (kind === '(' || (kind === '{' && isWord(open - 1) && dialect.colonFields === '{')) {
      const first = chainStart(open - 1);
      const type = createdType(textAt(first) === 'new' ? first + 1 : first);
      if (type !== undefined) return chainOwner(textAt(first) === 'new' ? first + 1 : first);
    }
    // The map or block itself.
    const name = textAt(open - 1) === '=' ? assignedName(open - 2) : undefined;
    const word = (name === undefined ? callAround(open + 1) : textAt(name)) || 'map';
    return { key: `@${open}`, anchor: `${placeOf(open)}/${word}`, words: word };
  }

  /** The object that a block such as `.apply { … }` works on, from the inside out. */
  function ownerOfScope(index: number, named: boolean): Owner | undefined {
    for (let brace = blockOf(index); brace >= 0; brace = blockOf(brace)) {
      const before = brace - 1;
      if (isWord(before) && SCOPES.test(textAt(before)) && isDot(before - 1))
        return chainOwner(skipNew(chainStart(before - 2)));
      const open = textAt(before) === ')' ? (partner[before] ?? before) : before;
      if (open !== before && textAt(open - 1) === 'with') return chainOwner(skipNew(open + 1));
      if (nameOfBlock(brace) !== undefined) break;
    }
    return named ? undefined : ownerOfBracket(parent[index] ?? -1);
  }

  const skipNew = (first: number) => (textAt(first) === 'new' ? first + 1 : first);

  function ownerOf(index: number): Owner | undefined {
    if (isDot(index - 1)) {
      const first = chainStart(index - 2);
      if (textAt(first) === 'it') return ownerOfScope(index, true) ?? variableOwner('it', index);
      // `this.x = …` in a class of its own is no reference, in a block of some object it is.
      if (/^(?:this|self)$/.test(textAt(first))) {
        const held = first < index - 2 ? first + 2 : undefined;
        return held !== undefined && isWord(held)
          ? variableOwner(textAt(held), held)
          : ownerOfScope(index, true);
      }
      return chainOwner(skipNew(first));
    }
    const open = parent[index] ?? -1;
    const isArgument = textAt(open) === '(' || textAt(open) === '[';
    return isArgument || (textAt(open) === '{' && textAt(index + 1) === ':')
      ? ownerOfBracket(open)
      : ownerOfScope(index, false);
  }

  return {
    ownerOf,
    placeOf,
    ownerOfIndexed: (bracket) => chainOwner(skipNew(chainStart(bracket - 1))),
  };
}

/** Where each word of a source stands. */
export function wordIndex(tokens: readonly Token[]): ReadonlyMap<string, readonly number[]> {
  const byWord = new Map<string, number[]>();
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'word') return;
    const same = byWord.get(text);
    if (same === undefined) byWord.set(text, [index]);
    else same.push(index);
  });
  return byWord;
}
