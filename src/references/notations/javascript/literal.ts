// String literals and templates without holes of JavaScript (ECMA-262 12.9.4 and 12.9.6). Line ends inside a template are
// line feeds for the program, and are written as they were.

/** What a literal says, or undefined where it is no single literal. */
export function decodeJavaScriptString(raw: string): string | undefined {
  const quoted = /^(?:'((?:[^'\\\r\n]|\\(?:\r\n|[\s\S]))*)'|"((?:[^"\\\r\n]|\\(?:\r\n|[\s\S]))*)")$/.exec(
    raw,
  );
  if (quoted !== null) return readEscapes(quoted[1] ?? quoted[2] ?? '');
  const template = /^`((?:[^`\\$]|\\[\s\S]|\$(?!\{))*)`$/.exec(raw);
  return template === null
    ? undefined
    : readEscapes((template[1] ?? '').replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
}

/** Writes a value in the same quotes; in place of a concatenation, in those that this begins with. */
export function encodeJavaScriptString(value: string, rawBefore: string): string {
  const quote = /["'`]/.exec(rawBefore)?.[0] ?? "'";
  const text = value.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\0', '\\x00');
  if (quote !== '`')
    return (
      quote + text.replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n').replaceAll('\t', '\\t') + quote
    );
  const eol = rawBefore.includes('\r\n') ? '\r\n' : '\n';
  return `\`${text.replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\n', eol)}\``;
}

/** How many characters at both ends of a literal are not its text. */
export function javaScriptQuotes(raw: string): { readonly open: number; readonly close: number } {
  const quote = raw.charAt(0);
  const closed = /["'`/]/.test(quote) && raw.length > 1 && raw.endsWith(quote);
  return closed ? { open: 1, close: 1 } : { open: 0, close: 0 };
}

const named: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };

/** Undefined for an escape that is an error. */
function readEscapes(text: string): string | undefined {
  let known = true;
  const value = text.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3][0-7]{0,2}|[4-7][0-7]?)|(\r\n|[\s\S]))/g,
    (_, point?: string, unit?: string, hex?: string, octal?: string, code?: string) => {
      const digits = point ?? unit ?? hex;
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (digits === undefined) {
        if (code === 'u' || code === 'x') known = false;
        // A line end behind a backslash is no part of the text; any other character stands for itself.
        return /^[\r\n\u2028\u2029]/.test(code ?? '') ? '' : (named[code ?? ''] ?? code ?? '');
      }
      const number = Number.parseInt(digits, 16);
      if (number <= 0x10ffff) return String.fromCodePoint(number);
      known = false;
      return '';
    },
  );
  return known ? value : undefined;
}
