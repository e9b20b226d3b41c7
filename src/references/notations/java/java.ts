import type { Notation } from '../../notation';
import { createCodeNotation } from '../code/codeNotation';
import type { Language } from '../code/language';
import { readVariables } from './declarations';
import { readJava } from './expressions';
import { encodeJavaString } from './literal';
import { readWrites } from './members';
import { DEFAULT_FORM, encodeDefault } from './spring';

/**
 * Java sources that configure the instance SDK, the Secrets Manager clients or the Nacos plug-in: fluent chains, statements,
 * fields, maps, with values in the same file (docs/facts.md NAME-1, NAME-8).
 */
const java: Language = {
  name: 'java',
  grammar: 'java',
  covers: (fileName) => fileName.toLowerCase().endsWith('.java'),
  strings: ['string_literal', 'character_literal', 'template_expression'],
  comments: ['line_comment', 'block_comment'],
  variables: readVariables,
  writes: readWrites,
  read: readJava,
  encode: (value, rawBefore, form) =>
    form === DEFAULT_FORM ? encodeDefault(value) : encodeJavaString(value, rawBefore),
  quotes(raw, form) {
    const width = form === DEFAULT_FORM ? 0 : quoteWidth(raw);
    return { open: width, close: width };
  },
};

export function createJava(grammarsFolder: string): Notation {
  return createCodeNotation(java, grammarsFolder);
}

/** Zero for a literal that is not closed. */
function quoteWidth(raw: string): number {
  if (raw.startsWith('"""')) return raw.length >= 6 && raw.endsWith('"""') ? 3 : 0;
  return raw.length >= 2 && raw.startsWith('"') && raw.endsWith('"') ? 1 : 0;
}
