import type { Node } from 'web-tree-sitter';
import type { Language } from './language';

/** No code that people write wraps an expression more often. */
const MAX_WRAPPERS = 50;

/** What stands in parentheses, casts and conversions. */
export function innermost(expression: Node, read: Language['read']): Node {
  let inner = expression;
  for (let step = 0; step < MAX_WRAPPERS; step += 1) {
    const is = read(inner);
    if (is.kind !== 'wrapped') return inner;
    inner = is.inner;
  }
  return inner;
}

/** The text of an expression, unless it is longer than anything it is compared with. */
export function shortText(node: Node, limit = 200): string {
  return node.endIndex - node.startIndex > limit ? '' : node.text;
}
