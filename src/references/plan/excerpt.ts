import { type MaskedRange, type MaskedText, maskText } from './mask';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Lines shown before and after an edit. */
const CONTEXT = 3;

/**
 * The lines of some edits with a few around them, masked; what lies between is one line that says how much it is. Both
 * sides of a patch fold alike, because nothing outside the edits differs.
 */
export function maskedExcerpt(
  text: string,
  edits: readonly Range[],
  ranges: readonly MaskedRange[],
  everywhere: readonly MaskedText[],
): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of windowsAround(text, edits, ranges)) {
    const inside = ranges
      .filter((range) => range.start < end && start < range.end)
      .map((range) => ({ ...range, start: range.start - start, end: range.end - start }));
    shown += fold(text.slice(at, start)) + maskText(text.slice(start, end), inside, everywhere);
    at = end;
  }
  return shown + fold(text.slice(at));
}

function fold(text: string): string {
  if (text === '') return '';
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return `⋯ ${lines === 1 ? '1 line' : `${lines} lines`} not shown\n`;
}

/** Whole lines, in order. A range that is masked is inside a window or outside it, never cut. */
function windowsAround(text: string, edits: readonly Range[], ranges: readonly Range[]): readonly Range[] {
  const windows: Range[] = [];
  const grown = edits.map((edit) =>
    cutNone(text, ranges, { start: linesBack(text, edit.start), end: linesOn(text, edit.end) }),
  );
  for (const window of grown.sort((one, other) => one.start - other.start)) {
    const last = windows.at(-1);
    // A single line between two windows takes no more room than the line that would stand for it.
    if (last === undefined || text.slice(last.end, window.start).split('\n').length > 2) windows.push(window);
    else windows[windows.length - 1] = { start: last.start, end: Math.max(last.end, window.end) };
  }
  return windows;
}

function cutNone(text: string, ranges: readonly Range[], window: Range): Range {
  const cut = ranges.filter(
    ({ start, end }) =>
      start < window.end && window.start < end && (start < window.start || end > window.end),
  );
  if (cut.length === 0) return window;
  return cutNone(text, ranges, {
    start: startOfLine(text, Math.min(window.start, ...cut.map(({ start }) => start))),
    end: endOfLine(text, Math.max(window.end, ...cut.map(({ end }) => end))),
  });
}

function linesBack(text: string, from: number): number {
  let at = startOfLine(text, from);
  for (let line = 0; line < CONTEXT && at > 0; line += 1) at = startOfLine(text, at - 1);
  return at;
}

function linesOn(text: string, from: number): number {
  let at = endOfLine(text, from);
  for (let line = 0; line < CONTEXT && at < text.length; line += 1) at = endOfLine(text, at + 1);
  return at;
}

function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line feed of the line that `at` stands in, or that it stands right behind. */
function endOfLine(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
