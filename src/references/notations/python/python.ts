import type { Notation } from '../../notation';
import { createCodeNotation } from '../code/codeNotation';
import type { Language } from '../code/language';
import { readVariables } from './declarations';
import { readPython } from './expressions';
import { encodePythonString, pythonQuotes } from './literal';
import { readWrites } from './members';

/** Python sources that configure the instance SDK, the Secrets Manager clients or Nacos (docs/facts.md NAME-1). */
const python: Language = {
  name: 'python',
  grammar: 'python',
  covers: (fileName) => /\.pyi?w?$/i.test(fileName),
  strings: ['string'],
  comments: ['comment'],
  fieldsNeedOwner: true,
  variables: readVariables,
  writes: readWrites,
  read: readPython,
  encode: encodePythonString,
  quotes: pythonQuotes,
};

export function createPython(grammarsFolder: string): Notation {
  return createCodeNotation(python, grammarsFolder);
}
