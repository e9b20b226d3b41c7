import type { Node } from 'web-tree-sitter';
import type { Expression } from '../code/language';
import { fieldText, nodesOf, operands } from '../code/tree';
import { decodeJavaString, encodeJavaString } from './literal';

/** The form of a default in `${name:default}`. */
export const DEFAULT_FORM = 'default';

/** `@Value("${name:default}")` of Spring and its like: a look-up, perhaps with a default inside the literal. */
export function readSpring(annotation: Node): Expression {
  const name = fieldText(annotation, 'name');
  const given = annotation.childForFieldName('arguments');
  if (given === null) return { kind: 'other' };
  if (/(?:^|\.)ConfigProperty$/.test(name)) return configProperty(given);
  if (!/(?:^|\.)(?:Nacos)?Value$/.test(name)) return { kind: 'other' };
  const literal = argument(given, 'value') ?? operands(given)[0];
  return literal?.type === 'string_literal' ? readPlaceholder(literal) : { kind: 'other' };
}

function argument(given: Node, key: string): Node | undefined {
  return (
    nodesOf(given, ['element_value_pair'])
      .find((pair) => fieldText(pair, 'key') === key)
      ?.childForFieldName('value') ?? undefined
  );
}

function configProperty(given: Node): Expression {
  const named = argument(given, 'name');
  const fallback = argument(given, 'defaultValue');
  if (named === undefined) return { kind: 'other' };
  const lookup = { in: 'settings', name: '' } as const;
  return { kind: 'lookup', lookup, named, ...(fallback === undefined ? {} : { fallback }) };
}

function readPlaceholder(literal: Node): Expression {
  const raw = literal.text;
  const value = decodeJavaString(raw) ?? '';
  const expression =
    /^#\{\s*(systemEnvironment|systemProperties|environment)\s*\[\s*'([^']+)'\s*\]\s*\}$/.exec(value);
  if (expression !== null) {
    const [, where, name = ''] = expression;
    return {
      kind: 'lookup',
      lookup: { in: where === 'systemEnvironment' ? 'environment' : 'settings', name },
    };
  }
  const [, before = '', name = '', fallback] =
    /^("\s*\$\{\s*([\w.[\]-]+)\s*)(?::([^{}]*))?\}\s*"$/.exec(raw) ?? [];
  const lookup = { in: 'settings', name } as const;
  if (name === '')
    return /[$#]\{/.test(value) ? { kind: 'interpolated' } : { kind: 'wrapped', inner: literal };
  const text = fallback === undefined ? undefined : decodeJavaString(`"${fallback}"`);
  if (fallback === undefined || text === undefined || text === '') return { kind: 'lookup', lookup };
  const start = literal.startIndex + before.length + 1;
  return {
    kind: 'lookup',
    lookup,
    inside: { start, end: start + fallback.length, value: text, form: DEFAULT_FORM },
  };
}

/** A brace would end the placeholder or begin another one. */
export function encodeDefault(value: string): string | undefined {
  return /[{}]/.test(value) || value === '' ? undefined : encodeJavaString(value, '"').slice(1, -1);
}
