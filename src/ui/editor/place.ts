import { Position, Range, type TextDocument } from 'vscode';
import type { TextRange } from '../../model/reference';

/** Where a value stands in an open document. By line and column: VS Code makes all line ends of a document alike. */
export function placeIn(document: TextDocument, { start, end, line, column }: TextRange): Range {
  const from = document.validatePosition(new Position(line - 1, column - 1));
  const sameLine = document.validatePosition(from.translate(0, end - start));
  const rest = document.lineAt(from).text.length - from.character;
  return new Range(from, end - start <= rest ? sameLine : document.positionAt(end));
}
