import assert from 'node:assert/strict';
import { createSecureContext } from 'node:tls';
import forge from 'node-forge';
import { createIdentity, type Identity } from '../../simulator/certificate';
import { writePkcs12 } from '../../simulator/pkcs12';

const PASSWORD = 'Pkcs-12~!@#$%^&*?_';
const NOT_BEFORE = Date.parse('2026-01-02T03:04:05Z');
const NOT_AFTER = Date.parse('2027-01-02T03:04:05Z');

describe('PKCS#12 of a client key', () => {
  let identity: Identity;
  let der: Buffer;
  before(async () => {
    identity = await createIdentity('unit-aap', NOT_BEFORE, NOT_AFTER);
    der = Buffer.from(writePkcs12(identity, PASSWORD), 'base64');
  });
  const tree = () => forge.asn1.fromDer(der.toString('binary'));
  const open = (password: string) => forge.pkcs12.pkcs12FromAsn1(tree(), true, password);

  it("is refused by Node's crypto for its ciphers, and for the password first", () => {
    const load = (passphrase: string) => () => createSecureContext({ pfx: der, passphrase });
    assert.throws(load(PASSWORD), { code: 'ERR_CRYPTO_UNSUPPORTED_OPERATION' });
    assert.throws(load('wrong'), /mac verify failure/);
  });

  it('is opened by node-forge with the password alone', () => {
    const bags = open(PASSWORD).safeContents;
    assert.deepEqual(
      bags.map((content) => content.safeBags.map((bag) => bag.type)),
      [[forge.pki.oids.certBag], [forge.pki.oids.pkcs8ShroudedKeyBag]],
    );
    const key = bags[1]?.safeBags[0]?.key;
    assert.ok(key);
    assert.equal(forge.pki.privateKeyToPem(key), forge.pki.privateKeyToPem(identity.privateKey));
    assert.throws(() => open('wrong'), /MAC could not be verified/);
  });

  it('has 40-bit RC2 and triple DES with 2048 rounds, and a MAC without iteration count or parameters', () => {
    const text = printTree(tree());
    assert.match(text, /1\.2\.840\.113549\.1\.12\.1\.6\b/);
    assert.ok(text.indexOf('1.2.840.113549.1.12.1.6') < text.indexOf('1.2.840.113549.1.12.1.3'));
    assert.equal(text.split('INTEGER 2048').length - 1, 2);
    // MacData holds DigestInfo and salt only, and the digest's algorithm nothing but its OID.
    const [, , macData] = parts(tree());
    assert.equal(parts(macData).length, 2);
    assert.equal(parts(parts(parts(macData)[0])[0]).length, 1);
  });

  it('has a certificate as the service makes it: names, dates, key usage, and its SHA-1 as localKeyID', () => {
    const bag = open(PASSWORD).safeContents[0]?.safeBags[0];
    const certificate = bag?.cert;
    assert.ok(certificate);
    const names = certificate.subject.attributes.map((each) => `${each.shortName}=${each.value}`).join(',');
    assert.equal(names, 'C=CN,ST=Zhejiang,L=Hangzhou,O=Alibaba,OU=Aliyun,CN=unit-aap');
    assert.equal(certificate.subject.hash, certificate.issuer.hash);
    assert.equal(certificate.validity.notBefore.getTime(), NOT_BEFORE);
    assert.equal(certificate.validity.notAfter.getTime(), NOT_AFTER);
    assert.deepEqual(
      certificate.extensions.map((each) => each.name),
      ['keyUsage'],
    );
    assert.ok(certificate.verify(certificate));
    const bytes = forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes();
    const sha1 = forge.md.sha1.create().update(bytes).digest().getBytes();
    assert.equal(bag?.attributes.localKeyId?.[0], sha1);
  });
});

function parts(node: forge.asn1.Asn1 | undefined): forge.asn1.Asn1[] {
  return Array.isArray(node?.value) ? node.value : [];
}

/** OIDs and small integers of a structure, those inside octet strings included. */
function printTree(node: forge.asn1.Asn1): string {
  if (Array.isArray(node.value)) return node.value.map(printTree).join('\n');
  const bytes = String(node.value);
  if (node.tagClass === 0 && node.type === forge.asn1.Type.OID) return forge.asn1.derToOid(bytes);
  if (node.tagClass === 0 && node.type === forge.asn1.Type.INTEGER && bytes.length <= 4) {
    return `INTEGER ${forge.asn1.derToInteger(bytes)}`;
  }
  try {
    return printTree(forge.asn1.fromDer(bytes));
  } catch {
    return '';
  }
}
