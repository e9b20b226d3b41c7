import type { Notation } from '../../notation';
import { createCodeNotation } from '../code/codeNotation';
import type { Language } from '../code/language';
import { readSiteWrites, speaksOfOthers } from '../code/siteWrites';
import { readExpression } from './expressions';
import { csharpQuotes, encodeCsharpString } from './literal';
import { importsOf, isSdk, KMS_NAMESPACE, readObjects } from './objects';
import { readVariables } from './variables';

/** C# that configures the instance SDK: initialisers, properties, defaults of option classes (docs/facts.md NAME-1). */
export function createCsharp(grammarsFolder: string): Notation {
  return createCodeNotation(csharp, grammarsFolder);
}

const csharp: Language = {
  name: 'csharp',
  grammar: 'c-sharp',
  covers: (fileName) => /\.(?:cs|csx)$/i.test(fileName),
  strings: [
    'string_literal',
    'verbatim_string_literal',
    'raw_string_literal',
    'interpolated_string_expression',
    'character_literal',
  ],
  // The names of regions are words for people, too.
  comments: ['comment', 'preproc_region'],
  variables: (root, checkTime) => readVariables(root, readExpression, checkTime),
  writes(root, variables, checkTime) {
    if (isSdk(root)) return [];
    const imports = importsOf(root);
    const evidence = {
      kms: imports.namespaces.some((name) => KMS_NAMESPACE.test(name)),
      other: imports.namespaces.some((name) => speaksOfOthers(name)),
    };
    return readSiteWrites(
      root,
      variables,
      csharp,
      readObjects(root, imports, checkTime),
      evidence,
      checkTime,
    );
  },
  read: readExpression,
  encode: (value, rawBefore) => encodeCsharpString(value, rawBefore),
  quotes: (raw) => csharpQuotes(raw),
};
