import { createHash } from 'node:crypto';
import { isCredentialError } from '../../credential/credentialError';
import { openCredential } from '../../credential/pkcs12';
import { Secret } from '../../model/secret';
import { readPasswordText } from '../notations/credential';
import { readWhole } from '../scan/readBytes';
import { isKey, type ResolvedClient, type ResolvedMember } from './grouping';

/**
 * Whether the passwords of a client open its credentials. `unknown`: one of them is not here to be tried, or the credential
 * is damaged (a sample, say), which speaks neither for nor against the password.
 */
export type PairProof = 'opened' | 'notOpened' | 'unknown';

/** What trying a password on a credential gave; an opened one says how long its certificate is valid, ms UTC. */
export interface Opening {
  readonly proof: PairProof;
  readonly validity?: { readonly notBefore: number; readonly notAfter: number };
}

const MAX_REMEMBERED = 500;

/**
 * What a pair gave, by a hash of both. Opening takes a quarter of a second, and a plan scans what was just scanned; a file
 * that changed is another content. It lives as long as the worker.
 */
const remembered = new Map<string, Opening>();

/** Tries every password of a client on every credential it leads to. */
export function provePair(client: ResolvedClient): PairProof {
  return openPair(client).proof;
}

/** As `provePair`, with the validity of the credential that opened. */
export function openPair({ members }: ResolvedClient): Opening {
  const live = members.filter(({ isAside, isMount }) => isAside !== true && isMount !== true);
  const credentials = live.filter(({ found }) => isKey(found.role)).map(readCredential);
  const passwords = live.filter(({ found }) => !isKey(found.role)).map(readPasswords);
  if (credentials.length === 0 || passwords.length === 0) return { proof: 'unknown' };
  const tried = credentials.flatMap((credential) => passwords.map((forms) => tryForms(credential, forms)));
  return worst(tried) ?? { proof: 'unknown' };
}

/** Tries one password on one credential. */
export function opensCredential(credential: Buffer, password: string): PairProof {
  return tryPassword(credential, password).proof;
}

/** As `opensCredential`, with the validity of the credential if it opened. */
function tryPassword(credential: Buffer, password: string): Opening {
  const pair = createHash('sha256')
    .update(`${credential.length}\n`)
    .update(credential)
    .update(password)
    .digest('hex');
  const known = remembered.get(pair);
  if (known !== undefined) return known;
  const opening = tryToOpen(credential, password);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(pair, opening);
  return opening;
}

function tryForms(credential: Buffer | undefined, forms: readonly string[] | undefined): Opening {
  if (credential === undefined || forms === undefined) return { proof: 'unknown' };
  const tried = forms.map((form) => tryPassword(credential, form));
  return tried.find(({ proof }) => proof === 'opened') ?? best(tried);
}

function best(tried: readonly Opening[]): Opening {
  return tried.find(({ proof }) => proof === 'unknown') ?? { proof: 'notOpened' };
}

function worst(tried: readonly Opening[]): Opening | undefined {
  return (
    tried.find(({ proof }) => proof === 'notOpened') ??
    tried.find(({ proof }) => proof === 'unknown') ??
    tried[0]
  );
}

function readCredential({ found, resolved }: ResolvedMember): Buffer | undefined {
  if (found.role !== 'keyFile') return found.value === undefined ? undefined : Buffer.from(found.value);
  return resolved === undefined ? undefined : readOrNothing(resolved.target);
}

/** A password as it may be read: some programs strip the line feed of a password file (docs/facts.md CRED-7). */
function readPasswords({ found, resolved }: ResolvedMember): readonly string[] | undefined {
  if (found.role === 'password') return found.value === undefined ? undefined : [found.value];
  const text =
    found.role === 'credentialPasswordFile'
      ? found.value
      : resolved && readOrNothing(resolved.target)?.toString('utf8');
  if (text === undefined) return undefined;
  const password = readPasswordText(text);
  return password === undefined ? undefined : [...new Set([text, password])];
}

function readOrNothing(file: string): Buffer | undefined {
  try {
    return readWhole(file);
  } catch {
    return undefined;
  }
}

function tryToOpen(credential: Buffer, password: string): Opening {
  try {
    const { notBefore, notAfter } = openCredential(credential, new Secret(password));
    return { proof: 'opened', validity: { notBefore, notAfter } };
  } catch (error) {
    // Damaged, or too costly to try: that says nothing of the password.
    return { proof: isCredentialError(error) && error.code === 'wrongPassword' ? 'notOpened' : 'unknown' };
  }
}
