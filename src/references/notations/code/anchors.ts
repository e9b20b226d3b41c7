/**
 * Gives every client of a file an anchor of its own: the words, numbered where another owner has the same ones already.
 * `owner` is whatever is the same for all writes of one client: a node's id, a variable.
 */
export function createAnchors(): (owner: unknown, words: string) => string {
  const given = new Map<string, Map<unknown, string>>();
  return (owner, words) => {
    const same = given.get(words) ?? new Map<unknown, string>();
    given.set(words, same);
    const anchor = same.get(owner) ?? (same.size === 0 ? words : `${words}#${same.size + 1}`);
    same.set(owner, anchor);
    return anchor;
  };
}
