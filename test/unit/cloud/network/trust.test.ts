import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createAuditReader } from '../../../../src/cloud/audit/index';
import type { Cloud } from '../../../../src/cloud/index';
import { DEFAULT_NETWORK } from '../../../../src/cloud/network/proxy';
import { describeError } from '../../../../src/ui/errorText';
import { type Authority, createAuthority } from '../../../simulator/authority';
import { type Simulator, startSimulator } from '../../../simulator/index';
import { type Listener, startTlsFront } from '../../../simulator/tlsFront';
import { plain } from '../../ui/plain';
import { ACCOUNT, assertClean, cloudOn, DAY_MS, failureOf, PAYMENTS, REGION, withFolder } from '../support';

describe('the trust in certificates', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let authority: Authority;
  let front: Listener;

  before(async () => {
    simulator = await startSimulator();
    authority = await createAuthority('Corporate Authority');
    front = await startTlsFront(await authority.issue(['localhost']), simulator.port);
  });
  after(async () => {
    await front.stop();
    await simulator.stop();
  });

  function trusting(caFile: string, port = front.port): { cloud: Cloud; audit: AuditOfTest } {
    const endpoints = () => ({
      kms: `https://localhost:${port}/kms/{region}`,
      log: `https://localhost:${port}`,
    });
    const network = () => ({ ...DEFAULT_NETWORK, caFile });
    const cloud = cloudOn(simulator, { endpoints, network });
    return {
      cloud,
      audit: createAuditReader({ cloud, endpoints, network, userAgent: 'kms-client-keys/test' }),
    };
  }
  type AuditOfTest = ReturnType<typeof createAuditReader>;

  /** Certificates of whoever answers in one's place, and what Node says to them. */
  const refused = (port: number) => failureOf(trusting('', port).cloud.listAaps(ACCOUNT, REGION));

  it('refuses an unknown authority, once, and says which setting helps', async () => {
    const error = await refused(front.port);
    assert.deepEqual([error.kind, error.code, error.retryable], ['network', 'CertificateRefused', false]);
    assert.match(error.message, /\(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/);
    assert.match(describeError(error, plain).message, /clientKeys\.network\.caFile/);
    assertClean(error);
  });

  it('takes the authority of the setting for every SDK', async () => {
    await withFolder(async (folder) => {
      const file = path.join(folder, 'authorities.pem');
      const another = await createAuthority('Another Authority');
      await writeFile(file, `# two of them\n${another.certificatePem}\n${authority.certificatePem}`);
      const { cloud, audit } = trusting(file);
      assert.equal((await cloud.listRegions(ACCOUNT)).length, 3);
      const [key] = await cloud.listClientKeys(PAYMENTS);
      assert.ok(key);
      const { instances } = await audit.readEvidence({ aap: PAYMENTS, oldKey: key });
      assert.deepEqual(
        instances.map(({ problem }) => problem),
        [undefined],
      );
    });
  });

  it('takes up a file that has changed, and one that appears', async () => {
    await withFolder(async (folder) => {
      const file = path.join(folder, 'authority.pem');
      const { cloud } = trusting(file);
      const missing = await failureOf(cloud.listAaps(ACCOUNT, REGION));
      assert.deepEqual(
        [missing.kind, missing.code, missing.retryable],
        ['invalidRequest', 'BadCaFile', false],
      );
      assert.ok(missing.message.includes(`ENOENT (${file})`), missing.message);
      await writeFile(file, (await createAuthority('Somebody Else')).certificatePem);
      assert.equal((await failureOf(cloud.listAaps(ACCOUNT, REGION))).code, 'CertificateRefused');
      await writeFile(file, authority.certificatePem);
      assert.ok((await cloud.listAaps(ACCOUNT, REGION)).length > 0);
    });
  });

  for (const [what, text] of [
    ['without a certificate', 'Some notes.'],
    [
      'with a damaged one',
      '-----BEGIN CERTIFICATE-----\nTUlJQmFkIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n',
    ],
  ] as const) {
    it(`says that a file is one ${what}`, async () => {
      await withFolder(async (folder) => {
        const file = path.join(folder, 'authority.pem');
        await writeFile(file, text);
        const error = await failureOf(trusting(file).cloud.listRegions(ACCOUNT));
        assert.equal(error.code, 'BadCaFile');
        assert.ok(error.message.includes('holds no certificate in PEM form'), error.message);
        assert.match(describeError(error, plain).message, /^The setting clientKeys\.network\.caFile/);
      });
    });
  }

  it('takes no path that depends on where VS Code was started', async () => {
    const error = await failureOf(trusting('authority.pem').cloud.listAaps(ACCOUNT, REGION));
    assert.match(error.message, /its path is not absolute/);
  });

  it('refuses a certificate that has ended, and one for another name', async () => {
    await withFolder(async (folder) => {
      const file = path.join(folder, 'authority.pem');
      await writeFile(file, authority.certificatePem);
      const past = { notBefore: Date.now() - 9 * DAY_MS, notAfter: Date.now() - DAY_MS };
      for (const [certificate, code] of [
        [await authority.issue(['localhost'], past), 'CERT_HAS_EXPIRED'],
        [await authority.issue(['elsewhere.test']), 'ERR_TLS_CERT_ALTNAME_INVALID'],
      ] as const) {
        const other = await startTlsFront(certificate, simulator.port);
        const error = await failureOf(trusting(file, other.port).cloud.listAaps(ACCOUNT, REGION));
        await other.stop();
        assert.equal(error.code, 'CertificateRefused');
        assert.ok(error.message.includes(`(${code})`), error.message);
      }
    });
  });
});
