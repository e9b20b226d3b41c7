import { startDeadline } from '../../grammar';
import { hiddenLines, type Notation } from '../../notation';
import { groupWrites } from './clients';
import type { Dialect } from './dialect';
import { readImports } from './imports';
import { hiddenOf, lex } from './lexer';
import { encodePlaceholder } from './placeholder';
import { findPlaces } from './places';
import { readValues } from './values';
import { readVariables } from './variables';
import { readWrites } from './writes';

/** Sources of a language that is read by the lexer alone: enough for literals, constants and look-ups of one file. */
export function createLexedCode(dialect: Dialect): Notation {
  return {
    name: dialect.name,
    covers: dialect.covers,

    async find(text) {
      const checkTime = startDeadline();
      const lexed = lex(text, dialect.rules, checkTime);
      // With a literal that does not end, or brackets that do not match, nothing is where it seems to be.
      if (!lexed.complete) return { clients: [], hidden: hiddenLines(text, 0, text.length) };
      const values = readValues(lexed, dialect, readVariables(lexed, dialect, checkTime));
      const writes = readWrites(lexed, dialect, findPlaces(lexed, dialect, checkTime), values);
      checkTime();
      return { clients: groupWrites(lexed, writes, readImports(lexed), values), hidden: hiddenOf(lexed) };
    },

    encode(value, rawBefore, form) {
      if (form?.startsWith('placeholder') === true)
        return encodePlaceholder(value, form, (text, raw) => dialect.encode(text, raw));
      const raw = dialect.encode(value, rawBefore, form);
      return rawBefore.includes('\r\n') ? raw?.replaceAll('\n', '\r\n') : raw;
    },

    quotes(raw, form) {
      if (form?.startsWith('placeholder') === true) return { open: 0, close: 0 };
      const literal = dialect.rules.readString(raw, 0, undefined);
      // A concatenation is no single literal: its outer quotes are shown all the same.
      return typeof literal === 'object'
        ? { open: literal.open, close: literal.close }
        : { open: 0, close: 0 };
    },
  };
}
