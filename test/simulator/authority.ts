import { randomBytes } from 'node:crypto';
import forge from 'node-forge';
import { createKeyPair, type KeyPair } from './certificate';

/** A certificate with its private key, in PEM, as a TLS server takes it. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A made-up certificate authority: no machine trusts it unless told to. */
export interface Authority {
  readonly certificatePem: string;
  /** @param names host names, `*` for one label; `validity` in ms, from a day ago for a year if left out */
  issue(
    names: readonly string[],
    validity?: { readonly notBefore: number; readonly notAfter: number },
  ): Promise<ServerCertificate>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param name the common name, which shows in errors */
export async function createAuthority(name: string): Promise<Authority> {
  const pair = await createKeyPair();
  const year = { notBefore: Date.now() - DAY_MS, notAfter: Date.now() + 365 * DAY_MS };
  const certificate = createCertificate(name, name, pair, pair, year, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  return {
    certificatePem: certificate,
    issue: async (names, validity = year) => {
      const own = await createKeyPair();
      const cert = createCertificate(names[0] ?? name, name, own, pair, validity, [
        { name: 'basicConstraints', cA: false },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
      ]);
      return { cert, key: forge.pki.privateKeyToPem(own.privateKey) };
    },
  };
}

function createCertificate(
  subject: string,
  issuer: string,
  own: KeyPair,
  signer: KeyPair,
  validity: { readonly notBefore: number; readonly notAfter: number },
  extensions: object[],
): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = own.publicKey;
  // A leading byte below 0x80 keeps the serial number positive.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(validity.notBefore);
  certificate.validity.notAfter = new Date(validity.notAfter);
  certificate.setSubject([{ name: 'commonName', value: subject }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer }]);
  certificate.setExtensions(extensions);
  certificate.sign(signer.privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
