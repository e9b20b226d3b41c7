const LONGEST = 300;

/** The text with no word longer than any honest one: a browser takes many seconds to break one of 10 KB into lines. */
export function cutWords(text: string): string {
  return text.replace(/\S{301,}/g, (word) => `${word.slice(0, LONGEST)}…`);
}
