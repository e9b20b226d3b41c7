import type { Node } from 'web-tree-sitter';
import type { Variable } from './language';
import { enclosing, nodesOf, operands } from './tree';

/** The name under which a function without arguments is known among the variables. */
export function callName(name: string): string {
  return `${name}()`;
}

/**
 * A function without parameters stands for what it returns, like a variable that each `return` gives a value to; of several
 * results the first.
 */
export function returnedBy(
  declaration: Node,
  functions: readonly string[],
  variable: Omit<Variable, 'type' | 'values'>,
): Variable {
  const values = nodesOf(declaration, ['return_statement']).flatMap((statement) => {
    if (enclosing(statement, functions)?.id !== declaration.id) return [];
    const [result] = operands(statement);
    const first = result?.type === 'expression_list' ? operands(result)[0] : result;
    return first === undefined || /^(?:null_literal|nil|none)$/.test(first.type) ? [] : [first];
  });
  return { ...variable, name: callName(variable.name), type: '', values };
}
