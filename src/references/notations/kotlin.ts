import { createLexedCode } from './lexed/codeNotation';
import { encodeKotlin, readKotlinString } from './lexed/jvmStrings';

/** Kotlin sources and scripts that configure the SDKs for Java (docs/facts.md NAME-1). */
export const kotlin = createLexedCode({
  name: 'kotlin',
  covers: (fileName) => /\.kts?$/i.test(fileName),
  rules: {
    word: /(?:[\p{L}_][\p{L}\p{N}_]*|`[^`\r\n]+`)/uy,
    lineComments: ['//'],
    nested: true,
    readString: readKotlinString,
  },
  colonFields: '',
  declaring: /^(?:val|var)$/,
  functions: /^fun$/,
  types: /^(?:class|object|interface)$/,
  typeFirst: false,
  lines: true,
  encode: encodeKotlin,
});
