/**
 * Where a text stops being JSON. `JSON.parse` tells no position for most mistakes, and quotes the text around it, which
 * for a file of credentials must not reach a message. To be asked only about a text that `JSON.parse` has refused.
 * @returns line and column, both from 1; undefined if no mistake is found
 */
export function findJsonMistake(
  text: string,
): { readonly line: number; readonly column: number } | undefined {
  const offset = firstMistake(text);
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

function firstMistake(text: string): number | undefined {
  let at = 0;
  /** Closing brackets of the containers that are open. */
  const open: string[] = [];
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const length = pattern.exec(text)?.[0].length ?? 0;
    at += length;
    return length > 0;
  };
  const takeCharacter = (character: string) => {
    take(SPACE);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const takeName = () => {
    take(SPACE);
    return take(STRING) && takeCharacter(':');
  };

  for (;;) {
    // Here a value begins.
    take(SPACE);
    const opening = text[at];
    if (opening === '{' || opening === '[') {
      at += 1;
      const closing = opening === '{' ? '}' : ']';
      if (!takeCharacter(closing)) {
        open.push(closing);
        if (closing === '}' && !takeName()) return at;
        continue;
      }
    } else if (!take(STRING) && !take(SCALAR)) return at;
    // Here a value has ended.
    while (open.length > 0 && takeCharacter(open.at(-1) ?? '')) open.pop();
    if (open.length === 0) {
      take(SPACE);
      return at < text.length ? at : undefined;
    }
    if (!takeCharacter(',')) return at;
    if (open.at(-1) === '}' && !takeName()) return at;
  }
}
