import assert from 'node:assert/strict';
import { DEMO_ACCESS_KEY } from '../simulator/index';
import { encodedForms, findSecrets } from './canary';
import { useFixture } from './fixture';

describe('the packaged extension in VS Code', () => {
  const scene = useFixture();

  it('shows its view container with both views', async () => {
    const { workbench } = scene();
    await workbench.showContainer('Client Keys');
    await workbench.tree('Client Keys').pane.waitFor();
    await workbench.tree('Rotations').pane.waitFor();
  });

  it('runs beside two applications whose calls succeed', async () => {
    const { applications } = scene();
    const stats = applications?.stats() ?? [];
    assert.equal(stats.length, 2);
    for (const { name, calls, failures } of stats) {
      assert.ok(calls > 0, `${name} makes no calls`);
      assert.equal(failures, 0, `${name} has failed calls`);
    }
  });

  it('leaves no secret in settings, logs, state, page or console', async () => {
    const { simulator, workspace, server, workbench } = scene();
    const places = { dataDir: server.dataDir, workbench, serverOutput: server.output() };
    const searched = await findSecrets({ address: simulator.url, log: 'Extension host with pid' }, places);
    const whereFound = (name: string) =>
      searched.filter(({ secret }) => secret === name).map(({ where }) => where);
    assert.ok(
      whereFound('address').some((where) => where.endsWith('settings.json')),
      'settings are not searched',
    );
    assert.ok(
      whereFound('log').some((where) => where.endsWith('.log')),
      'VS Code writes no logs (no compiler?)',
    );

    const secrets = { 'AccessKey secret': DEMO_ACCESS_KEY.secret, password: workspace.password };
    assert.deepEqual(await findSecrets(secrets, places), []);
  });
});

describe('the search for secrets', () => {
  it('recognises a secret inside other base64, at each position', () => {
    const secret = 'correct-horse-battery-staple';
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = Buffer.from(`${before}${secret}!`).toString('base64');
      assert.ok(
        encodedForms(secret).some((form) => text.includes(form)),
        `after ${before.length} bytes`,
      );
    }
  });
});
