/**
 * Turns a glob of `search.exclude` into a test of a path relative to the folder, with `/`. Known are `*`, `**`, `?`,
 * `[…]` and `{a,b}`, as VS Code documents them. A pattern that cannot be read matches nothing.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  try {
    const pattern = new RegExp(`^${toPattern(glob.replace(/^\.?\//, ''))}$`);
    return (path) => pattern.test(path);
  } catch {
    return () => false;
  }
}

function toPattern(glob: string): string {
  let pattern = '';
  let depth = 0;
  for (let at = 0; at < glob.length; at += 1) {
    const rest = glob.slice(at);
    const character = glob.charAt(at);
    const set = /^\[(!|\^)?([^\]/]+)\]/.exec(rest);
    if (rest.startsWith('**/')) {
      pattern += '(?:[^/]+/)*';
      at += 2;
    } else if (rest === '/**') {
      pattern += '(?:/.*)?';
      at += 2;
    } else if (rest.startsWith('**')) {
      pattern += '.*';
      at += 1;
    } else if (character === '*') pattern += '[^/]*';
    else if (character === '?') pattern += '[^/]';
    else if (set?.[2] !== undefined) {
      pattern += `[${set[1] === undefined ? '' : '^'}${set[2].replaceAll('\\', '\\\\')}]`;
      at += set[0].length - 1;
    } else if (character === '{') {
      depth += 1;
      pattern += '(?:';
    } else if (character === '}' && depth > 0) {
      depth -= 1;
      pattern += ')';
    } else if (character === ',' && depth > 0) pattern += '|';
    else pattern += character.replace(/[.+^$()|[\]{}\\]/, '\\$&');
  }
  return pattern;
}
