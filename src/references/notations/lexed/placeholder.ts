import type { ReferenceRole } from '../../../model/reference';
import type { FoundMember } from '../../notation';
import type { Lexed, LexRules } from './lexer';

/**
 * The setting that `@Value("${kms.password:Old1}")` before a declaration puts into it, and the default after the colon.
 * @param declared the token of the declared name
 */
export function readInjected(
  { tokens }: Lexed,
  readString: LexRules['readString'],
  declared: number,
  role: ReferenceRole,
): readonly FoundMember[] {
  for (let at = declared - 1; at >= 0 && at > declared - 20; at -= 1) {
    const token = tokens[at];
    // Before a comma stands another parameter.
    if (token === undefined || /^[;{},]$/.test(token.text)) return [];
    if (token.kind !== 'string' || tokens[at - 2]?.text !== 'Value') continue;
    const name = /^\$\{([^:{}]+)(?::[^{}]*)?\}$/.exec(token.literal?.value ?? '')?.[1];
    if (name === undefined) return [];
    const { start, end } = token;
    const lookup: FoundMember = {
      role,
      start,
      end,
      obstacle: 'lookup',
      lookup: { in: 'settings', name: name.trim() },
    };
    const colon = token.text.indexOf(':');
    const close = token.text.lastIndexOf('}');
    if (colon < 0) return [lookup];
    const quote = token.text.charAt(0);
    const literal = readString(`${quote}${token.text.slice(colon + 1, close)}${quote}`, 0, undefined);
    const value = typeof literal === 'object' ? literal.value : undefined;
    if (value === undefined || value === '') return [lookup];
    return [
      lookup,
      { role, start: start + colon + 1, end: start + close, value, form: `placeholder${quote}` },
    ];
  }
  return [];
}

/** Writes the default of a placeholder: as in the literal around it, and without what would end it. */
export function encodePlaceholder(
  value: string,
  form: string,
  encode: (value: string, rawBefore: string) => string | undefined,
): string | undefined {
  const quote = form.slice('placeholder'.length);
  if (/[{}]/.test(value)) return undefined;
  return encode(value, `${quote}${quote}`)?.slice(quote.length, -quote.length);
}
