import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createCloud } from '../../../src/cloud/index';
import type { CloudErrorKind } from '../../../src/model/cloudError';
import {
  DEMO_ACCESS_KEY,
  DEMO_INSTANCE,
  DEMO_STS_KEY,
  type Simulator,
  startSimulator,
} from '../../simulator/index';
import {
  ACCOUNT,
  assertClean,
  cloudOn,
  environmentOf,
  failureOf,
  PAYMENTS,
  printed,
  REGION,
} from './support';

describe('KMS failures', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());
  afterEach(() => simulator.control.clearFaults());

  const requestsOf = async (action: string) =>
    (await simulator.control.requests()).filter((each) => each.action === action).length;

  describe('of a read', () => {
    for (const fault of [
      { kind: 'throttle' },
      { kind: 'status', status: 500, code: 'InternalFailure' },
      { kind: 'status', status: 503, code: 'ServiceUnavailableTemporary' },
      { kind: 'resetBefore' },
      { kind: 'html', status: 502 },
      { kind: 'html' },
      { kind: 'cutBody' },
      { kind: 'emptyBody' },
    ] as const) {
      it(`passes after another attempt: ${JSON.stringify(fault)}`, async () => {
        const before = await requestsOf('ListClientKeys');
        await simulator.control.injectFault({ ...fault, action: 'ListClientKeys', times: 2 });
        assert.equal((await cloudOn(simulator).listClientKeys(PAYMENTS)).length, 1);
        assert.equal((await requestsOf('ListClientKeys')) - before, 3);
      });
    }

    for (const fault of [{ kind: 'throttle' }, { kind: 'resetBefore' }, { kind: 'html' }] as const) {
      it(`passes for DescribeRegions through the KMS SDK: ${fault.kind}`, async () => {
        await simulator.control.injectFault({ ...fault, action: 'DescribeRegions', times: 1 });
        assert.equal((await cloudOn(simulator).listRegions(ACCOUNT)).length, 3);
      });
    }

    it('is given up after some attempts', async () => {
      await simulator.control.injectFault({ kind: 'throttle', action: 'ListClientKeys' });
      const lines: string[] = [];
      const cloud = cloudOn(simulator, { onEvent: (line) => lines.push(line) });
      const error = await failureOf(cloud.listClientKeys(PAYMENTS));
      assert.deepEqual([error.kind, error.status, error.retryable], ['throttled', 429, true]);
      assert.equal(lines.length, 5);
      assertClean(error);
    });

    it('is not repeated when refused', async () => {
      const before = await requestsOf('GetKmsInstance');
      await simulator.control.denyAction('kms:GetKmsInstance', true);
      const error = await failureOf(cloudOn(simulator).instanceLog(ACCOUNT, REGION, 'kst-x'));
      await simulator.control.denyAction('kms:GetKmsInstance', false);
      assert.deepEqual(
        [error.kind, error.status, error.code, error.deniedAction, error.retryable],
        ['noPermission', 403, 'Forbidden.NoPermission', 'kms:GetKmsInstance', false],
      );
      assert.deepEqual([error.accountId, error.regionId], [ACCOUNT, REGION]);
      assert.ok(error.requestId);
      assert.equal((await requestsOf('GetKmsInstance')) - before, 1);
    });

    it('says that an answer has not the documented form', async () => {
      const error = await failureOf(
        withJsonServer('{"ClientKeys":[{"ClientKeyId":7}]}', (kms) => listAt(kms)),
      );
      assert.equal(error.kind, 'badAnswer');
      assert.match(error.message, /ClientKeys\.0\.ClientKeyId/);
    });

    it('ends in time', async () => {
      await simulator.control.injectFault({ kind: 'delay', ms: 1500, action: 'GetKmsInstance', times: 1 });
      const cloud = cloudOn(simulator, { timeouts: { read: 300 } });
      // The first attempt times out, the second is answered.
      assert.equal((await cloud.instanceLog(ACCOUNT, REGION, DEMO_INSTANCE)).bought, true);
      await simulator.control.injectFault({ kind: 'delay', ms: 700, action: 'GetKmsInstance' });
      assert.equal((await failureOf(cloud.instanceLog(ACCOUNT, REGION, DEMO_INSTANCE))).kind, 'timeout');
    });

    it('ends at once when cancelled, and begins no further attempt', async () => {
      await simulator.control.injectFault({ kind: 'throttle', action: 'ListClientKeys' });
      const before = await requestsOf('ListClientKeys');
      const controller = new AbortController();
      const cloud = cloudOn(simulator, { onEvent: () => controller.abort() });
      const error = await failureOf(cloud.listClientKeys(PAYMENTS, controller.signal));
      assert.equal(error.kind, 'cancelled');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.equal((await requestsOf('ListClientKeys')) - before, 1);
      assert.equal((await failureOf(cloud.listClientKeys(PAYMENTS, controller.signal))).kind, 'cancelled');
      assert.equal((await requestsOf('ListClientKeys')) - before, 1);
    });

    it('is told where the list is missing, which is not an empty one', async () => {
      for (const json of ['{"RequestId":"1"}', '{"ClientKeys":null}']) {
        const error = await failureOf(withJsonServer(json, listAt));
        assert.deepEqual([error.kind, error.retryable], ['badAnswer', false], printed(error));
      }
      assert.deepEqual(await withJsonServer('{"ClientKeys":[]}', listAt), []);
    });

    it('cancels an attempt that is under way', async () => {
      await simulator.control.injectFault({ kind: 'delay', ms: 5000, action: 'ListClientKeys', times: 1 });
      const controller = new AbortController();
      const work = failureOf(cloudOn(simulator).listClientKeys(PAYMENTS, controller.signal));
      setTimeout(() => controller.abort(), 100);
      assert.equal((await work).kind, 'cancelled');
    });
  });

  describe('of signing in', () => {
    const wrong: readonly [string, NodeJS.ProcessEnv, CloudErrorKind][] = [
      ['a wrong secret', environmentOf({ ...DEMO_ACCESS_KEY, secret: 'canary-wrong' }), 'badSignature'],
      ['an unknown AccessKey', environmentOf({ id: 'LTAIunknown', secret: 'canary-wrong' }), 'badSignature'],
      [
        'an expired session token',
        environmentOf({ ...DEMO_STS_KEY, securityToken: 'canary-wrong-token' }),
        'expiredToken',
      ],
      [
        'a wrong secret with a session token',
        environmentOf({ ...DEMO_STS_KEY, secret: 'canary-wrong' }),
        'badSignature',
      ],
      ['nothing', {}, 'noCredentials'],
    ];
    for (const [name, env, kind] of wrong) {
      it(`is told for ${name}`, async () => {
        const cloud = cloudOn(simulator, { env });
        for (const work of [cloud.listAaps(ACCOUNT, REGION), cloud.listRegions(ACCOUNT)]) {
          const error = await failureOf(work);
          assert.equal(error.kind, kind, printed(error));
          assert.equal(error.retryable, false);
          assert.ok(!printed(error).includes('canary'), printed(error));
          assertClean(error);
        }
      });
    }
  });

  it('keeps to 4 calls at a time per account and region', async () => {
    let most = 0;
    let open = 0;
    await withJsonServer(
      '{"ClientKeys":[]}',
      async (kms) => {
        const cloud = cloudAt(kms);
        await Promise.all(Array.from({ length: 9 }, () => cloud.listClientKeys(PAYMENTS)));
      },
      (change) => {
        open += change;
        most = Math.max(most, open);
      },
    );
    assert.equal(most, 4);
  });
});

function cloudAt(kms: string) {
  return createCloud({
    endpoints: () => ({ kms, log: kms }),
    env: environmentOf(DEMO_ACCESS_KEY),
    homeFolder: '/no-such-home',
    userAgent: 'kms-client-keys/test',
    isTrusted: () => true,
  });
}

function listAt(kms: string) {
  return cloudAt(kms).listClientKeys(PAYMENTS);
}

/** A server that answers every request with the same JSON, a moment later. `onChange` gets +1 and -1 per request. */
async function withJsonServer<Result>(
  json: string,
  work: (address: string) => Promise<Result>,
  onChange: (change: number) => void = () => {},
): Promise<Result> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => {
      onChange(1);
      setTimeout(() => {
        onChange(-1);
        socket.end(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${json.length}\r\n\r\n${json}`,
        );
      }, 50);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}
