import type { PlacedSetting } from './foundFile';
import type { ResolvedClient, ResolvedMember } from './grouping';
import { opensCredential } from './pairProof';
import { readWhole } from './readBytes';

const PASSWORD_NAME = /PASS(?:WORD|WD)?$|PWD$/i;
/** Names that say by themselves whose password it is (docs/facts.md NAME-4). */
const KMS_PASSWORD_NAME = /(?:^|[_.-])(?:\w*KMS|CLIENT_?KEY)_(?:\w+_)?(?:PASS(?:WORD|WD)?|PWD)$/i;

/**
 * Adds the password that a file sets beside a mounted credential: an image that copies the file and has `KMS_PASSWORD` in
 * its environment tells nowhere else that both are one client, and would break if the file changed alone. Taken is what
 * opens the credential; where that cannot be tried, the one password that is named after KMS.
 * @param isTaken whether a client is known that reads the value at a place
 * @param isOneOfSeveral whether other credentials are mounted by the same file
 */
export function addMountPassword(
  client: ResolvedClient,
  settings: readonly PlacedSetting[],
  isTaken: (start: number) => boolean,
  isOneOfSeveral: boolean,
): ResolvedClient {
  const key = client.members.find(({ found }) => found.role === 'keyFile');
  if (key === undefined || client.members.some(({ found }) => found.role === 'passwordFile')) return client;
  const credential = key.resolved === undefined ? undefined : readOrNothing(key.resolved.target);
  const candidates = settings.flatMap((setting) => {
    const { in: where, name, value = '', lookup, obstacle, start } = setting;
    if (where !== 'environment' || lookup !== undefined || obstacle !== undefined || value === '') return [];
    if (!PASSWORD_NAME.test(name) || isTaken(start)) return [];
    const proof = credential === undefined ? 'unknown' : opensCredential(credential, value);
    return proof === 'notOpened' ? [] : [{ setting, value, proof }];
  });
  const opening = candidates.filter(({ proof }) => proof === 'opened');
  const named = candidates.filter(({ setting }) => KMS_PASSWORD_NAME.test(setting.name));
  const isOnly = !isOneOfSeveral && new Set(named.map(({ value }) => value)).size === 1;
  const found = opening.length > 0 ? opening : isOnly ? named : [];
  return {
    ...client,
    members: [...client.members, ...found.map(({ setting }) => memberOf(client, setting))],
  };
}

function memberOf(
  { file, folder, notation }: ResolvedClient,
  { line, column, in: _, ...found }: PlacedSetting,
): ResolvedMember {
  return {
    file,
    folder,
    notation,
    found: { ...found, role: 'password' },
    range: { start: found.start, end: found.end, line, column },
  };
}

function readOrNothing(file: string): Buffer | undefined {
  try {
    return readWhole(file);
  } catch {
    return undefined;
  }
}
