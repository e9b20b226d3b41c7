import forge from 'node-forge';
import type { OpenedCredential } from '../model/openedCredential';
import type { Secret } from '../model/secret';
import { CredentialError, isCredentialError } from './credentialError';
import { parseCredentialFile } from './credentialFile';
import { readPfx } from './pfxReader';

const { pki } = forge;
type PublicKey = forge.pki.rsa.PublicKey;
type PrivateKey = forge.pki.rsa.PrivateKey;

/** The service makes keys of 2048 bits; a modulus of many kilobytes would sign for minutes. */
const MAX_KEY_BITS = 4096;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/**
 * Opens a credential file with its password, which proves both: the MAC holds, certificate and private key can be
 * decrypted, and the private key signs what the certificate verifies. Nothing is written or encoded again: the
 * applications read the PKCS#12 as the service made it (docs/facts.md CRED-6). Synchronous and up to
 * a second of work, hence for a worker.
 * @throws CredentialError with fixed messages that hold nothing of file or password
 */
export function openCredential(credentialFile: Uint8Array, password: Secret): OpenedCredential {
  const { keyId, privateKeyData } = parseCredentialFile(credentialFile);
  try {
    return { keyId, ...openPrivateKeyData(privateKeyData, password) };
  } catch (error) {
    if (isCredentialError(error)) throw error;
    // node-forge's messages may quote bytes of what it read.
    throw damaged();
  }
}

/**
 * Whether two certificates (or public keys) in PEM hold the same public key. Escaped line feeds, as in the service's own
 * example of `GetClientKey.PublicKeyData`, and other white space are tolerated. Unreadable text is never the same.
 */
export function samePublicKey(onePem: string, otherPem: string): boolean {
  try {
    return sameNumbers(readPublicKey(onePem), readPublicKey(otherPem));
  } catch {
    return false;
  }
}

function openPrivateKeyData(data: Secret, password: Secret): Omit<OpenedCredential, 'keyId'> {
  const base64 = data.reveal();
  if (!BASE64.test(base64)) throw damaged();
  const pfx = readPfx(Buffer.from(base64, 'base64').toString('latin1'), password.reveal());
  const [keyNode] = pfx.privateKeys;
  if (keyNode === undefined || pfx.certificates.length === 0) throw damaged();
  const key = pki.privateKeyFromAsn1(keyNode);
  if (!isRsa(key) || key.n.bitLength() > MAX_KEY_BITS) throw damaged();
  const match = pfx.certificates
    .map((der) => ({ der, certificate: pki.certificateFromAsn1(forge.asn1.fromDer(der)) }))
    .find(({ certificate }) => belongsTo(key, certificate));
  if (match === undefined)
    throw new CredentialError('keyMismatch', 'The private key does not belong to the certificate beside it.');
  const { validity, subject } = match.certificate;
  return {
    certificatePem: forge.pem.encode({ type: 'CERTIFICATE', body: match.der }).replaceAll('\r\n', '\n'),
    notBefore: validity.notBefore.getTime(),
    notAfter: validity.notAfter.getTime(),
    subject: subject.attributes.map((part) => `${part.shortName ?? part.name}=${part.value}`).join(', '),
    keyMatches: true,
  };
}

/** Comparing the modulus alone would miss a damaged exponent: the key has to sign. */
function belongsTo(key: PrivateKey, certificate: forge.pki.Certificate): boolean {
  const { publicKey } = certificate;
  if (!isRsa(publicKey) || !sameNumbers(publicKey, key)) return false;
  const digest = forge.md.sha256.create().update('client key');
  try {
    return publicKey.verify(digest.digest().getBytes(), key.sign(digest));
  } catch {
    return false;
  }
}

function readPublicKey(pem: string): PublicKey {
  const text = pem.replace(/(?:\\r|\\n)+/g, '\n').trim();
  const key = text.includes('BEGIN PUBLIC KEY')
    ? pki.publicKeyFromPem(text)
    : pki.certificateFromPem(text).publicKey;
  if (!isRsa(key)) throw damaged();
  return key;
}

function sameNumbers(one: PublicKey, other: PublicKey | PrivateKey): boolean {
  return one.n.equals(other.n) && one.e.equals(other.e);
}

function isRsa<T extends forge.pki.PublicKey | forge.pki.PrivateKey>(
  key: T,
): key is Extract<T, { n: unknown }> {
  return 'n' in key;
}

function damaged(): CredentialError {
  return new CredentialError('damaged', 'The private key in the credential file is damaged.');
}
