import type { Notation } from '../../notation';
import { createCodeNotation } from '../code/codeNotation';
import type { Language } from '../code/language';
import { readVariables } from './declarations';
import { readGo } from './expressions';
import { encodeGoString } from './literal';
import { readWrites } from './members';

/** Go sources that configure the instance SDK, the Secrets Manager clients or Nacos (docs/facts.md NAME-1). */
const go: Language = {
  name: 'go',
  grammar: 'go',
  covers: (fileName) => fileName.toLowerCase().endsWith('.go'),
  strings: ['interpreted_string_literal', 'raw_string_literal', 'rune_literal'],
  comments: ['comment'],
  variables: readVariables,
  writes: readWrites,
  read: readGo,
  encode: encodeGoString,
  quotes(raw) {
    const width = raw.length >= 2 && /^(["'`]).*\1$/s.test(raw) ? 1 : 0;
    return { open: width, close: width };
  },
};

export function createGo(grammarsFolder: string): Notation {
  return createCodeNotation(go, grammarsFolder);
}
