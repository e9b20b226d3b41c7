import { createHash } from 'node:crypto';
import { openCredential } from '../credential/pkcs12';
import { Secret } from '../model/secret';
import { isKey, type ResolvedClient, type ResolvedMember } from './grouping';
import { readWhole } from './walk';

/** Whether the passwords of a client open its credentials, or one of them is not here to be tried. */
export type PairProof = 'opened' | 'notOpened' | 'notHere';

/** Passwords have at most 64 characters: a larger file holds something else. */
const MAX_PASSWORD_FILE = 1024;
const MAX_REMEMBERED = 500;

/**
 * What a pair gave, by a hash of both. Opening takes a quarter of a second, and a plan scans what was just scanned; a file
 * that changed is another content. It lives as long as the worker.
 */
const remembered = new Map<string, boolean>();

/** Tries every password of a client on every credential it leads to. */
export function provePair({ members }: ResolvedClient): PairProof {
  const credentials = members.filter(({ found }) => isKey(found.role)).map(readCredential);
  const passwords = members.filter(({ found }) => !isKey(found.role)).map(readPasswords);
  if (credentials.length === 0 || passwords.length === 0) return 'notHere';
  const tried = credentials.flatMap((credential) =>
    passwords.map((forms) =>
      credential === undefined || forms === undefined
        ? undefined
        : forms.some((password) => opens(credential, password)),
    ),
  );
  if (tried.includes(false)) return 'notOpened';
  return tried.includes(undefined) ? 'notHere' : 'opened';
}

function readCredential({ found, resolved }: ResolvedMember): Buffer | undefined {
  if (found.role === 'keyContent') return found.value === undefined ? undefined : Buffer.from(found.value);
  return resolved === undefined ? undefined : readOrEmpty(resolved.target);
}

/** A password as it may be read: some programs strip the line feed of a password file (docs/facts.md CRED-7). */
function readPasswords({ found, resolved }: ResolvedMember): readonly string[] | undefined {
  if (found.role === 'password') return found.value === undefined ? undefined : [found.value];
  if (found.role !== 'passwordFile' || resolved === undefined) return undefined;
  const bytes = readOrEmpty(resolved.target);
  if (bytes.length > MAX_PASSWORD_FILE) return [];
  const text = bytes.toString('utf8');
  return [...new Set([text, text.trim()])];
}

/** A file that is here and cannot be read opens nothing. */
function readOrEmpty(file: string): Buffer {
  try {
    return readWhole(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function opens(credential: Buffer, password: string): boolean {
  const pair = createHash('sha256')
    .update(`${credential.length}\n`)
    .update(credential)
    .update(password)
    .digest('hex');
  const known = remembered.get(pair);
  if (known !== undefined) return known;
  const opened = tryToOpen(credential, password);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(pair, opened);
  return opened;
}

function tryToOpen(credential: Buffer, password: string): boolean {
  try {
    openCredential(credential, new Secret(password));
    return true;
  } catch {
    // Damaged, of another password, too costly: in no case does it prove anything.
    return false;
  }
}
