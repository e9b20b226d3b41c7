import type { Expression, Language, Variable } from './language';

/** What names mean at some place of a file. */
export interface Scopes {
  /** The variable that a name stands for, if it is one of this file. */
  resolve(name: Extract<Expression, { kind: 'name' }>, at: number): Variable | undefined;
}

const SELF = /^(?:\$?this|self|cls|static)$/;

/** Looks names up in the variables of a file: the innermost scope wins. */
export function createScopes(
  variables: readonly Variable[],
  { fieldsNeedOwner = false }: Pick<Language, 'fieldsNeedOwner'> = {},
): Scopes {
  const byName = new Map<string, Variable[]>();
  for (const variable of variables) {
    const same = byName.get(variable.name);
    if (same === undefined) byName.set(variable.name, [variable]);
    else same.push(variable);
  }
  return {
    resolve({ name, owner }, at) {
      const same = byName.get(name) ?? [];
      if (owner !== undefined && !SELF.test(owner))
        return same.find((one) => one.kind === 'field' && one.owner === owner);
      return same
        .filter((one) => one.scopeStart <= at && at < one.scopeEnd)
        .filter((one) =>
          owner === undefined ? one.kind !== 'field' || !fieldsNeedOwner : one.kind === 'field',
        )
        .sort((one, other) => one.scopeEnd - one.scopeStart - (other.scopeEnd - other.scopeStart))[0];
    },
  };
}

/** How many variables of the file have a name. */
export function countNames(variables: readonly Variable[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of variables) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
