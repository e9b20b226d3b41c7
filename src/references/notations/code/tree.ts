import type { Node } from 'web-tree-sitter';

/** Climbing costs as much as a node is deep, each step: no source that people write is deeper. */
const MAX_CLIMB = 500;

/** The nodes of some types below a node, in the order of the text. */
export function nodesOf(node: Node, types: readonly string[]): Node[] {
  return node.descendantsOfType([...types]).filter((one) => one?.isNamed === true);
}

/** The nodes around a node, from the inside out. */
export function* around(node: Node): Generator<Node> {
  let above = node.parent;
  for (let step = 0; above !== null && step < MAX_CLIMB; step += 1) {
    yield above;
    above = above.parent;
  }
}

/** The nearest node of some types around a node. */
export function enclosing(node: Node, types: readonly string[]): Node | undefined {
  for (const above of around(node)) if (types.includes(above.type)) return above;
  return undefined;
}

/** The named children of a node that are no comments: arguments, elements, operands. */
export function operands(node: Node | null): Node[] {
  return (node?.namedChildren ?? []).filter(
    (child): child is Node => child !== null && !/comment/.test(child.type),
  );
}

/** The text of a field of a node, empty where it has none. */
export function fieldText(node: Node, field: string): string {
  return node.childForFieldName(field)?.text ?? '';
}
