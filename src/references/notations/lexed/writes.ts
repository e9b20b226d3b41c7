import { type Dialect, type MemberName, memberNamed } from './dialect';
import type { Lexed } from './lexer';
import type { Owner, Places } from './places';
import type { Values } from './values';

/** A value that is given to a member of some object: `x.password = v`, `setPassword(v)`, `"kmsPasswordKey" to v`. */
export interface Write {
  readonly member: MemberName;
  readonly owner: Owner;
  /** The tokens of the value. */
  readonly from: number;
  readonly to: number;
  /** A variable of its own, named as in the official procedure: nothing says yet that a client reads it. */
  readonly local?: boolean;
}

const PUTS =
  /^(?:put|set|setProperty|addProperty|putIfAbsent|property|insert|with|systemProperty|environment|set_var)$/;
/** Helpers that take path and password, in this order (docs/facts.md NAME-2). */
const PROVIDERS = /^(?:getCredentialsProvider|ClientKeyUtils|CredentialsProviderUtils)$/;
const KEY_ID: MemberName = { role: 'keyContent', family: 'sdk' };

/** All writes of members that a client could have, in the order of the text. */
export function readWrites(lexed: Lexed, dialect: Dialect, places: Places, values: Values): readonly Write[] {
  const { tokens, partner, parent } = lexed;
  const textAt = (index: number) => tokens[index]?.text ?? '';

  function write(
    index: number,
    member: MemberName | undefined,
    from: number,
    to: number,
    local?: boolean,
  ): readonly Write[] {
    const owner = member === undefined || from >= to ? undefined : places.ownerOf(index);
    return owner === undefined || member === undefined
      ? []
      : [{ member, owner, from, to, ...(local === true ? { local } : {}) }];
  }

  const upToEnd = (from: number): readonly [number, number] => [from, values.endOf(from)];

  /** `name = v`, `name: v`, `val name: Type = v`. */
  function ofName(index: number): readonly Write[] {
    const member = memberNamed(textAt(index));
    if (member === undefined) return [];
    const next = textAt(index + 1);
    const before = textAt(index - 1);
    const declared =
      dialect.declaring.test(before) ||
      (dialect.typeFirst && tokens[index - 1]?.kind === 'word' && next === '=' && /^\p{Lu}/u.test(before));
    if (declared) return ofDeclaration(index, member);
    if (next === '=') return write(index, member, ...upToEnd(index + 2));
    const bracket = textAt(parent[index] ?? -1);
    if (next !== ':' || bracket === '' || !dialect.colonFields.includes(bracket)) return [];
    return isTypeBody(parent[index] ?? -1) ? [] : write(index, member, ...upToEnd(index + 2));
  }

  /** Only the words of the procedure: a variable called `password` is anybody's. */
  function ofDeclaration(index: number, member: MemberName): readonly Write[] {
    if (!/client/i.test(textAt(index))) return [];
    let at = index + 1;
    if (textAt(at) === ':')
      while (at < tokens.length && textAt(at) !== '=' && !/^[;)}]$/.test(textAt(at)) && !tokens[at]?.first)
        at += 1;
    if (textAt(at) !== '=') return [];
    const place = places.placeOf(index);
    const owner = { key: `local:${parent[index]}`, anchor: `${place}/clientKey`, words: textAt(index) };
    const [from, to] = upToEnd(at + 1);
    return [{ member, owner, from, to, local: true }];
  }

  /** `struct X {`: what stands in it are types. */
  function isTypeBody(brace: number): boolean {
    for (let at = brace - 1; at > brace - 20 && at >= 0; at -= 1) {
      if (/^[;{}()]$/.test(textAt(at))) return false;
      if (/^(?:struct|enum|trait|union)$/.test(textAt(at))) return true;
    }
    return false;
  }

  function ofCall(index: number): readonly Write[] {
    const name = textAt(index);
    const given = argumentsBehind(index);
    const [first, second] = given;
    if (first === undefined) return [];
    const setter = /^set(\p{Lu}.*)$/u.exec(name)?.[1];
    if (setter !== undefined && given.length === 1) {
      const content = values.textOf(...first);
      if (setter === 'AccessKeyId' && content?.startsWith('KAAP.') === true)
        return write(index, KEY_ID, ...first);
      return write(index, memberNamed(setter), ...first);
    }
    // `.clientKeyFile("x")` of a builder.
    if (given.length === 1 && /^(?:\.|\?\.)$/.test(textAt(index - 1)) && memberNamed(name) !== undefined)
      return write(index, memberNamed(name), ...first);
    if (second === undefined || given.length !== 2) return [];
    if (PUTS.test(name)) return write(index, keyedMember(first), ...second);
    if (!PROVIDERS.test(name)) return [];
    const owner = { key: `@${index}`, anchor: `${places.placeOf(index)}/${name}`, type: name, words: name };
    const named = (role: MemberName['role']): MemberName => ({ role, family: 'sdk', specific: true });
    return [
      { member: named('keyFile'), owner, from: first[0], to: first[1] },
      { member: named('password'), owner, from: second[0], to: second[1] },
    ];
  }

  function argumentsBehind(index: number): readonly (readonly [number, number])[] {
    if (textAt(index + 1) === '(') return values.argumentsOf(index + 1);
    const given: (readonly [number, number])[] = [];
    for (let from = index + 1; given.length < 3; from += 1) {
      const end = values.endOf(from);
      given.push([from, end]);
      if (textAt(end) !== ',') break;
      from = end;
    }
    return given;
  }

  /** `setPassword "x"` of Groovy. */
  const isBareCall = (index: number) =>
    dialect.bareCalls === true && tokens[index + 1]?.kind === 'string' && tokens[index + 1]?.first === false;

  /** The member that the first argument of `put` names: a text, a constant of this file, or of the client's library. */
  function keyedMember([from, to]: readonly [number, number]): MemberName | undefined {
    const text = values.textOf(from, to);
    if (text !== undefined) return memberNamed(text);
    return /^KMS_/.test(textAt(to - 1)) ? memberNamed(textAt(to - 1)) : undefined;
  }

  /** `"name" to v`, `'name': v`, `"name" -> v`, `x["name"] = v`, and in a list of arguments `"--name", v`. */
  function ofText(index: number): readonly Write[] {
    const name = tokens[index]?.literal?.value ?? '';
    const isFlag = /^--[a-z]/.test(name) && name !== '--password' && textAt(index + 1) === ',';
    if (isFlag) return write(index, memberNamed(name.slice(2)), ...upToEnd(index + 2));
    const member = memberNamed(name);
    if (member === undefined) return [];
    const next = textAt(index + 1);
    if (/^(?:to|->|:|=>)$/.test(next)) return write(index, member, ...upToEnd(index + 2));
    const isIndex = textAt(index - 1) === '[' && partner[index - 1] === index + 1;
    if (!isIndex || textAt(index + 2) !== '=') return [];
    const owner = places.ownerOfIndexed(index - 1);
    return owner === undefined ? [] : [{ member, owner, from: index + 3, to: values.endOf(index + 3) }];
  }

  return tokens.flatMap((token, index) => {
    if (token.kind === 'string') return ofText(index);
    if (token.kind !== 'word') return [];
    return textAt(index + 1) === '(' || isBareCall(index) ? ofCall(index) : ofName(index);
  });
}
