import assert from 'node:assert/strict';
import { createAuditReader } from '../../../src/cloud/audit/index';
import { foldError } from '../../../src/cloud/foldError';
import type { CloudErrorKind } from '../../../src/model/cloudError';
import {
  DEMO_ACCESS_KEY,
  DEMO_INSTANCE,
  DEMO_STS_KEY,
  type Simulator,
  startSimulator,
} from '../../simulator';
import { startSignInServices } from './accounts/signInServices';
import { writeCliFile } from './accounts/support';
import {
  ACCOUNT,
  assertClean,
  cloudOn,
  endpointsOf,
  environmentOf,
  failureOf,
  PAYMENTS,
  withFolder,
} from './support';

describe('a session token that has ended', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.stop());

  for (const code of ['InvalidSecurityToken.Expired', 'InvalidAccessKeyId.NotFound'] as const) {
    it(`is told, and to sign in again, at every call: ${code}`, async () => {
      const cloud = cloudOn(simulator, { env: environmentOf(DEMO_STS_KEY) });
      await cloud.listClientKeys(PAYMENTS);
      await simulator.control.expireToken(DEMO_STS_KEY.id, code);
      for (const work of [
        () => cloud.listClientKeys(PAYMENTS),
        () => cloud.listRegions(ACCOUNT),
        () => cloud.testAccount(ACCOUNT),
        () => cloud.deleteClientKey(PAYMENTS, 'KAAP.x'),
      ]) {
        const error = await failureOf(work());
        assert.deepEqual([error.kind, error.code, error.retryable], ['expiredToken', code, false]);
        assert.match(error.message, /The session token is not valid any more: sign in again\./);
        assert.ok(error.requestId || error.action === 'DescribeRegions');
        assertClean(error);
      }
    });
  }

  it('is told of the log service, which has one code for everything', async () => {
    await simulator.control.expireToken(DEMO_STS_KEY.id);
    // KMS still answers: between two calls a token may end.
    const cloud = cloudOn(simulator);
    const credentialsOf = cloudOn(simulator, { env: environmentOf(DEMO_STS_KEY) }).credentialsOf;
    const reader = createAuditReader({
      cloud: { ...cloud, credentialsOf },
      endpoints: () => endpointsOf(simulator),
      userAgent: 'kms-client-keys/test',
    });
    const [key] = await cloud.listClientKeys(PAYMENTS);
    assert.ok(key);
    const evidence = await reader.readEvidence({ aap: PAYMENTS, oldKey: key });
    const [instance] = evidence.instances;
    assert.equal(instance?.instanceId, DEMO_INSTANCE);
    assert.match(instance?.problemDetail ?? '', /The session token is not valid any more: sign in again\./);
  });

  const texts: readonly [string, boolean, CloudErrorKind][] = [
    ['The security token you provided has expired', true, 'expiredToken'],
    ['AccessKeyId not found: STS.x', true, 'expiredToken'],
    ['AccessKeyId not found: LTAIx', false, 'badSignature'],
    ['denied by sts or ram, action: log:GetLogStoreLogs, resource: acs:log:x', true, 'noPermission'],
    ['denied by sts or ram, action: log:GetLogStoreLogs, resource: acs:log:x', false, 'noPermission'],
  ];
  for (const [text, temporary, kind] of texts) {
    it(`is not taken for something else, nor the other way round: ${text} (${temporary})`, () => {
      const error = Object.assign(new Error(`Unauthorized: ${text}`), {
        code: 'Unauthorized',
        statusCode: 401,
        data: { httpCode: 401, requestId: 'R', statusCode: 401 },
      });
      const call = { effect: false, secrets: [], temporary, wire: { headers: {} } };
      assert.equal(foldError('GetLogsV2', error, call).kind, kind);
    });
  }

  it('is replaced by another at the next call where the account can open a session itself', () =>
    withFolder(async (home) => {
      const services = await startSignInServices({
        accessKeys: [DEMO_ACCESS_KEY],
        sessionOf: () =>
          services.seen.length > 1 ? { ...DEMO_ACCESS_KEY, securityToken: '' } : DEMO_STS_KEY,
      });
      try {
        const role = { mode: 'RamRoleArn', ram_role_arn: 'acs:ram::1:role/r' };
        const key = { access_key_id: DEMO_ACCESS_KEY.id, access_key_secret: DEMO_ACCESS_KEY.secret };
        await writeCliFile(home, { profiles: [{ name: 'p', ...role, ...key }] });
        const cloud = cloudOn(simulator, { env: {}, homeFolder: home });
        const list = () => cloud.listClientKeys({ ...PAYMENTS, accountId: 'cli:p' });
        await list();
        await list();
        assert.equal(services.seen.length, 1);
        await simulator.control.expireToken(DEMO_STS_KEY.id);
        assert.equal((await failureOf(list())).kind, 'expiredToken');
        await list().catch(() => {});
        assert.equal(services.seen.length, 2);
      } finally {
        await services.stop();
      }
    }));
});
