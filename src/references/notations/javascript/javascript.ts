import type { Notation } from '../../notation';
import { createCodeNotation } from '../code/codeNotation';
import type { Language } from '../code/language';
import { readSiteWrites, speaksOfOthers } from '../code/siteWrites';
import { FRAGMENT, readExpression } from './expressions';
import { encodeJavaScriptString, javaScriptQuotes } from './literal';
import { KMS_PACKAGE, packagesOf, readObjects } from './objects';
import { readVariables } from './variables';

/**
 * Scripts that hand a client key to the Nacos client or to a client of KMS: options, members, constants
 * (docs/facts.md NAME-1, NAME-6).
 */
export function createJavaScript(grammarsFolder: string): Notation {
  return createCodeNotation(language('javascript', 'javascript', /\.[cm]?jsx?$/i), grammarsFolder);
}

/** The same in TypeScript; `.tsx` has a grammar of its own. */
export function createTypeScript(grammarsFolder: string): readonly Notation[] {
  return [
    createCodeNotation(language('typescript', 'typescript', /\.[cm]?ts$/i), grammarsFolder),
    createCodeNotation(language('typescript', 'tsx', /\.tsx$/i), grammarsFolder),
  ];
}

function language(name: Language['name'], grammar: string, files: RegExp): Language {
  const self: Language = {
    name,
    grammar,
    covers: (fileName) => files.test(fileName),
    strings: ['string', 'template_string', 'regex', 'jsx_text'],
    comments: ['comment', 'html_comment'],
    fieldsNeedOwner: true,
    variables: (root, checkTime) => readVariables(root, readExpression, checkTime),
    writes(root, variables, checkTime) {
      const packages = packagesOf(root);
      const sources = [...packages.values()];
      const imports = {
        kms: sources.some((source) => KMS_PACKAGE.test(source)),
        // Any program may talk over TLS as well.
        other: sources.some(
          (source) => !/^(?:node:)?(?:https?|tls|crypto)$/.test(source) && speaksOfOthers(source),
        ),
      };
      return readSiteWrites(
        root,
        variables,
        self,
        readObjects(root, packages, checkTime),
        imports,
        checkTime,
      );
    },
    read: readExpression,
    encode(value, rawBefore, form) {
      if (form !== FRAGMENT) return encodeJavaScriptString(value, rawBefore);
      return encodeJavaScriptString(value, '`').slice(1, -1);
    },
    quotes: (raw, form) => (form === FRAGMENT ? { open: 0, close: 0 } : javaScriptQuotes(raw)),
  };
  return self;
}
