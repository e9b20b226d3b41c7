import assert from 'node:assert/strict';
import { createAuditReader } from '../../../../src/cloud/audit/index';
import type { Cloud } from '../../../../src/cloud/index';
import { DEFAULT_NETWORK, type NetworkSettings } from '../../../../src/cloud/network/proxy';
import { Secret } from '../../../../src/model/secret';
import { type BehindProxy, putBehindProxy } from '../../../simulator/behindProxy';
import { type Simulator, startSimulator } from '../../../simulator/index';
import {
  ACCOUNT,
  assertClean,
  CANARY_PASSWORD,
  cloudOn,
  DAY_MS,
  failureOf,
  PAYMENTS,
  printed,
  REGION,
} from '../support';
import { patchLikeEditor } from './editorProxy';

const USER = 'corp-user';
const PROXY_PASSWORD = 'Canary-Proxy-Pass9';

describe('the way over a proxy', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let behind: BehindProxy;
  let restore = () => {};

  before(async () => {
    simulator = await startSimulator();
    behind = await putBehindProxy(simulator);
  });
  after(async () => {
    await behind.stop();
    await simulator.stop();
  });
  afterEach(() => {
    restore();
    behind.proxy.rules.credentials = undefined;
    behind.proxy.rules.refusal = undefined;
    behind.proxy.record.length = 0;
  });

  const endpoints = () => ({
    kms: behind.settings['clientKeys.endpoints.kms'],
    log: behind.settings['clientKeys.endpoints.log'],
  });

  /** A cloud as in a VS Code with these settings; the proxy is the simulated one unless said otherwise. */
  function cloudBehind(
    proxySupport: 'override' | 'on' | 'off',
    proxy = behind.proxy.url,
    timeout = 10_000,
  ): { cloud: Cloud; network: () => NetworkSettings } {
    restore();
    restore = patchLikeEditor(proxySupport, proxy);
    const network = () => ({ ...DEFAULT_NETWORK, proxySupport, proxy, caFile: behind.caFile });
    const timeouts = { read: timeout, effect: timeout, log: timeout, backoff: 1 };
    return { cloud: cloudOn(simulator, { endpoints, network, timeouts }), network };
  }

  const actionsSince = async (count: number) =>
    (await simulator.control.requests()).slice(count).map(({ action }) => action);
  const targets = () => [...new Set(behind.proxy.record.map(({ target }) => target))].sort();

  for (const support of ['override', 'on'] as const) {
    it(`leads every call of both SDKs over the proxy: ${support}`, async () => {
      const { cloud, network } = cloudBehind(support);
      const count = (await simulator.control.requests()).length;
      await cloud.listRegions(ACCOUNT);
      await cloud.listAaps(ACCOUNT, REGION);
      const [key] = await cloud.listClientKeys(PAYMENTS);
      assert.ok(key);
      const audit = createAuditReader({ cloud, endpoints, network, userAgent: 'kms-client-keys/test' });
      const evidence = await audit.readEvidence({ aap: PAYMENTS, oldKey: key });
      assert.deepEqual(
        evidence.instances.map(({ problem }) => problem),
        [undefined],
      );

      const actions = await actionsSince(count);
      for (const action of ['DescribeRegions', 'ListClientKeys', 'GetHistograms', 'GetLogsV2', 'GetIndex'])
        assert.ok(actions.includes(action), `${action} in ${actions}`);
      assert.equal(targets().filter((target) => /^kms\.cn-hangzhou\.sim\.test:443$/.test(target)).length, 1);
      assert.equal(targets().filter((target) => /^kms-log-.*\.log\.sim\.test:443$/.test(target)).length, 1);
      assert.ok(behind.proxy.record.every(({ status }) => status === 200));
    });
  }

  it('leads nothing over the proxy that is switched off, and does not reach a service that is only there', async () => {
    const error = await failureOf(cloudBehind('off').cloud.listAaps(ACCOUNT, REGION));
    assert.equal(error.kind, 'network');
    assert.match(error.code ?? '', /^(ENOTFOUND|EAI_AGAIN)$/);
    assert.deepEqual(behind.proxy.record, []);
  });

  describe('that wants a password', () => {
    beforeEach(() => {
      behind.proxy.rules.credentials = `${USER}:${PROXY_PASSWORD}`;
    });
    const withPassword = (password: string) =>
      behind.proxy.url.replace('http://', `http://${USER}:${password}@`);

    it('is named, once, without retry', async () => {
      const { cloud } = cloudBehind('override');
      const error = await failureOf(cloud.listAaps(ACCOUNT, REGION));
      assert.deepEqual([error.kind, error.status, error.retryable], ['proxyAuth', 407, false]);
      assert.equal(
        error.message,
        `The proxy ${behind.proxy.url.slice('http://'.length)} wants a user and a password.`,
      );
      assert.equal(behind.proxy.record.length, 1);
      assertClean(error);
    });

    it('is named for each SDK', async () => {
      const { cloud, network } = cloudBehind('on');
      assert.equal((await failureOf(cloud.listRegions(ACCOUNT))).kind, 'proxyAuth');
      const audit = createAuditReader({
        cloud: {
          ...cloud,
          instancesOf: async () => ({ instanceIds: ['kst-x'], sharedGateway: false }),
          instanceLog: async () => ({ bought: true }),
        },
        endpoints,
        network,
        userAgent: 'kms-client-keys/test',
      });
      const old = { id: 'KAAP.00000000-0000-4000-8000-000000000000', createdAt: 0, notAfter: Date.now() };
      const { instances } = await audit.readEvidence({ aap: PAYMENTS, oldKey: old });
      assert.match(instances[0]?.problemDetail ?? '', /wants a user and a password/);
    });

    it('does not tell the password that was wrong', async () => {
      const error = await failureOf(
        cloudBehind('override', withPassword(PROXY_PASSWORD.toLowerCase())).cloud.listAaps(ACCOUNT, REGION),
      );
      assert.equal(error.kind, 'proxyAuth');
      assert.ok(!/canary|corp-user/i.test(printed(error)), printed(error));
    });

    it('lets calls with the password through', async () => {
      const { cloud } = cloudBehind('override', withPassword(PROXY_PASSWORD));
      assert.ok((await cloud.listAaps(ACCOUNT, REGION)).length > 0);
    });

    it('leaves no doubt that a creation had no effect', async () => {
      const now = Date.now();
      const error = await failureOf(
        cloudBehind('override').cloud.createClientKey(PAYMENTS, {
          password: new Secret(CANARY_PASSWORD),
          notBefore: now,
          notAfter: now + 365 * DAY_MS,
        }),
      );
      assert.deepEqual([error.kind, error.effectUnknown], ['proxyAuth', false]);
      assertClean(error);
    });
  });

  for (const [status, retried] of [
    [403, false],
    [502, true],
  ] as const) {
    it(`that refuses with ${status} is told from a service that does`, async () => {
      behind.proxy.rules.refusal = { status, body: '<html><h1>Blocked by policy</h1></html>' };
      const error = await failureOf(cloudBehind('override').cloud.listAaps(ACCOUNT, REGION));
      assert.deepEqual([error.kind, error.code, error.status], ['network', 'ProxyRefused', status]);
      assert.ok(!error.message.includes('Blocked'));
      assert.equal(behind.proxy.record.length > 1, retried);
    });
  }

  it('is not believed when it answers in the place of the service', async () => {
    const forged = { ClientKeys: [], TotalCount: 0, RequestId: 'FORGED' };
    behind.proxy.rules.refusal = { status: 201, body: JSON.stringify(forged) };
    const error = await failureOf(cloudBehind('override').cloud.listClientKeys(PAYMENTS));
    assert.deepEqual([error.kind, error.code, error.status], ['network', 'ProxyRefused', 201]);
  });

  it('that cannot be reached is named, without user and password', async () => {
    const nobody = `http://${USER}:${PROXY_PASSWORD}@127.0.0.1:9`;
    const error = await failureOf(cloudBehind('override', nobody).cloud.listAaps(ACCOUNT, REGION));
    assert.deepEqual(
      [error.kind, error.code, error.message],
      ['network', 'ProxyUnreachable', 'The proxy 127.0.0.1:9 could not be reached.'],
    );
    assert.ok(!/canary|corp-user/i.test(printed(error)), printed(error));
  });

  it('that says nothing ends in time', async () => {
    behind.proxy.rules.refusal = 'silence';
    const now = Date.now();
    const error = await failureOf(
      cloudBehind('override', behind.proxy.url, 100).cloud.createClientKey(PAYMENTS, {
        password: new Secret(CANARY_PASSWORD),
        notBefore: now,
        notAfter: now + 365 * DAY_MS,
      }),
    );
    assert.equal(error.kind, 'timeout');
    assertClean(error);
  });
});
