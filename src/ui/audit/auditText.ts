import type { AuditText } from '../../model/auditView';

// A private-use character, which `printable` takes out of everything that comes from the log.
const MARK = '\uE000';
const MARKED_TIME = new RegExp(`${MARK}(\\d+)${MARK}`);

/** Stands for a moment (ms UTC) in a sentence until `auditText` takes the sentence apart. */
export function markTime(at: number): string {
  return `${MARK}${Math.max(0, Math.round(at))}${MARK}`;
}

/** A sentence with marked moments, as the view wants it: texts and moments in turn. */
export function auditText(sentence: string): AuditText {
  // `split` with a group puts the digits at every odd place.
  return sentence
    .split(MARKED_TIME)
    .map((part, index) => (index % 2 === 1 ? { at: Number(part) } : part))
    .filter((part) => part !== '');
}
