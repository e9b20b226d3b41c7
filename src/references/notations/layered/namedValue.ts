import type { NotEditable, ReferenceRole } from '../../../model/reference';
import type { FoundMember, FoundSetting, Lookup } from '../../notation';
import { isPlaceholder } from '../settingNames';

/** A value under a name, as a configuration file holds it. */
export interface NamedValue {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Decoded; absent where it is not text. */
  readonly value?: string;
  readonly form?: string;
  readonly obstacle?: NotEditable;
  /** The place of a part of the value, for a default inside `${…}`. */
  readonly part?: (
    from: number,
    to: number,
  ) => { readonly start: number; readonly end: number; readonly form?: string } | undefined;
}

type Placeholder =
  | {
      readonly kind: 'lookup';
      readonly lookup: Lookup;
      /** The default, within the value. */
      readonly from?: number;
      readonly to?: number;
      /** `${NAME:-x}`: a shell reads `x`, Spring `-x`. */
      readonly unsure?: boolean;
    }
  | { readonly kind: 'obstacle'; readonly obstacle: NotEditable };

/** A value as members of a client: itself, or the look-up it is and the default inside. Nothing for what documentation shows. */
export function readMembers(value: NamedValue, role: ReferenceRole): readonly FoundMember[] {
  const { name, start, end, form, obstacle } = value;
  const text = value.value;
  const plain = { role, name, start, end, ...(form === undefined ? {} : { form }) };
  if (text === undefined) return [{ ...plain, obstacle: obstacle ?? 'unsupported' }];
  if (text.trim() === '' || isPlaceholder(text, role)) return [];
  const placeholder = readPlaceholder(text, role);
  if (placeholder === undefined) {
    const found = obstacle ?? (isPath(role) && hasControls(text) ? 'ambiguous' : undefined);
    return [{ ...plain, value: text, ...(found === undefined ? {} : { obstacle: found }) }];
  }
  if (placeholder.kind === 'obstacle') return [{ ...plain, obstacle: obstacle ?? placeholder.obstacle }];
  const { lookup, from, to, unsure } = placeholder;
  const looked: FoundMember = {
    ...plain,
    role: role === 'password' && lookup.in === 'environment' ? 'passwordEnv' : role,
    obstacle: 'lookup',
    lookup,
  };
  const place = from === undefined || to === undefined ? undefined : value.part?.(from, to);
  const fallback = text.slice(from, to);
  if (place === undefined || isPlaceholder(fallback, role)) return [looked];
  const doubt = obstacle ?? (unsure ? 'ambiguous' : undefined);
  const inner = { role, name, ...place, value: fallback };
  return [looked, doubt === undefined ? inner : { ...inner, obstacle: doubt }];
}

function isPath(role: ReferenceRole): boolean {
  return role === 'keyFile' || role === 'passwordFile';
}

/** `C:\temp` with a tab in it: backslashes that somebody forgot to double. */
function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charAt(at) < ' ') return true;
  return false;
}

/** A value as a setting that other files may look up. */
export function toSetting(
  value: NamedValue,
  path: string,
  place: FoundSetting['in'],
): readonly FoundSetting[] {
  const { start, end, form, obstacle } = value;
  const text = value.value;
  const plain = { in: place, name: path, start, end, ...(form === undefined ? {} : { form }) };
  if (text === undefined || obstacle !== undefined)
    return [
      { ...plain, ...(text === undefined ? {} : { value: text }), obstacle: obstacle ?? 'unsupported' },
    ];
  const placeholder = readPlaceholder(text, 'keyFile');
  if (placeholder === undefined) return [{ ...plain, value: text }];
  if (placeholder.kind === 'obstacle') {
    // Letters of a password as of any other text; what it is looked up for is not known here.
    return readPlaceholder(text, 'password') === undefined
      ? [{ ...plain, value: text }]
      : [{ ...plain, obstacle: placeholder.obstacle }];
  }
  const { lookup, from, to } = placeholder;
  const part = from === undefined || to === undefined ? undefined : value.part?.(from, to);
  return part === undefined || placeholder.unsure
    ? [{ ...plain, obstacle: 'lookup', lookup }]
    : [{ in: place, name: path, ...part, value: text.slice(from, to), lookup }];
}

/** What a program or a tool puts in place of a part of the value, where it does. */
function readPlaceholder(text: string, role: ReferenceRole): Placeholder | undefined {
  if (!/[$#{%@(]|^\s*ENC\[/.test(text)) return undefined;
  const trimmed = text.trim();
  if (role === 'keyContent' && /^\{(?!\{)/.test(trimmed)) return undefined;
  if (/\{\{[^}]*\}\}/.test(trimmed)) return { kind: 'obstacle', obstacle: 'template' };
  if (/^ENC\(.*\)$|^ENC\[.*\]$|^\{cipher\}/.test(trimmed)) return { kind: 'obstacle', obstacle: 'encrypted' };
  const whole = /^(\s*\$\{)([^${}:]+)(?:(:)([^{}]*))?\}\s*$/.exec(text);
  if (whole?.[1] !== undefined && whole[2] !== undefined) {
    const [, open, name, colon, fallback = ''] = whole;
    if (/^(?:env|ENV|environment)$/.test(name) && colon === ':')
      return { kind: 'lookup', lookup: { in: 'environment', name: fallback.trim() } };
    const lookup: Lookup = name.startsWith('env.')
      ? { in: 'environment', name: name.slice(4) }
      : { in: 'either', name: name.trim() };
    if (colon === undefined || fallback === '') return { kind: 'lookup', lookup };
    const from = open.length + name.length + colon.length;
    const unsure = fallback.startsWith('-') && /^[A-Z_][A-Z0-9_]*$/.test(name);
    return { kind: 'lookup', lookup, from, to: from + fallback.length, unsure };
  }
  const variable = /^%(\w+)%$/.exec(trimmed)?.[1];
  if (variable !== undefined && role !== 'password')
    return { kind: 'lookup', lookup: { in: 'environment', name: variable } };
  // A path may begin with the workspace folder: that is resolved like any other.
  if (/[$#]\{[^}]*\}/.test(trimmed.replace(/^\$\{workspace(?:Folder|Root)\}/, '')))
    return { kind: 'obstacle', obstacle: 'interpolated' };
  // Maven's `@name@`; in a password `@` is a letter like any other.
  if (role !== 'password' && /^@.*@$/.test(trimmed)) return { kind: 'obstacle', obstacle: 'interpolated' };
  return undefined;
}
