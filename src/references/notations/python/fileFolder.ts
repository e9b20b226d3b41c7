import type { Node } from 'web-tree-sitter';
import { fieldText, operands } from '../code/tree';

const MAX_DEPTH = 20;

/**
 * How many folders above that of the source file an expression stands for: 0 for `os.path.dirname(__file__)` and
 * `Path(__file__).parent`, -1 for `__file__` itself. Undefined if it is no such expression.
 */
export function folderOfFile(node: Node, depth = 0): number | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (node.type === 'identifier') return node.text === '__file__' ? -1 : undefined;
  if (node.type === 'attribute')
    return fieldText(node, 'attribute') === 'parent'
      ? above(node.childForFieldName('object'), 1, depth)
      : undefined;
  if (node.type === 'subscript') {
    const parents = node.childForFieldName('value');
    const index = /^\d{1,2}$/.exec(fieldText(node, 'subscript'))?.[0];
    if (parents?.type !== 'attribute' || fieldText(parents, 'attribute') !== 'parents' || index === undefined)
      return undefined;
    return above(parents.childForFieldName('object'), Number(index) + 1, depth);
  }
  if (node.type === 'parenthesized_expression') return above(operands(node)[0], 0, depth);
  return node.type === 'call' ? folderOfCall(node, depth) : undefined;
}

function folderOfCall(call: Node, depth: number): number | undefined {
  const called = call.childForFieldName('function');
  const name = called?.type === 'attribute' ? fieldText(called, 'attribute') : (called?.text ?? '');
  const [given] = operands(call.childForFieldName('arguments'));
  if (given !== undefined && /^(?:dirname)$/.test(name)) return above(given, 1, depth);
  if (given !== undefined && /^(?:abspath|realpath|normpath|Path|PurePath|str|fspath)$/.test(name))
    return operands(call.childForFieldName('arguments')).length === 1 ? above(given, 0, depth) : undefined;
  if (called?.type === 'attribute' && /^(?:resolve|absolute|as_posix|expanduser)$/.test(name))
    return above(called.childForFieldName('object'), 0, depth);
  return undefined;
}

function above(node: Node | null | undefined, steps: number, depth: number): number | undefined {
  const folder = node === null || node === undefined ? undefined : folderOfFile(node, depth + 1);
  return folder === undefined ? undefined : folder + steps;
}
