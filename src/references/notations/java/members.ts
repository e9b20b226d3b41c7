import type { Node } from 'web-tree-sitter';
import type { ReferenceRole } from '../../../model/reference';
import { nodesOf } from './declarations';

/** A place where a member of some object gets a value. */
export interface MemberWrite {
  readonly name: string;
  readonly role: ReferenceRole | undefined;
  readonly object: Node;
  readonly value: Node;
}

/** Members of the SDKs' configuration classes (docs/facts.md NAME-1). */
const roles: ReadonlyMap<string, ReferenceRole> = new Map([
  ['clientKeyFile', 'keyFile'],
  ['clientKeyContent', 'keyContent'],
  ['password', 'password'],
  ['passwordFromFilePath', 'passwordFile'],
  ['passwordFromEnvVariable', 'passwordEnv'],
]);

/** All calls `object.setX(value)` and assignments `object.x = value`, in the order of the text. */
export function readMemberWrites(root: Node, checkTime: () => void): readonly MemberWrite[] {
  return nodesOf(root, ['method_invocation', 'assignment_expression']).flatMap((node) => {
    checkTime();
    return (node.type === 'method_invocation' ? setterCall(node) : fieldWrite(node)) ?? [];
  });
}

function setterCall(node: Node): MemberWrite | undefined {
  const object = node.childForFieldName('object');
  const method = node.childForFieldName('name')?.text ?? '';
  const given = (node.childForFieldName('arguments')?.namedChildren ?? []).filter(
    (child) => child !== null && !child.type.endsWith('_comment'),
  );
  const [value] = given;
  if (object === null || given.length !== 1 || value === undefined || value === null) return undefined;
  if (!/^set[A-Z]/.test(method)) return undefined;
  const name = method.charAt(3).toLowerCase() + method.slice(4);
  return { name, role: roles.get(name), object, value };
}

function fieldWrite(node: Node): MemberWrite | undefined {
  const left = node.childForFieldName('left');
  const value = node.childForFieldName('right');
  if (left?.type !== 'field_access' || value === null) return undefined;
  const object = left.childForFieldName('object');
  const name = left.childForFieldName('field')?.text ?? '';
  return object === null ? undefined : { name, role: roles.get(name), object, value };
}
