import type { ReferenceRole } from '../../model/reference';

/**
 * The path setting that leads to a file beside the old one. Only the name at its end changes, so prefix, folder, `./`, kind of
 * slash, and whatever the folder counts from stay as they are, also where the folder is another one here than where the
 * program runs.
 * @param oldValue the setting as a program reads it
 * @param oldName the name that the old file has on this machine, where it is here. A setting that ends in another one names
 *   a mount: it stays, and what is mounted there changes
 */
export function newPathValue(oldValue: string, oldName: string | undefined, newName: string): string {
  const { folder, name, tail } = splitPath(oldValue);
  return oldName !== undefined && name !== oldName ? oldValue : folder + newName + tail;
}

/** The name at the end of a path with either kind of slash. */
export function nameOfPath(value: string): string {
  return splitPath(value).name;
}

/**
 * What the new file is called: as the console calls it (docs/facts.md CRED-1), or as the tools do that keep the password in
 * JSON.
 * @param isJson whether the old password file names the password in JSON
 */
export function newFileName(
  role: Extract<ReferenceRole, 'keyFile' | 'passwordFile'>,
  keyId: string,
  isJson: boolean,
): string {
  if (role === 'keyFile') return `clientKey_${keyId}.json`;
  return isJson ? `password_${keyId}.json` : `clientKey_${keyId}_Password.txt`;
}

function splitPath(value: string): {
  readonly folder: string;
  readonly name: string;
  readonly tail: string;
} {
  const path = value.trimEnd();
  // `classpath:old.json` has no slash.
  const from =
    /^(?:.*[\\/]|\s*(?:classpath\*?|file):)/s.exec(path)?.[0].length ?? /^\s*/.exec(path)?.[0].length ?? 0;
  return { folder: path.slice(0, from), name: path.slice(from), tail: value.slice(path.length) };
}
