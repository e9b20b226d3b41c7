import { readFileSync } from 'node:fs';
import { isCredentialError } from '../credential/credentialError';
import { MAX_CREDENTIAL_BYTES } from '../credential/credentialFile';
import { errnoOf } from '../credential/durableFile';
import { openCredential } from '../credential/pkcs12';
import type { Replacement } from '../model/patch';
import { Secret } from '../model/secret';
import { readPasswordText } from '../references/notations/credential';
import { CliError } from './arguments';

/**
 * Reads the new pair and proves that it opens: what does not open is never patched in.
 * @throws CliError
 */
export function readReplacement(credentialFile: string, passwordFile: string): Replacement {
  const credential = read(credentialFile);
  if (credential.byteLength > MAX_CREDENTIAL_BYTES)
    throw new CliError(`${credentialFile} is too large to be a credential file.`);
  const text = read(passwordFile).toString('utf8');
  // Some programs strip the file, others do not: as it stands first, then without a line feed, or as JSON names it.
  const candidates = new Set([text, readPasswordText(text)].filter((one) => one !== undefined && one !== ''));
  if (candidates.size === 0) throw new CliError(`${passwordFile} holds no password.`);
  let failure: unknown;
  for (const candidate of candidates) {
    const password = new Secret(candidate ?? '');
    try {
      const { keyId, keyMatches } = openCredential(credential, password);
      if (!keyMatches)
        throw new CliError(`The private key in ${credentialFile} does not belong to its certificate.`);
      return { keyId, password, credentialFile, passwordFile };
    } catch (error) {
      if (error instanceof CliError) throw error;
      failure = error;
    }
  }
  const reason = isCredentialError(failure) ? failure.message : 'It is damaged.';
  throw new CliError(`${credentialFile} does not open with the password in ${passwordFile}: ${reason}`);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CliError(`${file} cannot be read (${errnoOf(error) ?? 'unreadable'}).`);
  }
}
