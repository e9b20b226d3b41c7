import { createLexedCode } from './lexed/codeNotation';
import { encodeGroovy, readGroovyString } from './lexed/jvmStrings';

/** Groovy sources, Gradle and Jenkins files that configure the SDKs for Java (docs/facts.md NAME-1). */
export const groovy = createLexedCode({
  name: 'groovy',
  covers: (fileName) => /\.(?:groovy|gradle|gvy)$|^Jenkinsfile(?:\..+)?$|\.jenkinsfile$/i.test(fileName),
  rules: {
    word: /[\p{L}_$][\p{L}\p{N}_$]*/uy,
    lineComments: ['//'],
    nested: false,
    readString: readGroovyString,
  },
  colonFields: '([',
  declaring: /^(?:def|final|var|String|CharSequence)$/,
  functions: /^def$/,
  types: /^(?:class|interface|trait|enum)$/,
  typeFirst: true,
  bareCalls: true,
  lines: true,
  encode: encodeGroovy,
});
