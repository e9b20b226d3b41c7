import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import forge from 'node-forge';
import { parseCredentialFile } from '../../../src/credential/credentialFile';
import { openCredential, samePublicKey } from '../../../src/credential/pkcs12';
import { Secret } from '../../../src/model/secret';
import { createIdentity } from '../../simulator/certificate';
import { writePkcs12 } from '../../simulator/pkcs12';
import { credentialFile, identity, KEY_ID, NOT_AFTER, NOT_BEFORE, PASSWORD, wrap } from './credentialFixture';
import { ENDLESS, withIterations, withMacIterations, withNestedIterations } from './hostilePkcs12';

/** Asserts that opening fails with this code, and that no part of password or private key is in the error. */
function refuses(bytes: Uint8Array, password: Secret, code: string): void {
  assert.throws(
    () => openCredential(bytes, password),
    (error: unknown) => {
      assert.ok(error instanceof Error && 'code' in error);
      assert.equal(error.code, code);
      const printed = `${inspect(error, { depth: null, showHidden: true })}${JSON.stringify(error)}`;
      assert.doesNotMatch(printed, /canary|MII|PRIVATE/);
      return true;
    },
  );
}

async function base64(): Promise<string> {
  return parseCredentialFile(await credentialFile()).privateKeyData.reveal();
}

describe('opening a credential file', () => {
  it('tells key id, dates, subject and certificate', async () => {
    const opened = openCredential(await credentialFile(), PASSWORD);
    const { certificatePem, ...rest } = opened;
    assert.deepEqual(rest, {
      keyId: KEY_ID,
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      subject: 'C=CN, ST=Zhejiang, L=Hangzhou, O=Alibaba, OU=Aliyun, CN=payments-aap',
      keyMatches: true,
    });
    const expected = (await identity()).certificatePem.replace(/\s/g, '');
    assert.equal(certificatePem.replace(/\s/g, ''), expected);
  });

  it('takes base64 in lines', async () => {
    const lines = (await base64()).replace(/.{64}/g, '$&\r\n');
    assert.equal(openCredential(wrap(lines), PASSWORD).keyMatches, true);
  });

  it('opens passwords with every special character and of full length', async () => {
    for (const text of ['~!@#$%^&*?_-aA1', 'x1'.repeat(32)]) {
      const password = new Secret(text);
      assert.equal(openCredential(await credentialFile(password), password).keyId, KEY_ID);
    }
  });

  it('refuses a wrong password, also one that differs by a line feed or a cut', async () => {
    const bytes = await credentialFile();
    for (const text of ['canary-wrong', `${PASSWORD.reveal()}\n`, PASSWORD.reveal().slice(0, -1), ''])
      refuses(bytes, new Secret(text), 'wrongPassword');
  });

  it('refuses a private key that does not belong to the certificate', async () => {
    const other = await createIdentity('payments-aap', NOT_BEFORE, NOT_AFTER);
    const mixed = { ...(await identity()), privateKey: other.privateKey };
    refuses(wrap(writePkcs12(mixed, PASSWORD.reveal())), PASSWORD, 'keyMismatch');
  });

  it('refuses a private key with the modulus of the certificate that cannot sign for it', async () => {
    const { privateKey, ...rest } = await identity();
    const other = (await createIdentity('payments-aap', NOT_BEFORE, NOT_AFTER)).privateKey;
    const broken = forge.pki.setRsaPrivateKey(
      privateKey.n,
      privateKey.e,
      other.d,
      other.p,
      other.q,
      other.dP,
      other.dQ,
      other.qInv,
    );
    const bytes = wrap(writePkcs12({ ...rest, privateKey: broken }, PASSWORD.reveal()));
    refuses(bytes, PASSWORD, 'keyMismatch');
  });

  it('refuses what is no PKCS#12', async () => {
    const whole = await base64();
    for (const content of ['canary', '!canary!', 'MIIB', whole.slice(0, whole.length / 2), `AAAA${whole}`])
      refuses(wrap(content), PASSWORD, 'damaged');
  });

  it('fails in its own words wherever a byte is changed', async () => {
    const der = Buffer.from(await base64(), 'base64');
    for (let at = 0; at < der.length; at += 23) {
      const changed = Buffer.from(der);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      assert.throws(
        () => openCredential(wrap(changed.toString('base64')), PASSWORD),
        { name: 'CredentialError' },
        `byte ${at}`,
      );
    }
  });

  // Deriving with these counts would take minutes, longer than any test may run.
  it('refuses iteration counts of MAC, certificate and key before it derives with them', async () => {
    const content = await base64();
    const password = PASSWORD.reveal();
    for (const hostile of [
      withMacIterations(content, ENDLESS),
      withIterations(content, 'certificate', ENDLESS, password),
      withIterations(content, 'privateKey', ENDLESS, password),
      withNestedIterations(content, password),
    ])
      refuses(wrap(hostile), PASSWORD, 'tooManyIterations');
  });

  it('counts all iterations of a file together', async () => {
    const content = withMacIterations(await base64(), 98_000);
    // The MAC itself would be allowed; with it wrong, nothing further is derived.
    refuses(wrap(content), PASSWORD, 'wrongPassword');
    refuses(wrap(withMacIterations(content, 100_001)), PASSWORD, 'tooManyIterations');
  });

  it('refuses iteration counts below one', async () => {
    refuses(wrap(withMacIterations(await base64(), 0)), PASSWORD, 'damaged');
  });
});

