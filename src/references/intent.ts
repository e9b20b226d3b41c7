import { parseCredentialFile } from '../credential/credentialFile';
import type { Replacement } from '../model/patch';
import type { ReferenceRole } from '../model/reference';
import type { ResolvedClient, ResolvedMember } from './grouping';
import { newPathValue } from './newPath';
import type { Notation } from './notation';
import type { RawEdit } from './rewrite';
import { readWhole } from './walk';

/** An edit with the value that a program has to read there afterwards. */
export interface IntendedEdit extends RawEdit {
  readonly groupId: string;
  readonly role: ReferenceRole;
  readonly value: string;
  /** A path that leads nowhere on this machine. */
  readonly unresolved: boolean;
}

/** What has to stand in place of each member of a client, or in words why that cannot be written. */
export function intendEdits(
  client: ResolvedClient,
  notation: Notation,
  text: string,
  replacement: Replacement,
): readonly IntendedEdit[] | string {
  const edits: IntendedEdit[] = [];
  for (const member of client.members) {
    const { role, start, end } = member.found;
    const value = newValue(member, replacement);
    if (value === undefined) return `No ${role} for the new key can be written in the style of the old one.`;
    const raw = notation.encode(value, text.slice(start, end));
    if (raw === undefined) return `The notation cannot hold the new ${role}.`;
    const isPath = role === 'keyFile' || role === 'passwordFile';
    edits.push({
      groupId: client.id,
      role,
      start,
      end,
      raw,
      value,
      unresolved: isPath && member.resolved === undefined,
    });
  }
  return edits;
}

function newValue({ found, resolved }: ResolvedMember, replacement: Replacement): string | undefined {
  switch (found.role) {
    case 'keyFile':
      return newPathValue(found.value ?? '', resolved, replacement.credentialFile);
    case 'passwordFile':
      return newPathValue(found.value ?? '', resolved, replacement.passwordFile);
    case 'password':
      return replacement.password.reveal();
    case 'keyContent':
      return newContent(replacement);
    default:
      return undefined;
  }
}

/** The credential as it stands in its file, which was saved and proven before anything is patched. */
function newContent({ credentialFile, keyId }: Replacement): string | undefined {
  try {
    const bytes = readWhole(credentialFile);
    return parseCredentialFile(bytes).keyId === keyId ? bytes.toString('utf8').trim() : undefined;
  } catch {
    return undefined;
  }
}
