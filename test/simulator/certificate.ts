import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

const generate = promisify(generateKeyPair);

/** An RSA-2048 key pair as forge objects. */
export type KeyPair = forge.pki.rsa.KeyPair;

/** A key pair with its self-issued certificate. */
export interface Identity {
  readonly privateKey: forge.pki.rsa.PrivateKey;
  readonly certificate: forge.pki.Certificate;
  readonly certificatePem: string;
}

/** Generates a fresh key pair; it takes some hundred ms of CPU. */
export async function createKeyPair(): Promise<KeyPair> {
  const pair = await generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    privateKey: forge.pki.privateKeyFromPem(pair.privateKey),
    publicKey: forge.pki.publicKeyFromPem(pair.publicKey),
  };
}

/**
 * Makes the certificate of a client key. Subject and issuer are the same and end in the name of the AAP, key
 * usage is digitalSignature (docs/facts.md CRED-5).
 * @param aapName becomes the CN
 * @param pair the keys; fresh ones if left out
 * @param notBefore ms, notAfter ms: the certificate's dates are the key's dates, whole seconds
 */
export async function createIdentity(
  aapName: string,
  notBefore: number,
  notAfter: number,
  pair?: KeyPair,
): Promise<Identity> {
  const { privateKey, publicKey } = pair ?? (await createKeyPair());
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  // A leading byte below 0x80 keeps the serial number positive.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(notBefore);
  certificate.validity.notAfter = new Date(notAfter);
  const name = [
    { name: 'countryName', value: 'CN' },
    { shortName: 'ST', value: 'Zhejiang' },
    { name: 'localityName', value: 'Hangzhou' },
    { name: 'organizationName', value: 'Alibaba' },
    { shortName: 'OU', value: 'Aliyun' },
    { name: 'commonName', value: aapName },
  ];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([{ name: 'keyUsage', critical: true, digitalSignature: true }]);
  certificate.sign(privateKey, forge.md.sha256.create());
  return { privateKey, certificate, certificatePem: forge.pki.certificateToPem(certificate) };
}
