import type { Node } from 'web-tree-sitter';
import type { Variable } from './language';

export interface FunctionOfFile {
  readonly name: string;
  readonly parameters: readonly Variable[];
}

export interface CallOfFile {
  readonly name: string;
  /** By position, or by name for named arguments. */
  readonly given: readonly { readonly name?: string; readonly value: Node }[];
}

/** Notes for each parameter what the calls in the same file pass. A name that two functions have tells nothing. */
export function passArguments(functions: readonly FunctionOfFile[], calls: readonly CallOfFile[]): void {
  const byName = new Map<string, FunctionOfFile | undefined>();
  for (const one of functions) byName.set(one.name, byName.has(one.name) ? undefined : one);
  for (const call of calls) {
    const called = byName.get(call.name);
    if (called === undefined) continue;
    call.given.forEach(({ name, value }, index) => {
      const parameter =
        name === undefined ? called.parameters[index] : called.parameters.find((one) => one.name === name);
      parameter?.given?.push(value);
    });
  }
}
