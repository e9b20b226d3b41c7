import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEMO_ACCESS_KEY } from '../simulator/index';
import { findSecrets } from './canary';
import { useFixture } from './fixture';
import { EXPIRING_KEY } from './rotationSteps';

describe('signing in', () => {
  const scene = useFixture({ withoutAccount: true, withoutApplications: true });

  it('is explained where there is no account', async () => {
    const { workbench } = scene();
    await workbench.showContainer('Client Keys');
    const { welcome } = workbench.tree('Client Keys');
    await welcome.getByText('No Alibaba Cloud account was found where this window runs.').waitFor();
    await welcome.getByRole('button', { name: 'Choose Account' }).click();
    await workbench.notification('No Alibaba Cloud account was found').waitFor();
    await workbench.closeNotifications();
  });

  it('works with a profile of the aliyun CLI, whose secret goes nowhere', async () => {
    const { workbench, server } = scene();
    const profile = {
      name: 'prod-cn',
      mode: 'AK',
      access_key_id: DEMO_ACCESS_KEY.id,
      access_key_secret: DEMO_ACCESS_KEY.secret,
      region_id: 'cn-hangzhou',
    };
    const folder = path.join(server.dataDir, 'home', '.aliyun');
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, 'config.json'),
      JSON.stringify({ current: 'prod-cn', profiles: [profile] }),
    );
    const keys = workbench.tree('Client Keys');
    await keys.welcome.getByRole('button', { name: 'Look Again' }).click();
    await keys.row('prod-cn').filter({ hasText: 'aliyun CLI profile' }).waitFor();
    await keys.row(EXPIRING_KEY).waitFor();

    const places = { dataDir: server.dataDir, workbench, serverOutput: server.output() };
    const found = await findSecrets({ 'AccessKey secret': DEMO_ACCESS_KEY.secret }, places);
    assert.deepEqual(
      found.map(({ where }) => where.replaceAll('\\', '/')),
      ['home/.aliyun/config.json'],
    );
  });
});
