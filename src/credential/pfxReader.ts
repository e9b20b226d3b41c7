import forge from 'node-forge';
import { CredentialError } from './credentialError';

/**
 * Reads the PKCS#12 of a client key bag by bag with the primitives of node-forge. Its own `pkcs12FromAsn1` derives keys
 * with whatever iteration counts it meets, also with those inside of what it has just decrypted; here every count is
 * read and charged to a budget before the derivation it belongs to.
 */

const { asn1, pki } = forge;
type Node = forge.asn1.Asn1;

/** All iteration counts of a file together: about a second. The service's files need 4097 (docs/facts.md CRED-3). */
const MAX_ITERATIONS = 100_000;
/** Safes per file and bags per safe. The service writes two safes of one bag each. */
const MAX_PARTS = 16;

const MAC_DIGESTS: Readonly<Record<string, { readonly bytes: number; create(): forge.md.MessageDigest }>> = {
  sha1: { bytes: 20, create: () => forge.md.sha1.create() },
  sha256: { bytes: 32, create: () => forge.md.sha256.create() },
  sha512: { bytes: 64, create: () => forge.md.sha512.create() },
};

/** What a PKCS#12 holds. DER as binary strings, the form node-forge works with. */
export interface PfxContent {
  readonly certificates: readonly string[];
  readonly privateKeys: readonly Node[];
}

/**
 * @param der the PKCS#12 as a binary string
 * @throws CredentialError `wrongPassword`, `tooManyIterations` or `damaged`; node-forge's own errors are for the caller
 */
export function readPfx(der: string, password: string): PfxContent {
  const budget = { left: MAX_ITERATIONS };
  const pfx = sequence(asn1.fromDer(der));
  const safes = octets(explicit(content(pfx[1], 'data')));
  checkMac(pfx[2], safes, password, budget);
  const certificates: string[] = [];
  const privateKeys: Node[] = [];
  for (const info of limited(sequence(asn1.fromDer(safes)))) {
    for (const bag of limited(sequence(readSafe(info, password, budget)))) {
      const [id, value] = sequence(bag);
      const kind = oidName(id);
      if (kind === 'certBag') certificates.push(octets(explicit(sequence(explicit(value))[1])));
      else if (kind === 'keyBag') privateKeys.push(explicit(value));
      else if (kind === 'pkcs8ShroudedKeyBag') privateKeys.push(decrypt(explicit(value), password, budget));
    }
  }
  return { certificates, privateKeys };
}

/** The contents of one safe: plain, or encrypted as a whole. */
function readSafe(info: Node, password: string, budget: { left: number }): Node {
  if (oidName(sequence(info)[0]) === 'data') return asn1.fromDer(octets(explicit(content(info, 'data'))));
  const encrypted = sequence(sequence(explicit(content(info, 'encryptedData')))[1]);
  const [, algorithm, bytes] = encrypted;
  if (algorithm === undefined || typeof bytes?.value !== 'string') throw damaged();
  // Same form as an encrypted private key, algorithm and bytes, so that one function decrypts both.
  const wrapped = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, bytes.value);
  return decrypt(
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [algorithm, wrapped]),
    password,
    budget,
  );
}

function decrypt(encrypted: Node, password: string, budget: { left: number }): Node {
  const [algorithm] = sequence(encrypted);
  const [id, parameters] = sequence(algorithm);
  if (oidName(id) === 'pkcs5PBES2') {
    const [derivation] = sequence(parameters);
    charge(sequence(sequence(derivation)[1])[1], budget);
  } else {
    charge(sequence(parameters)[1], budget);
  }
  // Null if the padding is wrong, which the types of node-forge do not say.
  const decrypted: Node | null = pki.decryptPrivateKeyInfo(encrypted, password);
  if (decrypted === null) throw damaged();
  return decrypted;
}

function checkMac(mac: Node | undefined, safes: string, password: string, budget: { left: number }): void {
  const [digestInfo, salt, iterations] = sequence(mac);
  const [algorithm, expected] = sequence(digestInfo);
  const digest = MAC_DIGESTS[oidName(sequence(algorithm)[0]) ?? ''];
  if (digest === undefined) throw damaged();
  const rounds = iterations === undefined ? 1 : charge(iterations, budget);
  const saltBuffer = forge.util.createBuffer(octets(salt));
  const key = forge.pkcs12.generateKey(password, saltBuffer, 3, rounds, digest.bytes, digest.create());
  const hmac = forge.hmac.create();
  hmac.start(digest.create(), key);
  hmac.update(safes);
  if (hmac.digest().getBytes() !== octets(expected))
    throw new CredentialError('wrongPassword', 'The password does not open the credential file.');
}

/** Takes an iteration count from the budget before anything is derived with it. */
function charge(node: Node | undefined, budget: { left: number }): number {
  if (node?.type !== asn1.Type.INTEGER || typeof node.value !== 'string') throw damaged();
  const rounds = Number.parseInt(forge.util.bytesToHex(node.value), 16);
  if (!(rounds >= 1)) throw damaged();
  if (rounds > budget.left)
    throw new CredentialError(
      'tooManyIterations',
      'The credential file asks for far more key derivation than the files of the service do.',
    );
  budget.left -= rounds;
  return rounds;
}

function content(info: Node | undefined, type: 'data' | 'encryptedData'): Node | undefined {
  const [id, value] = sequence(info);
  if (oidName(id) !== type) throw damaged();
  return value;
}

function explicit(node: Node | undefined): Node {
  const inner = Array.isArray(node?.value) ? node.value[0] : undefined;
  if (node?.tagClass !== asn1.Class.CONTEXT_SPECIFIC || inner === undefined) throw damaged();
  return inner;
}

function sequence(node: Node | undefined): readonly Node[] {
  if (node?.type !== asn1.Type.SEQUENCE || !Array.isArray(node.value)) throw damaged();
  return node.value;
}

/** Strings that are put together from parts (BER) are refused: the service writes DER. */
function octets(node: Node | undefined): string {
  if (node?.type !== asn1.Type.OCTETSTRING || typeof node.value !== 'string') throw damaged();
  return node.value;
}

function oidName(node: Node | undefined): string | undefined {
  if (node?.type !== asn1.Type.OID || typeof node.value !== 'string') throw damaged();
  return pki.oids[asn1.derToOid(node.value)];
}

function limited(parts: readonly Node[]): readonly Node[] {
  if (parts.length > MAX_PARTS) throw damaged();
  return parts;
}

function damaged(): CredentialError {
  return new CredentialError('damaged', 'The private key in the credential file is damaged.');
}
