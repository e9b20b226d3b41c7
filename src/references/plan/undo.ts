import { createHash } from 'node:crypto';
import type { AppliedEdit } from '../../model/rotation';
import { decodeText } from '../text/decodeText';
import { rewrite } from '../text/rewrite';
import type { TextFile } from '../text/textFile';

/** How far from its place a value is looked for when the file was changed in between, in UTF-16 units each way. */
const SEARCH = 20_000;

/** One of each kind: texts of other encodings of a kind have the same units. */
const ENCODINGS = ['gbk', 'big5', 'shiftjis', 'windows1252', 'utf16le', 'utf16be'];

/** What became of each edit. */
export interface Undone {
  /** The file with the old values back. */
  readonly bytes: Buffer;
  /** Taken back, or found to be back already. */
  readonly undone: readonly AppliedEdit[];
  /** What stands there now is not what the patch wrote: left alone. */
  readonly changed: readonly AppliedEdit[];
  /** The old value is no longer known. */
  readonly lost: readonly AppliedEdit[];
}

/** The hash by which an edit remembers a raw value without holding it: SHA-256 (hex), salted with the rotation id. */
export function hashRaw(rotationId: string, raw: string): string {
  return createHash('sha256').update(`${rotationId}\n${raw}`).digest('hex');
}

/**
 * Takes back the edits of one file, each by itself: only where exactly the value stands that the patch wrote, at its place
 * or, if the text around it moved, at the only other place nearby.
 * @param bytes the file as it is now
 * @param oldValues raw texts before the patch by `undoKey`; one that is absent or does not fit its hash is not written
 */
export function undoEdits(
  bytes: Uint8Array,
  edits: readonly AppliedEdit[],
  oldValues: ReadonlyMap<string, string>,
  rotationId: string,
): Undone {
  const original = Buffer.from(bytes);
  const file = decodeAsPatched(original, edits, rotationId);
  const places = findValues(file.text, edits, rotationId);
  const found = edits.map((edit) => {
    const old = oldValues.get(edit.undoKey);
    const known = old !== undefined && hashRaw(rotationId, old) === edit.before ? old : undefined;
    const isBack = known !== undefined && file.text.startsWith(known, edit.start);
    const start = places.get(edit);
    return { edit, old: known, start, isBack: start === undefined && isBack };
  });
  const possible = found.flatMap(({ edit, old, start }) =>
    start === undefined || old === undefined ? [] : [{ edit, start, end: start + edit.length, raw: old }],
  );
  // Two edits that were found at one place: neither is sure.
  const sure = possible.filter((one) =>
    possible.every((other) => other === one || other.end <= one.start || one.end <= other.start),
  );
  const rewritten = rewrite(original, file, sure);
  const written = new Set(rewritten === undefined ? [] : sure.map(({ edit }) => edit));
  const undone = found.filter(({ edit, isBack }) => isBack || written.has(edit)).map(({ edit }) => edit);
  const lost = found
    .filter(({ edit, old }) => old === undefined && !undone.includes(edit))
    .map(({ edit }) => edit);
  return {
    bytes: rewritten?.bytes ?? original,
    undone,
    lost,
    changed: edits.filter((edit) => !undone.includes(edit) && !lost.includes(edit)),
  };
}

/**
 * The text as the patch saw it. What `files.encoding` said then may have changed since, and is told by where the values of
 * the patch stand.
 */
function decodeAsPatched(bytes: Buffer, edits: readonly AppliedEdit[], rotationId: string): TextFile {
  const plain = decodeText(bytes);
  const standsIn = ({ text }: TextFile) =>
    edits.filter(
      (edit) => hashRaw(rotationId, text.slice(edit.start, edit.start + edit.length)) === edit.after,
    ).length;
  if (standsIn(plain) === edits.length) return plain;
  const others = ENCODINGS.map((encoding) => decodeText(bytes, encoding));
  return others.reduce((best, other) => (standsIn(other) > standsIn(best) ? other : best), plain);
}

/** Where the values of some edits stand now. */
function findValues(
  text: string,
  edits: readonly AppliedEdit[],
  rotationId: string,
): ReadonlyMap<AppliedEdit, number> {
  const alike = new Map<string, AppliedEdit[]>();
  for (const edit of edits) {
    const key = `${edit.length} ${edit.after}`;
    alike.set(key, [...(alike.get(key) ?? []), edit]);
  }
  return new Map([...alike.values()].flatMap((same) => findAlike(text, same, rotationId)));
}

/**
 * Finds what one and the same value was written for: each at its place; or, where text before them moved some, as many
 * places as there are edits, in their order; or the only other place.
 */
function findAlike(
  text: string,
  edits: readonly AppliedEdit[],
  rotationId: string,
): readonly (readonly [AppliedEdit, number])[] {
  const sorted = [...edits].sort((one, other) => one.start - other.start);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const stands = (at: number) => hashRaw(rotationId, text.slice(at, at + first.length)) === first.after;
  const here = sorted.filter((edit) => stands(edit.start));
  if (here.length === sorted.length) return here.map((edit) => [edit, edit.start]);
  const places: number[] = [];
  const to = Math.min(text.length - first.length, last.start + SEARCH);
  for (let at = Math.max(0, first.start - SEARCH); at <= to; at += 1) if (stands(at)) places.push(at);
  if (places.length === sorted.length)
    return sorted.map((edit, index) => [edit, places[index] ?? edit.start]);
  const left = sorted.filter((edit) => !here.includes(edit));
  const free = places.filter((place) => !here.some((edit) => edit.start === place));
  const [moved, place] = [left[0], free[0]];
  return [
    ...here.map((edit): [AppliedEdit, number] => [edit, edit.start]),
    ...(moved !== undefined && place !== undefined && left.length === 1 && free.length === 1
      ? [[moved, place] as const]
      : []),
  ];
}
