import type { Node } from 'web-tree-sitter';
import type { Variable } from '../code/language';
import type { Scopes } from '../code/scopes';
import { placeOf } from './declarations';
import { calledName, readPython } from './expressions';

/** The object that a member is set on: what makes two writes belong to one client. */
export interface Receiver {
  readonly owner: unknown;
  readonly anchor: string;
  /** What makes it, as it is called: `models.Config`. */
  readonly type: string;
  readonly name: string;
}

/** The object that a call makes: it counts for the variable it is assigned to. */
export function receiverOfCall(call: Node, scopes: Scopes): Receiver {
  const type = call.childForFieldName('function')?.text ?? '';
  const assignment = call.parent;
  const target = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : null;
  const variable = target === null ? undefined : resolve(target, scopes);
  if (target !== null && variable !== undefined) return { ...ofVariable(variable, target), type };
  if (target?.type === 'attribute') return { ...ofText(target), type };
  return { owner: call.id, anchor: `${placeOf(call)}/${calledName(call).name}`, type, name: '' };
}

/** The object behind `config.password = …`. Undefined for `self`: inside the class itself nothing is a reference. */
export function receiverOf(object: Node, scopes: Scopes): Receiver | undefined {
  if (object.type === 'call') return receiverOfCall(object, scopes);
  if (/^(?:self|cls)$/.test(object.text)) return undefined;
  const variable = resolve(object, scopes);
  if (variable !== undefined) return { ...ofVariable(variable, object), type: typeOf(variable, object) };
  return /^(?:identifier|attribute|subscript)$/.test(object.type)
    ? { ...ofText(object), type: '' }
    : undefined;
}

function resolve(node: Node, scopes: Scopes): Variable | undefined {
  const read = readPython(node);
  return read.kind === 'name' ? scopes.resolve(read, node.startIndex) : undefined;
}

function ofVariable(variable: Variable, use: Node): Omit<Receiver, 'type'> {
  // Functions run in any order: only the text of one, or of the module, tells which object a name stands for.
  const generation = variable.kind === 'field' ? 0 : creationsBefore(variable, use).length;
  const place = variable.kind === 'field' ? (variable.owner ?? '') : placeOf(use);
  const name = generation > 1 ? `${variable.name}~${generation}` : variable.name;
  return { owner: variable, anchor: `${place}/${name}`, name: variable.name };
}

function creationsBefore({ values }: Variable, use: Node): readonly Node[] {
  return values.filter(
    (value) => value.type === 'call' && (value.parent?.startIndex ?? value.startIndex) <= use.startIndex,
  );
}

function typeOf(variable: Variable, use: Node): string {
  const made = creationsBefore(variable, use).at(-1) ?? variable.values.find(({ type }) => type === 'call');
  return variable.type !== '' ? variable.type : (made?.childForFieldName('function')?.text ?? '');
}

function ofText(node: Node): Omit<Receiver, 'type'> {
  const anchor = `${placeOf(node)}/${node.text.replace(/\s/g, '').slice(0, 80)}`;
  return { owner: anchor, anchor, name: node.text };
}
