import { formatCredentialFile } from '../../../src/credential/credentialFile';
import { Secret } from '../../../src/model/secret';
import { createIdentity, type Identity } from '../../simulator/certificate';
import { writePkcs12 } from '../../simulator/pkcs12';

export const KEY_ID = 'KAAP.66abf237-63f6-4625-b8cf-47e1086e0001';
export const PASSWORD = new Secret('canary-Passw0rd!7');
export const NOT_BEFORE = Date.UTC(2026, 10, 24, 7, 0, 0);
export const NOT_AFTER = Date.UTC(2027, 10, 24, 7, 0, 13);

let made: Promise<Identity> | undefined;

/** One throw-away key pair with certificate for all tests of a run. */
export function identity(): Promise<Identity> {
  made ??= createIdentity('payments-aap', NOT_BEFORE, NOT_AFTER);
  return made;
}

/** A credential file with the ciphers of the service, as bytes. */
export async function credentialFile(password = PASSWORD): Promise<Uint8Array> {
  return wrap(writePkcs12(await identity(), password.reveal()));
}

/** The bytes of a credential file around some base64 PKCS#12. */
export function wrap(base64: string): Uint8Array {
  const text = formatCredentialFile({ keyId: KEY_ID, privateKeyData: new Secret(base64) });
  return new TextEncoder().encode(text.reveal());
}
