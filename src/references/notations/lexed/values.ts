import type { ReferenceRole } from '../../../model/reference';
import type { FoundMember, Lookup } from '../../notation';
import type { Dialect } from './dialect';
import { HARMLESS, indices, readExpressions } from './expressions';
import { trimIndent } from './jvmStrings';
import type { Lexed } from './lexer';
import { PATH_WORDS, pathOfParts, READS } from './pathParts';
import { readInjected } from './placeholder';
import type { Resolve, Variable } from './variables';

/** A value that was followed to where it stands. `through` are the variables on the way. */
export interface Outcome extends FoundMember {
  readonly through: readonly Variable[];
}

/** Follows the values of members, and cuts the source into expressions. */
export interface Values {
  /** The index behind the expression that begins at `from`. */
  endOf(from: number): number;
  /** The arguments of the call whose bracket opens at `open`, as ranges of tokens. */
  argumentsOf(open: number): readonly (readonly [number, number])[];
  /** What the expression says for a member of this role: its value, what it looks up, or what stands in the way. */
  follow(role: ReferenceRole, from: number, to: number): readonly Outcome[];
  /** The text that an expression is, if it is a literal or a constant. */
  textOf(from: number, to: number): string | undefined;
}

const ENVIRONMENT = /^(?:getenv|getEnv|env|environmentVariable|option_env|dotenv)$/;
const SETTINGS =
  /^(?:getProperty|getRequiredProperty|getString|get_string|findProperty|property|gradleProperty|props|prop|getOptional)$/;
const FALLBACK = /^(?:getOrElse|getOrDefault|orElse|unwrap_or|unwrap_or_else|orElseGet)$/;

const FAILS = /^(?:error|fail|panic|unreachable|todo|TODO|exitProcess|bail|exit)$/;

