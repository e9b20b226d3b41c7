import type { Scratch } from './readBytes';

/** A text to look for, in capitals or small letters. */
export interface Needle {
  /** At least 7 characters of ASCII. */
  readonly text: string;
  /** Where in it four neighbouring groups of four bytes begin that are rare in other texts. */
  readonly rareFrom?: number;
}

/** Whether any of the needles is in the first `length` bytes of a scratch buffer. */
export type ByteFilter = (scratch: Scratch, length: number) => boolean;

/** Needles have to be this long: whatever place they begin at, one of four neighbouring groups lies on a multiple of four. */
const MIN_NEEDLE = 7;

/** Sets the bit by which capitals differ from small letters. What it does to other characters makes none of them a letter. */
const FOLD = 0x20202020;
/** Spreads groups over the table (the golden ratio, as usual). */
const SPREAD = 0x9e3779b1 | 0;

/**
 * One pass looks at every fourth byte, as a group of four, so that its time does not depend on how many needles there are
 * (docs/facts.md RUN-2).
 */
export function createByteFilter(needles: readonly Needle[]): ByteFilter {
  const shift = 32 - Math.max(14, Math.ceil(Math.log2(needles.length * 4 + 1)) + 4);
  /** Which groups are worth a closer look, by hash; and at what. */
  const known = new Uint8Array(2 ** (32 - shift));
  const byHash: { readonly folded: Uint8Array; readonly offset: number }[][] = [];

  for (const { text, rareFrom = 0 } of needles) {
    const folded = Buffer.from(text, 'latin1').map((byte) => byte | 0x20);
    const view = new DataView(folded.buffer, folded.byteOffset, folded.length);
    for (let offset = rareFrom; offset < rareFrom + 4; offset += 1) {
      const hash = Math.imul(view.getInt32(offset, true), SPREAD) >>> shift;
      known[hash] = 1;
      byHash[hash] = [...(byHash[hash] ?? []), { folded, offset }];
    }
  }

  function standsAt({ bytes, words }: Scratch, length: number, word: number): boolean {
    const hash = Math.imul((words[word] ?? 0) | FOLD, SPREAD) >>> shift;
    for (const { folded, offset } of byHash[hash] ?? []) {
      const start = word * 4 - offset;
      if (start < 0 || start + folded.length > length) continue;
      // From the end: many words begin alike.
      let left = folded.length - 1;
      while (left >= 0 && ((bytes[start + left] ?? 0) | 0x20) === folded[left]) left -= 1;
      if (left < 0) return true;
    }
    return false;
  }

  return (scratch, length) => {
    const { words } = scratch;
    const end = (length + 3) >> 2;
    const isKnown = (word: number) => known[Math.imul((words[word] ?? 0) | FOLD, SPREAD) >>> shift] ?? 0;
    // Four at a time: most are unknown. The buffer is larger than any file, so that there is something behind the end.
    for (let at = 0; at < end; at += 4) {
      if ((isKnown(at) | isKnown(at + 1) | isKnown(at + 2) | isKnown(at + 3)) === 0) continue;
      for (let word = at; word < at + 4; word += 1)
        if (isKnown(word) === 1 && standsAt(scratch, length, word)) return true;
    }
    return false;
  };
}

/** The same for names that people chose: short ones are rare enough to be looked for one by one, as they are written. */
export function createNameFilter(names: readonly string[]): ByteFilter {
  const isLong = (name: string) => name.length >= MIN_NEEDLE && /^[\x20-\x7e]*$/.test(name);
  const hasLong = createByteFilter(names.filter(isLong).map((text) => ({ text })));
  const others = names.filter((name) => !isLong(name)).map((name) => Buffer.from(name));
  return (scratch, length) => {
    if (hasLong(scratch, length)) return true;
    const bytes = scratch.bytes.subarray(0, length);
    return others.some((name) => bytes.includes(name));
  };
}
