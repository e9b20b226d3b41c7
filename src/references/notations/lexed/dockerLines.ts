import type { HiddenRange } from '../../notation';
import { endOfLine } from './lexer';

/** One instruction of a Dockerfile with its lines joined. */
export interface Instruction {
  /** Where its first line begins. */
  readonly from: number;
  /** In capitals. */
  readonly keyword: string;
  /** What follows the keyword, without continuations and the comment lines between them. */
  readonly text: string;
  /** The place in the file of every unit of `text`, and one more for its end. */
  readonly places: readonly number[];
  /** Where the instruction's text ends in the file. */
  readonly end: number;
  readonly documents: readonly DockerDocument[];
}

/** The lines of a `<<NAME` document. */
interface DockerDocument {
  readonly start: number;
  readonly end: number;
  /** Its name stands in quotes. */
  readonly quoted: boolean;
}

export interface DockerLines {
  readonly instructions: readonly Instruction[];
  readonly comments: readonly HiddenRange[];
  /** The character that escapes and continues lines: a directive can make it a backtick. */
  readonly escaping: '\\' | '`';
}

/** Splits a Dockerfile into instructions as its reference describes: directives, comments, continued lines, here-documents. */
export function readDockerLines(text: string): DockerLines {
  const escaping = escapeDirective(text);
  const comments: HiddenRange[] = [];
  const instructions: Instruction[] = [];
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const head = /^[ \t]*([A-Za-z]+)[ \t]*/.exec(line);
    if (/^\s*#/.test(line)) comments.push(commentOf(line, at));
    if (head?.[1] === undefined) {
      at = endOfLine(text, at) + 1;
      continue;
    }
    const joined = joinLines(text, at + head[0].length, escaping, comments);
    const keyword = head[1].toUpperCase();
    const { documents, next } = readDocuments(text, joined.text, endOfLine(text, joined.end) + 1);
    instructions.push({ from: at, keyword, ...joined, documents });
    at = next;
  }
  return { instructions, comments, escaping };
}

/** Directives stand before everything else. */
function escapeDirective(text: string): '\\' | '`' {
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const directive = /^\s*#\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (directive === null) return '\\';
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

function joinLines(
  text: string,
  from: number,
  escaping: string,
  comments: HiddenRange[],
): Pick<Instruction, 'text' | 'places' | 'end'> {
  const parts: string[] = [];
  const places: number[] = [];
  let at = from;
  for (;;) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const isFirst = at === from;
    // Lines of comments between continued lines do not count, nor do empty ones.
    const skipped = !isFirst && /^\s*(?:#.*)?$/.test(line);
    if (skipped && /#/.test(line)) comments.push(commentOf(line, at));
    const continued = new RegExp(`\\${escaping}[ \\t]*$`).exec(line);
    const kept = skipped ? '' : continued === null ? line : line.slice(0, continued.index);
    for (let index = 0; index < kept.length; index += 1) places.push(at + index);
    parts.push(kept);
    const next = endOfLine(text, at) + 1;
    if ((!skipped && continued === null) || next > text.length) {
      places.push(at + kept.length);
      return { text: parts.join(''), places, end };
    }
    at = next;
  }
}

/** The lines of `<<NAME` documents behind an instruction. */
function readDocuments(text: string, instruction: string, from: number) {
  const documents: DockerDocument[] = [];
  let next = from;
  for (const [, tabs, quote, name] of instruction.matchAll(/<<(-?)(["']?)([A-Za-z_]\w*)\2/g)) {
    const start = next;
    let end = text.length;
    while (next < text.length) {
      const line = text.slice(next, lineEnd(text, next));
      const isLast = (tabs === '-' ? line.replace(/^\t+/, '') : line) === name;
      if (isLast) end = next;
      next = endOfLine(text, next) + 1;
      if (isLast) break;
    }
    documents.push({ start: Math.min(start, end), end, quoted: quote !== '' });
  }
  return { documents, next };
}

function commentOf(line: string, at: number): HiddenRange {
  const open = /^\s*#/.exec(line)?.[0].length ?? 0;
  return { start: at, end: at + line.length, open };
}

function lineEnd(text: string, from: number): number {
  const end = endOfLine(text, from);
  return end > from && text.charAt(end - 1) === '\r' ? end - 1 : end;
}