export function readValues(lexed: Lexed, dialect: Dialect, resolve: Resolve): Values {
  const { tokens, partner, comments } = lexed;
  const expressions = readExpressions(lexed, dialect);
  const { endOf, argumentsOf, topLevel, wordsIn, stringsIn, unwrapped, skipClosure } = expressions;
  const textAt = (index: number) => tokens[index]?.text ?? '';
  const isWord = (index: number) => tokens[index]?.kind === 'word';

  const range = (from: number, to: number) => ({
    start: tokens[from]?.start ?? 0,
    end: tokens[to - 1]?.end ?? 0,
  });

  function follow(
    role: ReferenceRole,
    first: number,
    last: number,
    through: readonly Variable[] = [],
  ): readonly Outcome[] {
    const [from, to] = unwrapped(first, last);
    if (from >= to || through.length > 8) return [];
    if (isFailure(from)) return [];
    const whole = { role, ...range(from, to), through };
    if (to - from === 1 && /^(?:null|None|nil|undefined)$/.test(textAt(from))) return [];
    const elvis = topLevel(from, to, /^\?:$/);
    if (elvis !== undefined)
      return (
        withFallback(role, [from, elvis], [elvis + 1, to], through) ?? [{ ...whole, obstacle: 'ambiguous' }]
      );
    if (topLevel(from, to, /^(?:if|when|match|else|\?|switch)$/) !== undefined)
      return [{ ...whole, obstacle: 'ambiguous' }];
    const words = wordsIn(from, to);
    const strings = stringsIn(from, to);
    if (
      words.some((at) =>
        /^(?:format|format_args|concat|formatted|stripMargin|trimMargin|replace)$/.test(textAt(at)),
      )
    )
      return [{ ...whole, obstacle: 'interpolated' }];
    if (topLevel(from, to, /^\+$/) !== undefined) return [joined(role, from, to, through)];
    const read = words.find((at) => READS.test(textAt(at)));
    if (read !== undefined) return [readFrom(role, from, to, textAt(read), through)];
    const looked = lookupIn(to, words);
    if (looked !== undefined) {
      const { fallback, ...lookup } = looked;
      const ofEnvironment = lookup.in === 'environment' && role === 'password' ? 'passwordEnv' : role;
      return [
        { ...whole, role: ofEnvironment, obstacle: 'lookup', lookup },
        ...(fallback === undefined ? [] : follow(role, ...fallback, through)),
      ];
    }
    const orElse = words.find((at) => FALLBACK.test(textAt(at)) && textAt(at + 1) === '(' && at > from + 1);
    if (orElse !== undefined) {
      const given = argumentsOf(orElse + 1)[0];
      const pair = given && withFallback(role, [from, orElse - 1], skipClosure(given), through);
      if (pair !== undefined) return pair;
    }
    const [only] = strings;
    if (only !== undefined && strings.length === 1 && isBare(role, from, to, words))
      return [literal(role, only, words, through)];
    const parts = pathOfParts(lexed, role, from, to, { words, strings });
    if (parts !== undefined) return [{ ...literal(role, parts.last, words, through), base: parts.base }];
    if (
      strings.length === 0 &&
      indices(from, to).every((at) => isWord(at) || /^(?:\.|::|\?\.)$/.test(textAt(at)))
    )
      return followName(role, from, to, through);
    return [{ ...whole, obstacle: 'lookup' }];
  }

  /** `error("…")`, `throw …`, `panic!(…)`: what a look-up ends in that finds nothing. */
  function isFailure(from: number): boolean {
    const at = textAt(from) === 'sys' && textAt(from + 1) === '.' ? from + 2 : from;
    if (/^(?:throw|return)$/.test(textAt(at))) return true;
    return FAILS.test(textAt(at)) && /^[(!]$/.test(textAt(at + 1));
  }

  function withFallback(
    role: ReferenceRole,
    [from, to]: readonly [number, number],
    fallback: readonly [number, number],
    through: readonly Variable[],
  ): readonly Outcome[] | undefined {
    const looked = follow(role, from, to, through);
    if (!looked.every(({ obstacle }) => obstacle === 'lookup')) return undefined;
    return [...looked, ...follow(role, ...fallback, through)];
  }

  function literal(
    role: ReferenceRole,
    at: number,
    words: readonly number[],
    through: readonly Variable[],
  ): Outcome {
    const token = tokens[at];
    const found = { role, ...range(at, at + 1), through };
    const value = token?.literal?.value;
    if (value === undefined) return { ...found, obstacle: 'interpolated' };
    if (!words.some((word) => textAt(word) === 'trimIndent')) return { ...found, value };
    return { ...found, value: trimIndent(value), form: 'trimIndent' };
  }

  /** Whether nothing around a text changes it. */
  function isBare(role: ReferenceRole, from: number, to: number, words: readonly number[]): boolean {
    const isPath = role === 'keyFile' || role === 'passwordFile' || role === 'keyContent';
    return (
      words.every((at) => {
        const word = textAt(at);
        return HARMLESS.has(word) || word === 'trimIndent' || (isPath && PATH_WORDS.has(word));
      }) &&
      indices(from, to).every(
        (at) => tokens[at]?.kind !== 'mark' || /^(?:[.()?!&]|::|\?\.|!!)$/.test(textAt(at)),
      )
    );
  }

  function joined(role: ReferenceRole, from: number, to: number, through: readonly Variable[]): Outcome {
    const found = { role, ...range(from, to), through };
    const parts = indices(from, to).map((at) => tokens[at]);
    const alternates = parts.every((part, index) =>
      index % 2 === 0 ? part?.kind === 'string' : part?.text === '+',
    );
    const values = parts.flatMap((part) => part?.literal?.value ?? []);
    // A comment between the parts would be lost.
    const commented = comments.some(({ start }) => start > found.start && start < found.end);
    if (!alternates || values.length * 2 - 1 !== parts.length || commented)
      return { ...found, obstacle: 'interpolated' };
    return { ...found, value: values.join('') };
  }

  function readFrom(
    role: ReferenceRole,
    from: number,
    to: number,
    reader: string,
    through: readonly Variable[],
  ): Outcome {
    const isPassword = role === 'password' || role === 'passwordFile' || role === 'passwordEnv';
    const fileRole = isPassword ? 'passwordFile' : 'keyFile';
    const strings = stringsIn(from, to);
    const [only] = strings;
    const base = /^include_/.test(reader) ? { base: '.' } : {};
    if (only !== undefined && strings.length === 1)
      return { ...literal(fileRole, only, [], through), ...base };
    const parts = pathOfParts(lexed, fileRole, from, to, { words: wordsIn(from, to), strings });
    if (parts !== undefined) return { ...literal(fileRole, parts.last, [], through), base: parts.base };
    for (const at of wordsIn(from, to)) {
      if (strings.length > 0 || textAt(at + 1) === '(' || textAt(at - 1) === '.') continue;
      const [found] = resolve(at) === undefined ? [] : followName(fileRole, at, at + 1, through);
      if (found?.value !== undefined) return { ...found, ...base };
    }
    return { role: fileRole, ...range(from, to), through, obstacle: 'lookup' };
  }

  function lookupIn(to: number, words: readonly number[]) {
    for (const at of words) {
      const word = textAt(at);
      const isRustVar = /^var(?:_os)?$/.test(word) && textAt(at - 1) === '::' && textAt(at - 2) === 'env';
      const where: Lookup['in'] | undefined =
        isRustVar || ENVIRONMENT.test(word)
          ? 'environment'
          : SETTINGS.test(word)
            ? 'settings'
            : word === 'credentials'
              ? 'ci'
              : undefined;
      if (where === undefined) continue;
      // `env.KMS_PASSWORD` of Groovy.
      if (textAt(at + 1) === '.' && isWord(at + 2) && at + 3 === to)
        return { in: where, name: textAt(at + 2) };
      const open = indices(at + 1, to).find(
        (one) => /^[([]$/.test(textAt(one)) && (partner[one] ?? one) > one + 1,
      );
      if (open === undefined) continue;
      const [name, fallback] = argumentsOf(open);
      const named = name === undefined ? undefined : textOf(...name);
      if (named === undefined) continue;
      const after = indices(open, to).find((one) => FALLBACK.test(textAt(one)) && textAt(one + 1) === '(');
      const behind = after === undefined ? undefined : argumentsOf(after + 1)[0];
      const other = fallback ?? (behind === undefined ? undefined : skipClosure(behind));
      return { in: where, name: named, ...(other === undefined ? {} : { fallback: other }) };
    }
    return undefined;
  }

  function followName(
    role: ReferenceRole,
    from: number,
    to: number,
    through: readonly Variable[],
  ): readonly Outcome[] {
    const unknown: Outcome = { role, ...range(from, to), through, obstacle: 'lookup' };
    const variable = resolve(to - 1);
    if (variable === undefined || through.some(({ declared }) => declared === variable.declared))
      return [unknown];
    const way = [...through, variable];
    const [value, ...others] = variable.values;
    if (others.length > 0) return [{ ...unknown, through: way, obstacle: 'ambiguous' }];
    if (value !== undefined && !variable.given) return follow(role, value, endOf(value), way);
    const injected = readInjected(lexed, dialect.rules.readString, variable.declared, role);
    return injected.length > 0
      ? injected.map((one) => ({ ...one, through: way }))
      : [{ ...unknown, through: way }];
  }

  function textOf(from: number, to: number): string | undefined {
    const [found] = follow('keyFile', from, to);
    return found?.obstacle === undefined && found?.lookup === undefined ? found?.value : undefined;
  }

  return { endOf, argumentsOf, follow: (role, from, to) => follow(role, from, to), textOf };
}
