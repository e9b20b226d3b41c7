import { startDeadline } from '../grammar';
import type { Notation } from '../notation';
import { createLexedCode } from './lexed/codeNotation';
import { type LexRules, lex } from './lexed/lexer';
import { encodeRust, readRustString } from './lexed/rustStrings';
import { encodeInToml, tomlClients } from './lexed/tomlTexts';

const rules: LexRules = {
  word: /(?:r#)?[\p{L}_][\p{L}\p{N}_]*/uy,
  lineComments: ['//'],
  nested: true,
  readString: readRustString,
};

const code = createLexedCode({
  name: 'rust',
  covers: (fileName) => /\.rs$/i.test(fileName),
  rules,
  colonFields: '{',
  declaring: /^(?:let|mut|const|static)$/,
  functions: /^fn$/,
  types: /^(?:struct|enum|impl|trait|mod)$/,
  typeFirst: false,
  lines: false,
  encode: encodeRust,
});

/**
 * Rust sources of key brokers and their like, with the content of a key in a struct, or in a TOML text of a test
 * (docs/facts.md NAME-1).
 */
export const rust: Notation = {
  ...code,

  async find(text) {
    const found = await code.find(text);
    const lexed = lex(text, rules, startDeadline());
    return lexed.complete ? { ...found, clients: [...found.clients, ...(await tomlClients(lexed))] } : found;
  },

  encode: (value, rawBefore, form) =>
    form?.startsWith('toml') === true
      ? encodeInToml(value, rawBefore, form)
      : code.encode(value, rawBefore, form),

  quotes(raw, form) {
    if (form?.startsWith('toml') === true) return { open: 0, close: 0 };
    return code.quotes(raw, form);
  },
};
