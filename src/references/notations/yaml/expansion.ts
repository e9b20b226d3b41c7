import type { NotEditable } from '../../../model/reference';
import type { Lookup } from '../../notation';

/** Who reads the values: each puts something else in place of names. */
export type Expander = 'compose' | 'gitlab' | 'github' | 'kubernetes' | 'other';

/** What a value of an environment variable is once it is read. */
export type Expansion =
  | { readonly kind: 'literal'; readonly value: string }
  /** `from` and `to` enclose the default inside, where there is one. */
  | { readonly kind: 'lookup'; readonly lookup: Lookup; readonly from?: number; readonly to?: number }
  | { readonly kind: 'obstacle'; readonly obstacle: NotEditable };

/** Whether `$` has to be doubled to stand for itself. */
export function doublesDollars(expander: Expander): boolean {
  return expander === 'compose' || expander === 'gitlab';
}

/** Reads a value as its reader does: look-ups that are all of it, and what is put together. */
export function readExpansion(text: string, expander: Expander): Expansion {
  if (/(?<!\$)\{\{[\s\S]*\}\}/.test(text)) return { kind: 'obstacle', obstacle: 'template' };
  if (/^ENC\[/.test(text)) return { kind: 'obstacle', obstacle: 'encrypted' };
  switch (expander) {
    case 'compose':
      return readDollars(text, 'environment');
    case 'gitlab':
      return readDollars(text, 'ci');
    case 'github':
      return readGithub(text);
    case 'kubernetes':
      return readRound(text, 'environment');
    default:
      return readOther(text);
  }
}

function readDollars(text: string, place: 'environment' | 'ci'): Expansion {
  const name = /^\$([A-Za-z_]\w*)$/.exec(text)?.[1];
  if (name !== undefined) return { kind: 'lookup', lookup: { in: place, name } };
  const braced = readBraces(text, place);
  if (braced !== undefined) return braced;
  if (/\$(?:\{|[A-Za-z_])/.test(text.replaceAll('$$', '')))
    return { kind: 'obstacle', obstacle: 'interpolated' };
  return { kind: 'literal', value: text.replaceAll('$$', '$') };
}

/** `${NAME}`, `${NAME:-default}`, `${NAME:?message}` as the whole of a value. */
function readBraces(text: string, place: 'environment' | 'ci'): Expansion | undefined {
  const [, open, name, sign, rest = ''] = /^(\$\{)([A-Za-z_]\w*)(?:(:?[-?])([^{}]*))?\}$/.exec(text) ?? [];
  if (open === undefined || name === undefined) return undefined;
  const lookup = { in: place, name };
  if (sign === undefined || sign.endsWith('?') || rest === '') return { kind: 'lookup', lookup };
  const from = open.length + name.length + sign.length;
  return { kind: 'lookup', lookup, from, to: from + rest.length };
}

function readGithub(text: string): Expansion {
  const [, place, name] = /^\$\{\{\s*(secrets|vars|env)\.([A-Za-z_]\w*)\s*\}\}$/.exec(text.trim()) ?? [];
  if (name !== undefined)
    return { kind: 'lookup', lookup: { in: place === 'env' ? 'environment' : 'ci', name } };
  return text.includes('${{')
    ? { kind: 'obstacle', obstacle: 'interpolated' }
    : { kind: 'literal', value: text };
}

/** `$(NAME)`: of Kubernetes and of Azure Pipelines. */
function readRound(text: string, place: 'environment' | 'ci'): Expansion {
  const name = /^\$\(([A-Za-z_][\w.-]*)\)$/.exec(text)?.[1];
  if (name !== undefined) return { kind: 'lookup', lookup: { in: place, name } };
  return /\$\([A-Za-z_]/.test(text)
    ? { kind: 'obstacle', obstacle: 'interpolated' }
    : { kind: 'literal', value: text };
}

/** Of a tool that is not known: only what is nothing else in any of them. */
function readOther(text: string): Expansion {
  if (text.includes('${{')) return readGithub(text);
  const secret = /^\(\(([\w.:/-]+)\)\)$/.exec(text)?.[1];
  if (secret !== undefined) return { kind: 'lookup', lookup: { in: 'ci', name: secret } };
  const braced = readBraces(text, 'environment');
  if (braced !== undefined) return braced;
  if (/[$#]\{|<<\s*\w/.test(text)) return { kind: 'obstacle', obstacle: 'interpolated' };
  const name = /^\$([A-Z][A-Z0-9]*_[A-Z0-9_]+)$/.exec(text)?.[1];
  if (name !== undefined) return { kind: 'lookup', lookup: { in: 'environment', name } };
  return readRound(text, 'ci');
}
