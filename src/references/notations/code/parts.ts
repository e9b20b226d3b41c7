import type { Node } from 'web-tree-sitter';
import type { Reading } from './source';

/** The parts of a concatenation with those of its parts. A long one nests as deep as it is long. */
export function leavesOf(expression: Node, { read, checkTime }: Reading): readonly Node[] {
  const leaves: Node[] = [];
  const left = [expression];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    checkTime();
    const is = read(node);
    if (is.kind === 'join') left.push(...is.parts.toReversed());
    else if (is.kind === 'wrapped') left.push(is.inner);
    else leaves.push(node);
  }
  return leaves;
}

/** Whether anything but operators stands between the parts. */
export function hasComment(expression: Node, parts: readonly Node[], { text }: Reading): boolean {
  let at = expression.startIndex;
  const between = parts.map((part) => {
    const gap = text.slice(at, part.startIndex);
    at = part.endIndex;
    return gap;
  });
  return /\/\/|\/\*|#/.test([...between, text.slice(at, expression.endIndex)].join('\n'));
}

/** `./a/b` from the folder of this file, `a/b` from wherever the path counts. Undefined where a part is not known. */
export function baseOf(
  folders: readonly (string | undefined)[],
  place: string | undefined,
): string | undefined {
  const known = folders.flatMap((folder) => folder ?? []);
  if (known.length < folders.length) return undefined;
  const path = [...(place === undefined ? [] : [place]), ...known]
    .filter((part) => part !== '')
    .join('/')
    .replaceAll(/[\\/]+/g, '/')
    .replace(/(?<=.)\/$/, '');
  const plain = path.replace(/^(?:\.\/)+(?=.)/, '');
  if (!path.startsWith('./')) return path;
  return plain.startsWith('.') ? plain : `./${plain}`;
}
