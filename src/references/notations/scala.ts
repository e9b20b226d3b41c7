import { createLexedCode } from './lexed/codeNotation';
import { encodeScala, readScalaString } from './lexed/jvmStrings';

/** Scala sources and scripts that configure the SDKs for Java (docs/facts.md NAME-1). */
export const scala = createLexedCode({
  name: 'scala',
  covers: (fileName) => /\.(?:scala|sc|sbt)$/i.test(fileName),
  rules: {
    word: /(?:[\p{L}_$][\p{L}\p{N}_$]*|`[^`\r\n]+`)/uy,
    lineComments: ['//'],
    nested: true,
    readString: readScalaString,
  },
  colonFields: '',
  declaring: /^(?:val|var|def)$/,
  functions: /^def$/,
  types: /^(?:class|object|trait)$/,
  typeFirst: false,
  lines: true,
  encode: encodeScala,
});
