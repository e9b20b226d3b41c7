import type { ReferenceRole } from '../../../model/reference';
import { follow } from './follow';
import type { Variable, Write } from './language';
import { memberOfName } from './memberNames';
import type { Reading } from './source';

const roles: ReadonlyMap<string, ReferenceRole> = new Map([
  ['clientkeyfilepath', 'keyFile'],
  ['clientkeypass', 'password'],
  ['clientkey', 'keyContent'],
]);

/**
 * The role of a name that the official procedure uses (docs/facts.md NAME-6), in any spelling. What `clientKey` is, its
 * value tells.
 */
export function procedureRole(name: string, value: string | undefined): ReferenceRole | undefined {
  const role = roles.get(name.replaceAll(/[_$-]/g, '').toLowerCase());
  if (role !== 'keyContent' || value === undefined || /^\s*\{/.test(value)) return role;
  return /[\\/]|\.\w{1,5}$/.test(value) ? 'keyFile' : undefined;
}

/**
 * Fields of one class that are called as the SDK calls its members: a class of one's own that carries key and password to
 * the client.
 */
export function fieldWrites(
  variables: readonly Variable[],
  { read }: Reading,
  contextOf: (variable: Variable) => Write['context'],
  anchorOf: (variable: Variable) => string,
): readonly Write[] {
  const found = variables.flatMap((variable) => {
    const member = memberOfName(variable.name);
    // A setter gives it others.
    const [value, ...others] = variable.values.filter((one) => read(one).kind === 'literal');
    if (variable.kind !== 'field' || variable.owner === undefined || member?.family !== 'config') return [];
    return value === undefined || others.length > 0 ? [] : [{ variable, value, role: member.role }];
  });
  const owners = new Set(
    found.flatMap(({ variable, role }) => (/^key/.test(role) ? variable.owner : undefined)),
  );
  return found
    .filter(({ variable }) => owners.has(variable.owner))
    .map(({ variable, value, role }) => ({
      role,
      anchor: anchorOf(variable),
      context: contextOf(variable),
      value,
    }));
}

/** Variables that the procedure tells people to change, however they get to the client. */
export function procedureWrites(
  variables: readonly Variable[],
  reading: Reading,
  context: Write['context'],
  anchorOf: (variable: Variable) => string,
): readonly Write[] {
  return variables.flatMap((variable) => {
    const [value, ...others] = variable.values;
    if (value === undefined || others.length > 0) return [];
    if (procedureRole(variable.name, undefined) === undefined) return [];
    const [source] = follow(value, reading);
    if (source?.value === undefined && source?.lookup === undefined) return [];
    const role = procedureRole(variable.name, source.fromFile === true ? undefined : source.value);
    return role === undefined ? [] : [{ role, anchor: anchorOf(variable), context, value }];
  });
}
