import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import type { ReferenceRole, Strategy } from '../../model/reference';
import { isPath, type ResolvedClient, type ResolvedMember } from '../link/grouping';
import { mountOf } from '../link/sharedMounts';
import { besideOf } from './beside';
import { formatLike, passwordLike } from './credentialText';
import type { IntendedCopy, IntendedEdit, Intent, NewPair } from './intent';
import { nameOfPath, newPathValue } from './newPath';
import { type Source, valueInText } from './proof';

/** What a client's intent is made from. */
export interface IntentParts {
  readonly pair: NewPair;
  /** The file of a member as it is now. */
  open(member: ResolvedMember): Promise<Source | undefined>;
  /** The members that stand for whole credential and password files, by the real path of the file. */
  readonly contents: ReadonlyMap<string, ResolvedMember>;
  /** The mounts that change with the clients that read files through them. */
  readonly mounts: ReadonlySet<string>;
}

/** What has to be done so that a client reads the new pair, or in words why that cannot be. */
export async function intend(
  client: ResolvedClient,
  strategy: Strategy | undefined,
  parts: IntentParts,
): Promise<Intent | string> {
  const edits: IntendedEdit[] = [];
  const copies: IntendedCopy[] = [];
  const leadsTo: string[] = [];
  const delivers: string[] = [];
  const replaces: string[] = [];
  const write = async (member: ResolvedMember, value: string, isPathValue = false) => {
    const edit = await editOf(client.id, member, value, isPathValue, parts);
    if (typeof edit === 'string') return edit;
    edits.push(edit);
    return undefined;
  };
  for (const member of client.members) {
    const { role } = member.found;
    if (member.isAside === true) continue;
    if (isPath(role) && member.isMount !== true && strategy === 'inPlace') {
      const file = member.resolved?.target;
      const content = file === undefined ? undefined : parts.contents.get(realPath(file));
      if (file === undefined || content === undefined || content.obstacle !== undefined)
        return `The ${role} does not lead to a file that can be given new content here.`;
      const refusal = await write(content, newContent(content, parts.pair) ?? '');
      if (refusal !== undefined) return refusal;
      replaces.push(realPath(file));
      leadsTo.push(file);
      continue;
    }
    if (member.obstacle !== undefined) return cannotEdit(role, member.obstacle);
    if (isPath(role)) {
      // A file that keeps its name stays mounted where it was.
      if (strategy === 'inPlace') continue;
      if (!isNamedHere(member, client, parts.mounts))
        return `The ${role} ends in another name than the file it leads to, and no mount says why.`;
      const beside = besideOf(member, client.folder, parts.pair);
      if (typeof beside === 'string') return beside;
      const refusal = await write(member, beside.value, true);
      if (refusal !== undefined) return refusal;
      if (beside.copy !== undefined) copies.push({ ...beside.copy, groupIds: [client.id] });
      if (beside.leadsTo === undefined) delivers.push(member.file);
      else leadsTo.push(beside.leadsTo);
      continue;
    }
    const value = newContent(member, parts.pair);
    if (value === undefined) return `No ${role} for the new key can be written.`;
    const refusal = await write(member, value);
    if (refusal !== undefined) return refusal;
    if (role === 'credentialFile' || role === 'credentialPasswordFile') {
      replaces.push(realPath(member.file));
      leadsTo.push(member.file);
    }
  }
  return { groupId: client.id, edits, copies, leadsTo, delivers, replaces };
}

export function cannotEdit(role: ReferenceRole, obstacle: string): string {
  return `The ${role} cannot be edited here (${obstacle}); key and password change together or not at all.`;
}

/** The path of a file behind links. */
export function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function newContent({ found }: ResolvedMember, { credential, password }: NewPair): string | undefined {
  switch (found.role) {
    case 'password':
      return password.reveal();
    case 'credentialPasswordFile':
      return passwordLike(found.value, password.reveal());
    case 'keyContent':
    case 'credentialFile':
      return credential === undefined ? undefined : formatLike(found.value, credential);
    default:
      return undefined;
  }
}

/**
 * A path whose last name is not that of the file it leads to is changed by what mounts the file there, or not at all: then
 * the password would change alone.
 */
function isNamedHere(
  member: ResolvedMember,
  { members }: ResolvedClient,
  mounts: IntentParts['mounts'],
): boolean {
  const { found, resolved } = member;
  if (resolved === undefined || mounts.has(mountOf(member) ?? '')) return true;
  const name = basename(resolved.target);
  if (nameOfPath(found.value ?? '') === name) return true;
  return members.some(
    (other) =>
      other.found.role === found.role &&
      other.resolved?.target === resolved.target &&
      nameOfPath(other.found.value ?? '') === name &&
      other.obstacle === undefined,
  );
}

async function editOf(
  groupId: string,
  member: ResolvedMember,
  value: string,
  isPathValue: boolean,
  { open }: IntentParts,
): Promise<IntendedEdit | string> {
  const { found, file, folder, notation } = member;
  const source = await open(member);
  const old = source === undefined ? undefined : valueInText(source, found);
  if (source === undefined || old === undefined) return 'The reference has changed.';
  const rawBefore = source.text.text.slice(found.start, found.end);
  // Of a path the name alone is new, so the folder can stand in an encoding that is not known.
  const units = isPathValue
    ? newPathValue(old, undefined, nameOfPath(value))
    : source.text.encodeValue(value);
  if (units === undefined) return `The encoding of the file cannot hold the new ${found.role}.`;
  const raw = value === found.value ? rawBefore : source.notation.encode(units, rawBefore, found.form);
  if (raw === undefined) return `The notation cannot hold the new ${found.role}.`;
  return {
    file,
    folder,
    notation,
    groupIds: [groupId],
    role: found.role,
    start: found.start,
    end: found.end,
    raw,
    value,
    oldValue: found.value,
    ...(found.form === undefined ? {} : { form: found.form }),
  };
}
