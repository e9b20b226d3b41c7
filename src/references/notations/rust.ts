import { createLexedCode } from './lexed/codeNotation';
import { encodeRust, readRustString } from './lexed/rustStrings';

/** Rust sources of key brokers and their like, with the content of a key in a struct (docs/facts.md NAME-1). */
export const rust = createLexedCode({
  name: 'rust',
  covers: (fileName) => /\.rs$/i.test(fileName),
  rules: {
    word: /(?:r#)?[\p{L}_][\p{L}\p{N}_]*/uy,
    lineComments: ['//'],
    nested: true,
    readString: readRustString,
  },
  colonFields: '{',
  declaring: /^(?:let|mut|const|static)$/,
  functions: /^fn$/,
  types: /^(?:struct|enum|impl|trait|mod)$/,
  typeFirst: false,
  lines: false,
  encode: encodeRust,
});
