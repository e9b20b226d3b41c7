import assert from 'node:assert/strict';
import type { CloudErrorKind } from '../../../src/model/cloudError';
import { Secret } from '../../../src/model/secret';
import { DEMO_AAP, type Fault, type Simulator, startSimulator } from '../../simulator/index';
import { assertClean, CANARY_PASSWORD, cloudOn, DAY_MS, failureOf, PAYMENTS, printed } from './support';

describe('KMS calls with an effect', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());
  afterEach(() => simulator.control.clearFaults());

  const requestsOf = async (action: string) =>
    (await simulator.control.requests()).filter((each) => each.action === action).length;

  const create = (cloud = cloudOn(simulator)) => {
    const notBefore = Math.floor(Date.now() / 1000) * 1000;
    return cloud.createClientKey(PAYMENTS, {
      password: new Secret(CANARY_PASSWORD),
      notBefore,
      notAfter: notBefore + 365 * DAY_MS,
    });
  };

  describe('of a creation', () => {
    const cases: readonly [Omit<Fault, 'action'> & { kind: string }, CloudErrorKind, boolean, number][] = [
      [{ kind: 'resetBefore' }, 'network', true, 0],
      [{ kind: 'resetAfter' }, 'network', true, 1],
      [{ kind: 'cutBody' }, 'network', true, 1],
      [{ kind: 'emptyBody' }, 'badAnswer', true, 1],
      [{ kind: 'html' }, 'badAnswer', true, 1],
      [{ kind: 'status', status: 500, code: 'InternalFailure' } as Fault, 'serverError', true, 0],
      [{ kind: 'throttle' }, 'throttled', false, 0],
      // Of whoever stands between and gave up waiting: the service may have done it.
      [{ kind: 'status', status: 408, code: 'RequestTimeout' } as Fault, 'timeout', true, 0],
      [{ kind: 'status', status: 400, code: 'InvalidParameter' } as Fault, 'invalidRequest', false, 0],
    ];
    for (const [fault, kind, effectUnknown, created] of cases) {
      it(`sends one request and tells whether the effect is known: ${JSON.stringify(fault)}`, async () => {
        const before = await requestsOf('CreateClientKey');
        const keysBefore = new Set((await simulator.control.keys(DEMO_AAP)).map((key) => key.id));
        await simulator.control.injectFault({ ...fault, action: 'CreateClientKey' } as Fault);
        const error = await failureOf(create());
        assert.deepEqual([error.kind, error.effectUnknown], [kind, effectUnknown], printed(error));
        assert.equal((await requestsOf('CreateClientKey')) - before, 1);
        const orphans = (await simulator.control.keys(DEMO_AAP)).filter((key) => !keysBefore.has(key.id));
        assert.equal(orphans.length, created);
        if (effectUnknown) assert.equal(error.retryable, false);
        assertClean(error);
        for (const orphan of orphans) await simulator.control.removeClientKey(orphan.id);
      });
    }

    it('has no effect where nobody listens', async () => {
      const cloud = cloudOn(simulator, {
        endpoints: () => ({ kms: 'http://127.0.0.1:1/kms/{region}', log: 'http://127.0.0.1:1' }),
      });
      const error = await failureOf(create(cloud));
      assert.deepEqual([error.kind, error.code, error.effectUnknown], ['network', 'ECONNREFUSED', false]);
      assertClean(error);
    });

    it('keeps the password out of the message when the service echoes it', async () => {
      const message = `Password ${CANARY_PASSWORD} and ${encodeURIComponent(CANARY_PASSWORD)} at https://x/?Password=${CANARY_PASSWORD}`;
      await simulator.control.injectFault({
        kind: 'status',
        status: 400,
        code: 'InvalidParameter',
        message,
        action: 'CreateClientKey',
      });
      const error = await failureOf(create());
      assertClean(error);
      assert.match(error.message, /Password ••• and •••/);
    });
  });

  describe('of a deletion', () => {
    it('is not repeated and says that its effect is unknown', async () => {
      const added = await simulator.control.addClientKey(DEMO_AAP, { notAfter: Date.now() + 400 * DAY_MS });
      await simulator.control.injectFault({ kind: 'resetAfter', action: 'DeleteClientKey' });
      const error = await failureOf(cloudOn(simulator).deleteClientKey(PAYMENTS, added.keyId));
      assert.deepEqual([error.kind, error.effectUnknown], ['network', true]);
      assert.equal(await requestsOf('DeleteClientKey'), 1);
    });

    it('names the permission that is missing', async () => {
      await simulator.control.denyAction('kms:DeleteClientKey', true);
      const error = await failureOf(
        cloudOn(simulator).deleteClientKey(PAYMENTS, (await simulator.control.keys(DEMO_AAP))[0]?.id ?? ''),
      );
      await simulator.control.denyAction('kms:DeleteClientKey', false);
      assert.deepEqual(
        [error.kind, error.deniedAction, error.effectUnknown],
        ['noPermission', 'kms:DeleteClientKey', false],
      );
    });
  });
});
