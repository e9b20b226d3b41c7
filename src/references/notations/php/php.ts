import type { Notation } from '../../notation';
import { createCodeNotation } from '../code/codeNotation';
import type { Language } from '../code/language';
import { readSiteWrites, speaksOfOthers } from '../code/siteWrites';
import { readExpression } from './expressions';
import { encodePhpString, phpQuotes } from './literal';
import { importsOf, isSdk, KMS_NAMESPACE, readObjects } from './objects';
import { readVariables } from './variables';

/**
 * PHP that configures the instance SDK: arrays for `new Config([…])`, returned by a configuration file, properties, setters
 * (docs/facts.md NAME-1).
 */
export function createPhp(grammarsFolder: string): Notation {
  return createCodeNotation(php, grammarsFolder);
}

const php: Language = {
  name: 'php',
  grammar: 'php',
  covers: (fileName) => /\.(?:php|phtml|inc|php[78])$/i.test(fileName),
  strings: ['string', 'encapsed_string', 'heredoc', 'nowdoc', 'shell_command_expression', 'text'],
  comments: ['comment'],
  fieldsNeedOwner: true,
  variables: (root, checkTime) => readVariables(root, readExpression, checkTime),
  writes(root, variables, checkTime) {
    if (isSdk(root)) return [];
    const imports = importsOf(root);
    const names = [...imports.values()];
    const evidence = {
      kms: names.some((name) => KMS_NAMESPACE.test(name)),
      other: names.some((name) => speaksOfOthers(name)),
    };
    return readSiteWrites(root, variables, php, readObjects(root, imports, checkTime), evidence, checkTime);
  },
  read: readExpression,
  encode: (value, rawBefore) => encodePhpString(value, rawBefore),
  quotes: (raw) => phpQuotes(raw),
};
