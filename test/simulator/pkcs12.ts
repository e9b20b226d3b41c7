import forge from 'node-forge';
import type { Identity } from './certificate';

/**
 * Writes the PKCS#12 of a client key as the service does (docs/facts.md CRED-3): first the certificate under 40-bit RC2,
 * then the private key under triple DES, both with 2048 rounds, and a SHA-1 MAC of one round whose algorithm has no
 * parameters. `forge.pkcs12.toPkcs12Asn1` cannot encrypt the certificate, hence the assembly by hand.
 */

const { asn1, pki, util } = forge;
const ROUNDS = 2048;
const SALT_BYTES = 8;

type Node = forge.asn1.Asn1;

const universal = asn1.Class.UNIVERSAL;
const sequence = (...parts: Node[]) => asn1.create(universal, asn1.Type.SEQUENCE, true, parts);
const set = (...parts: Node[]) => asn1.create(universal, asn1.Type.SET, true, parts);
const octets = (bytes: string) => asn1.create(universal, asn1.Type.OCTETSTRING, false, bytes);
const integer = (value: number) =>
  asn1.create(universal, asn1.Type.INTEGER, false, asn1.integerToDer(value).getBytes());
const tagged = (part: Node) => asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, true, [part]);
const der = (part: Node) => asn1.toDer(part).getBytes();

function oid(name: string): Node {
  const dotted = pki.oids[name];
  if (dotted === undefined) throw new Error(`node-forge has no OID named ${name}`);
  return asn1.create(universal, asn1.Type.OID, false, asn1.oidToDer(dotted).getBytes());
}

/** `AlgorithmIdentifier` of a password based cipher, and the bytes encrypted by it. */
function encrypt(
  cipher: 'rc2' | 'tripleDes',
  content: string,
  password: string,
): { algorithm: Node; bytes: string } {
  const salt = forge.random.getBytesSync(SALT_BYTES);
  const keyBytes = cipher === 'rc2' ? 5 : 24;
  const key = derive(password, salt, 1, ROUNDS, keyBytes);
  const iv = derive(password, salt, 2, ROUNDS, 8);
  const bytes = cipher === 'rc2' ? encryptRc2(key, iv, content) : encryptTripleDes(key, iv, content);
  const name = cipher === 'rc2' ? 'pbewithSHAAnd40BitRC2-CBC' : 'pbeWithSHAAnd3-KeyTripleDES-CBC';
  return {
    algorithm: sequence(oid(name), sequence(octets(salt), integer(ROUNDS))),
    bytes,
  };
}

type Bytes = forge.util.ByteStringBuffer;

function encryptRc2(key: Bytes, iv: Bytes, content: string): string {
  const engine = forge.rc2.createEncryptionCipher(key, 40);
  engine.start(iv);
  engine.update(util.createBuffer(content));
  engine.finish();
  return engine.output.getBytes();
}

function encryptTripleDes(key: Bytes, iv: Bytes, content: string): string {
  const engine = forge.cipher.createCipher('3DES-CBC', key);
  engine.start({ iv });
  engine.update(util.createBuffer(content));
  engine.finish();
  return engine.output.getBytes();
}

/** Key derivation of PKCS#12; `id` 1 = key, 2 = IV, 3 = MAC key. */
function derive(password: string, salt: string, id: 1 | 2 | 3, rounds: number, bytes: number) {
  return forge.pkcs12.generateKey(password, util.createBuffer(salt), id, rounds, bytes);
}

function mac(safe: string, password: string): Node {
  const salt = forge.random.getBytesSync(SALT_BYTES);
  const hmac = forge.hmac.create();
  hmac.start('sha1', derive(password, salt, 3, 1, 20).getBytes());
  hmac.update(safe);
  // The iteration count is left out because its default is 1.
  return sequence(sequence(sequence(oid('sha1')), octets(hmac.digest().getBytes())), octets(salt));
}

/**
 * @returns the PKCS#12 in base64, the `PrivateKeyData` of the service
 */
export function writePkcs12(identity: Identity, password: string): string {
  const certificate = der(pki.certificateToAsn1(identity.certificate));
  const localKeyId = forge.md.sha1.create().update(certificate).digest().getBytes();
  const attributes = set(sequence(oid('localKeyId'), set(octets(localKeyId))));

  const certBag = sequence(
    oid('certBag'),
    tagged(sequence(oid('x509Certificate'), tagged(octets(certificate)))),
    attributes,
  );
  const cert = encrypt('rc2', der(sequence(certBag)), password);
  const encryptedContent = asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, false, cert.bytes);
  const certInfo = sequence(
    oid('encryptedData'),
    tagged(sequence(integer(0), sequence(oid('data'), cert.algorithm, encryptedContent))),
  );

  const privateKey = der(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(identity.privateKey)));
  const key = encrypt('tripleDes', privateKey, password);
  const keyBag = sequence(
    oid('pkcs8ShroudedKeyBag'),
    tagged(sequence(key.algorithm, octets(key.bytes))),
    attributes,
  );
  const keyInfo = sequence(oid('data'), tagged(octets(der(sequence(keyBag)))));

  const safe = der(sequence(certInfo, keyInfo));
  const pfx = sequence(integer(3), sequence(oid('data'), tagged(octets(safe))), mac(safe, password));
  return util.encode64(der(pfx));
}