describe('opening what OpenSSL wrote', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pkcs12-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The recipe of docs/facts.md CRED-9, or other ciphers. Undefined where there is no openssl with legacy ciphers. */
  async function written(...options: readonly string[]): Promise<string | undefined> {
    const { privateKey, certificatePem } = await identity();
    const pem = join(folder, 'identity.pem');
    writeFileSync(pem, forge.pki.privateKeyToPem(privateKey) + certificatePem);
    const file = join(folder, 'identity.p12');
    const args = ['pkcs12', '-export', '-in', pem, '-out', file, '-passout', `pass:${PASSWORD.reveal()}`];
    try {
      execFileSync('openssl', [...args, ...options], { stdio: 'pipe' });
      return execFileSync('openssl', ['base64', '-A', '-in', file], { encoding: 'utf8' });
    } catch {
      return undefined;
    }
  }

  const legacy = ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
  const recipes: readonly [string, readonly string[]][] = [
    ['the ciphers of the service', [...legacy, '-iter', '2048', '-nomaciter']],
    ['AES and SHA-256, should the service change', ['-iter', '2048']],
  ];
  for (const [what, options] of recipes)
    it(`opens ${what}`, async function () {
      const content = await written(...options);
      if (content === undefined) return this.skip();
      const opened = openCredential(wrap(content), PASSWORD);
      assert.equal(opened.notAfter, NOT_AFTER);
      assert.ok(samePublicKey(opened.certificatePem, (await identity()).certificatePem));
      refuses(wrap(content), new Secret('canary-wrong'), 'wrongPassword');
    });

  it('counts the iterations of PBES2 too', async function () {
    const content = await written('-iter', '60000', '-nomaciter');
    if (content === undefined) return this.skip();
    refuses(wrap(content), PASSWORD, 'tooManyIterations');
  });
});

describe('comparing public keys', () => {
  it('tolerates escaped line feeds, Windows line ends and white space around', async () => {
    const { certificatePem } = await identity();
    const lines = certificatePem.trim().split(/\r?\n/);
    for (const form of [
      lines.join('\\n'),
      lines.join('\\r\\n'),
      lines.join('\r\n'),
      `\n ${lines.join('\n')} \n`,
    ])
      assert.equal(samePublicKey(certificatePem, form), true, JSON.stringify(form.slice(0, 40)));
  });

  it('takes a public key for the certificate of that key', async () => {
    const { certificatePem, certificate } = await identity();
    assert.ok(samePublicKey(forge.pki.publicKeyToPem(certificate.publicKey), certificatePem));
  });

  it('tells another key apart, and what cannot be read', async () => {
    const { certificatePem } = await identity();
    const other = await createIdentity('payments-aap', NOT_BEFORE, NOT_AFTER);
    assert.equal(samePublicKey(certificatePem, other.certificatePem), false);
    for (const text of ['', 'canary', certificatePem.slice(0, 300)])
      assert.equal(samePublicKey(certificatePem, text), false);
  });
});
