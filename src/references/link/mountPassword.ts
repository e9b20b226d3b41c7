import type { PlacedSetting } from '../foundFile';
import { readWhole } from '../scan/readBytes';
import type { ResolvedMember } from './grouping';
import { opensCredential } from './pairProof';
import type { Mount } from './resolvedPath';

const PASSWORD_NAME = /PASS(?:WORD|WD)?$|PWD$/i;
/** Names that say by themselves whose password it is (docs/facts.md NAME-4). */
const KMS_PASSWORD_NAME = /(?:^|[_.-])(?:\w*KMS|CLIENT_?KEY)_(?:\w+_)?(?:PASS(?:WORD|WD)?|PWD)$/i;

/**
 * The password that a file sets beside a mounted credential: an image that copies the file and has `KMS_PASSWORD` in its
 * environment tells nowhere else that both are one client, and would break if the file changed alone. Taken is what opens
 * the credential; where that cannot be tried, the one password that is named after KMS.
 * @param settings of the file, without those that a client is known to read
 * @param isOnlyKey whether the file mounts no credential of another key
 */
export function passwordsBeside(
  { path, isMissing }: Mount,
  settings: readonly PlacedSetting[],
  isOnlyKey: boolean,
): readonly PlacedSetting[] {
  const credential = isMissing === true ? undefined : readOrNothing(path);
  const candidates = settings.flatMap((setting) => {
    const { in: where, name, value = '', lookup, obstacle } = setting;
    if (where !== 'environment' || lookup !== undefined || obstacle !== undefined || value === '') return [];
    if (!PASSWORD_NAME.test(name)) return [];
    const proof = credential === undefined ? 'unknown' : opensCredential(credential, value);
    return proof === 'notOpened' ? [] : [{ setting, value, proof }];
  });
  const opening = candidates.filter(({ proof }) => proof === 'opened');
  const named = candidates.filter(({ setting }) => KMS_PASSWORD_NAME.test(setting.name));
  const isOne = isOnlyKey && new Set(named.map(({ value }) => value)).size === 1;
  return (opening.length > 0 ? opening : isOne ? named : []).map(({ setting }) => setting);
}

export function passwordMember(
  { file, folder, notation }: Mount,
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
