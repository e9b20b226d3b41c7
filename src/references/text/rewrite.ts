import type { TextFile } from './textFile';

/** A raw text to put in place of a range of the text before. */
export interface RawEdit {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
}

/** An edit with its place in the text after. */
interface PlacedEdit extends RawEdit {
  readonly newStart: number;
}

export interface Rewritten {
  readonly text: string;
  readonly bytes: Buffer;
  readonly placed: readonly PlacedEdit[];
}

/**
 * Replaces ranges of a file. Every byte outside the edits is proven to be the same.
 * @returns undefined where edits overlap or the encoding of the file cannot hold a new text
 */
export function rewrite(original: Buffer, file: TextFile, edits: readonly RawEdit[]): Rewritten | undefined {
  const placed: PlacedEdit[] = [];
  let text = '';
  let end = 0;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    if (edit.start < end || edit.end < edit.start) return undefined;
    text += file.text.slice(end, edit.start);
    placed.push({ ...edit, newStart: text.length });
    text += edit.raw;
    end = edit.end;
  }
  text += file.text.slice(end);
  const bytes = file.encode(text);
  if (bytes === undefined || !keepsTheRest(original, bytes, file, text, placed)) return undefined;
  return { text, bytes, placed };
}

/** Compares the bytes between the edits, found by encoding what precedes them in each version. */
function keepsTheRest(
  original: Buffer,
  bytes: Buffer,
  file: TextFile,
  text: string,
  placed: readonly PlacedEdit[],
): boolean {
  const ends = [...placed, undefined];
  let before = 0;
  let after = 0;
  return ends.every((edit, index) => {
    const previous = placed[index - 1];
    const from = previous === undefined ? 0 : lengthIn(file, file.text.slice(0, previous.end));
    const to = edit === undefined ? original.length : lengthIn(file, file.text.slice(0, edit.start));
    const newFrom =
      previous === undefined ? 0 : lengthIn(file, text.slice(0, previous.newStart + previous.raw.length));
    const newTo = edit === undefined ? bytes.length : lengthIn(file, text.slice(0, edit.newStart));
    const inOrder = from >= before && newFrom >= after;
    before = to;
    after = newTo;
    return inOrder && original.subarray(from, to).equals(bytes.subarray(newFrom, newTo));
  });
}

/** How many bytes a beginning of the text takes, byte order mark included. */
function lengthIn(file: TextFile, beginning: string): number {
  return file.encode(beginning)?.length ?? -1;
}
