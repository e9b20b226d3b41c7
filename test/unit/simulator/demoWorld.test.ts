import assert from 'node:assert/strict';
import {
  DEMO_ACCESS_KEY,
  DEMO_INSTANCE,
  DEMO_STS_KEY,
  demoWorld,
  type Simulator,
  startSimulator,
} from '../../simulator';
import { failure, kmsClient, logClient } from './support';

const DAY_MS = 24 * 3600_000;

describe('demo world', function () {
  // Key pairs take their time on a busy machine.
  this.timeout(30_000);
  let sim: Simulator;
  before(async () => {
    sim = await startSimulator({ world: await demoWorld() });
  });
  after(() => sim.stop());

  it('has one payments key that was made for a year and expires in 12 days', async () => {
    const [key, ...more] = await sim.control.keys('payments-aap');
    assert.ok(key);
    assert.deepEqual(more, []);
    const now = await sim.control.now();
    assert.equal(Math.round((key.notAfter - now) / DAY_MS), 12);
    assert.equal(Math.round((key.notAfter - key.createdAt) / DAY_MS), 365);
  });

  it('has a full AAP on the shared gateway, one by RAM role and one in another region', async () => {
    const call = kmsClient(sim, DEMO_ACCESS_KEY);
    assert.equal((await call('ListClientKeys', { query: { AapName: 'reports-aap' } })).ClientKeys.length, 3);
    const create = call('CreateClientKey', { body: { AapName: 'reports-aap', Password: 'Reports-12345' } });
    assert.equal((await failure(create)).code, 'Rejected.LimitExceeded');
    assert.deepEqual(
      (await call('ListApplicationAccessPoints')).ApplicationAccessPoints.ApplicationAccessPoint.at(-1),
      {
        Name: 'batch-aap',
        AuthenticationMethod: 'RAMRole',
      },
    );
    const shanghai = await kmsClient(sim, DEMO_STS_KEY, 'cn-shanghai')('ListClientKeys');
    assert.equal(shanghai.ClientKeys.length, 1);
  });

  it('begins with 40 days of calls by both applications, no two of one further apart than 10 minutes', async () => {
    const now = Math.floor((await sim.control.now()) / 1000);
    const client = logClient(sim, DEMO_INSTANCE, DEMO_ACCESS_KEY);
    const sql = 'SELECT api_name, __time__ AS t ORDER BY t LIMIT 100000';
    const body = await client.logs({ from: now - 41 * 86_400, to: now + 1, query: `* | ${sql}` });
    for (const api of ['GetSecretValue', 'GenerateDataKey']) {
      const times = (body?.data ?? []).filter((row) => row.api_name === api).map((row) => Number(row.t));
      const ends = [now - 40 * 86_400, ...times, now];
      for (let i = 1; i < ends.length; i += 1) assert.ok((ends[i] ?? 0) - (ends[i - 1] ?? 0) <= 660);
    }
  });

  it('leads the extension here by its settings', () => {
    assert.deepEqual(sim.settings, {
      'clientKeys.endpoints.kms': `http://127.0.0.1:${sim.port}/kms/{region}`,
      'clientKeys.endpoints.log': `http://127.0.0.1:${sim.port}`,
    });
  });
});
