import type { CredentialFileLook, InspectedReference, Inspection } from '../model/inspection';
import type { Reference } from '../model/reference';
import type { FoundFile } from './foundFile';
import { knownKeysOf, toGroup } from './link/confidence';
import { isKey, type ResolvedClient } from './link/grouping';
import { linkFiles } from './link/link';
import { openPair } from './link/pairProof';
import type { Notations } from './notations';
import { planPasswordMove } from './plan/passwordMove';
import { createLooker, type InspectOrder } from './scan/lookInto';

/**
 * Looks at one file as it is on disk: which client keys it names, whether their passwords open them, and until when they are
 * valid. Look-ups that another file would answer stay open: that file is not read.
 * @param isCommitted whether git would commit a file with its next `git add`
 */
export async function inspectFile(
  order: InspectOrder,
  notations: Notations,
  isCommitted: (file: string) => Promise<boolean>,
): Promise<Inspection> {
  const { file, folder } = order;
  const found = await lookAt(order, notations);
  if (found === undefined) return { file, folder, references: [] };
  const clients = linkFiles([found]);
  const known = knownKeysOf(clients, [found]);
  const committed = memoOf(isCommitted);
  const references: InspectedReference[] = [];
  for (const client of clients) {
    if (client.file !== file) continue;
    const { proof, validity } = openPair(client);
    const pair =
      proof === 'opened'
        ? 'opened'
        : proof === 'notOpened' && !hasDefault(client)
          ? 'wrongPassword'
          : 'unproven';
    const isMovable = proof === 'opened' && (await canMove(client, order, notations));
    for (const reference of toGroup(client, undefined, known).references) {
      if (reference.file !== file) continue;
      references.push({
        reference: client.keyId === undefined ? reference : { ...reference, keyId: client.keyId },
        pair,
        ...(validity === undefined ? {} : { validity }),
        committed: await committed(secretFileOf(reference)),
        movable: isMovable && reference.role === 'password' && reference.notEditable === undefined,
      });
    }
  }
  return { file, folder, references };
}

/** What a file says of itself if it is a credential file; its password is looked for beside it. */
export async function lookAtCredentialFile(
  order: InspectOrder,
  notations: Notations,
): Promise<CredentialFileLook | undefined> {
  const found = await lookAt(order, notations);
  if (found?.notation !== 'credential') return undefined;
  const client = linkFiles([found]).find(({ members }) => members.some(({ found: one }) => isKey(one.role)));
  if (client?.keyId === undefined) return undefined;
  const { validity } = openPair(client);
  return { keyId: client.keyId, ...(validity === undefined ? {} : { validity }) };
}

async function lookAt(
  { file, folder, encodings }: InspectOrder,
  notations: Notations,
): Promise<FoundFile | undefined> {
  const look = await createLooker(encodings ?? {}).look(file, folder, notations.for(file, folder));
  return look?.kind === 'found' ? look.file : undefined;
}

async function canMove(client: ResolvedClient, order: InspectOrder, notations: Notations): Promise<boolean> {
  const plan = await planPasswordMove({ ...order, groupId: client.id }, notations);
  return typeof plan !== 'string';
}

/** A value that stands beside a look-up may be for want of another one, which is set in a file that was not read. */
function hasDefault({ members }: ResolvedClient): boolean {
  return members.some(({ found }) => found.lookup !== undefined);
}

/** Where the secret of a reference lies, if it is here: in the file that a path leads to, or in the text itself. */
function secretFileOf({ role, target, file, notEditable }: Reference): string {
  if (role === 'keyFile' || role === 'passwordFile') return target ?? '';
  const isElsewhere =
    role === 'passwordEnv' ||
    (notEditable !== undefined && /^(?:lookup|template|encrypted)$/.test(notEditable));
  return isElsewhere ? '' : file;
}

/** Git is asked once for each file; without a file there is nothing to commit. */
function memoOf(ask: (file: string) => Promise<boolean>): (file: string) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>([['', Promise.resolve(false)]]);
  return (file) => {
    const answer = answers.get(file) ?? ask(file);
    answers.set(file, answer);
    return answer;
  };
}
