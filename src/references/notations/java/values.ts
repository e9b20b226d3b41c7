import type { Node } from 'web-tree-sitter';
import type { NotEditable } from '../../../model/reference';
import type { Declaration, Declarations } from './declarations';
import { decodeJavaString } from './literal';

/** Where the value of an expression is written. `through` are the variables on the way from the use to the literal. */
export interface FoundValue {
  readonly node: Node;
  readonly value?: string;
  readonly obstacle?: NotEditable;
  readonly through: readonly Declaration[];
}

/**
 * Follows an expression to the literal that it takes its value from: through constants, fields and locals of the same
 * file that are written once. Undefined for `null`.
 */
export function followValue(
  expression: Node,
  declarations: Declarations,
  through: readonly Declaration[] = [],
): FoundValue | undefined {
  switch (expression.type) {
    case 'null_literal':
      return undefined;
    case 'parenthesized_expression':
    case 'cast_expression': {
      const inner = expression.childForFieldName('value') ?? expression.namedChild(0);
      return inner === null ? undefined : followValue(inner, declarations, through);
    }
    case 'string_literal':
    case 'binary_expression': {
      const value = joinLiterals(expression);
      return value === undefined
        ? { node: expression, obstacle: 'interpolated', through }
        : { node: expression, value, through };
    }
    case 'ternary_expression':
      return { node: expression, obstacle: 'ambiguous', through };
    case 'identifier':
    case 'field_access':
      return followVariable(expression, declarations, through);
    default:
      return { node: expression, obstacle: isFormat(expression) ? 'interpolated' : 'lookup', through };
  }
}

function followVariable(
  expression: Node,
  declarations: Declarations,
  through: readonly Declaration[],
): FoundValue | undefined {
  const declaration = declarations.resolve(expression);
  if (declaration === undefined || through.includes(declaration))
    return { node: expression, obstacle: 'lookup', through };
  const path = [...through, declaration];
  const [value, ...others] = declaration.values;
  // A parameter gets its value at the call; a field without a value gets it by injection.
  if (value === undefined || declaration.kind === 'parameter')
    return { node: expression, obstacle: 'lookup', through: path };
  if (others.length > 0) return { node: expression, obstacle: 'ambiguous', through: path };
  return followValue(value, declarations, path);
}

/** The text of a literal or of a concatenation that has only literals. */
function joinLiterals(node: Node): string | undefined {
  if (node.type === 'string_literal') return decodeJavaString(node.text);
  if (node.type === 'parenthesized_expression') {
    const inner = node.namedChild(0);
    return inner === null ? undefined : joinLiterals(inner);
  }
  if (node.type !== 'binary_expression' || node.childForFieldName('operator')?.type !== '+') return undefined;
  // A comment between the parts would be lost.
  if (node.namedChildren.some((child) => child?.type.endsWith('_comment'))) return undefined;
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const start = left === null ? undefined : joinLiterals(left);
  const end = right === null ? undefined : joinLiterals(right);
  return start === undefined || end === undefined ? undefined : start + end;
}

function isFormat(node: Node): boolean {
  const name = node.type === 'method_invocation' ? node.childForFieldName('name')?.text : undefined;
  return name === 'format' || name === 'formatted' || name === 'concat';
}
