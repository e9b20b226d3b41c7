import { Composer, CST, type Document, Lexer, Parser } from 'yaml';

/** A piece of the text as the lexer cuts it. What counts for the mask is whether it is syntax or could be a value. */
export interface Lexeme {
  readonly isSyntax: boolean;
  readonly isComment: boolean;
  readonly start: number;
  readonly end: number;
}

export interface ParsedYaml {
  readonly documents: readonly Document[];
  readonly lexemes: readonly Lexeme[];
}

/** Marks that the lexer puts between pieces; they are no part of the text. */
const MARKS = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

const SYNTAX = new Set([
  'byte-order-mark',
  'doc-start',
  'doc-end',
  'space',
  'newline',
  'seq-item-ind',
  'explicit-key-ind',
  'map-value-ind',
  'flow-map-start',
  'flow-map-end',
  'flow-seq-start',
  'flow-seq-end',
  'comma',
  'block-scalar-header',
]);

/**
 * Parses all documents of a text and never writes one: edits are made by range, because a document that is written anew
 * loses its layout. Errors are kept in the documents.
 */
export function parseYaml(text: string, checkTime: () => void): ParsedYaml {
  const lexemes: Lexeme[] = [];
  const parser = new Parser();
  const composer = new Composer({ strict: false, uniqueKeys: false, logLevel: 'silent' });
  const documents: Document[] = [];
  let at = 0;
  let isScalar = false;
  const compose = (tokens: Iterable<CST.Token>) => {
    for (const token of tokens) documents.push(...composer.next(token));
  };
  for (const lexeme of new Lexer().lex(text)) {
    checkTime();
    if (MARKS.has(lexeme)) {
      isScalar = lexeme === CST.SCALAR;
    } else {
      const type = isScalar ? 'scalar' : CST.tokenType(lexeme);
      lexemes.push({
        isSyntax: type !== null && SYNTAX.has(type),
        isComment: type === 'comment',
        start: at,
        end: at + lexeme.length,
      });
      at += lexeme.length;
      isScalar = false;
    }
    compose(parser.next(lexeme));
  }
  compose(parser.end());
  documents.push(...composer.end());
  return { documents, lexemes };
}
