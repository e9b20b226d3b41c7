import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '../host/eventually';
import type { Settings } from '../host/serverProfile';
import { type BehindProxy, putBehindProxy } from '../simulator/behindProxy';
import { DEMO_AAP } from '../simulator/index';
import { type AuditView, auditView } from './auditView';
import { findSecrets } from './canary';
import { useFixture } from './fixture';
import { EXPIRING_KEY } from './rotationSteps';

const PROXY_PASSWORD = 'Canary-Proxy-Pass9';

describe('a proxy that is the only way', () => {
  let behind: BehindProxy;
  let audit: AuditView;
  const scene = useFixture({
    inOrder: true,
    withoutApplications: true,
    settings: async (simulator, later) => {
      behind = await putBehindProxy(simulator);
      later(behind.stop);
      return { ...behind.settings, 'http.proxy': behind.proxy.url };
    },
  });

  /** Settings of the machine are taken up at once, and come before the user's. By a rename: half a file would be another change. */
  async function change(settings: Settings): Promise<void> {
    const folder = path.join(scene().server.dataDir, 'data', 'Machine');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'settings.new'), JSON.stringify(settings));
    await rename(path.join(folder, 'settings.new'), path.join(folder, 'settings.json'));
  }

  const keys = () => scene().workbench.tree('Client Keys');
  const requests = () => scene().simulator.control.requests();

  /** Reads tree and log anew; what came through the proxy meanwhile: host names, and the actions that arrived at the services. */
  async function readEverything(): Promise<{ targets: string[]; actions: string[] }> {
    const count = (await requests()).length;
    behind.proxy.record.length = 0;
    await keys().clickTitleAction('Refresh Client Keys');
    const arrived = async (action: string) =>
      (await requests()).slice(count).some((each) => each.action === action);
    await eventually('the keys were read', () => arrived('ListClientKeys'));
    await audit.refresh();
    await eventually('the log was read', () => arrived('GetLogsV2'));
    await audit.waitForVerdict('inUse');
    return {
      targets: behind.proxy.record.filter(({ status }) => status === 200).map(({ target }) => target),
      actions: (await requests()).slice(count).map(({ action }) => action),
    };
  }

  function assertAllThere({ targets, actions }: { targets: string[]; actions: string[] }): void {
    for (const action of [
      'DescribeRegions',
      'ListApplicationAccessPoints',
      'ListClientKeys',
      'GetHistograms',
      'GetLogsV2',
    ])
      assert.ok(actions.includes(action), `${action} in ${actions}`);
    const hosts = [...new Set(targets)];
    assert.ok(hosts.includes('kms.cn-hangzhou.sim.test:443'), String(hosts));
    assert.ok(hosts.some((host) => /^kms-log-kst-[a-z0-9]+\.cn-hangzhou\.log\.sim\.test:443$/.test(host)));
  }

  it('with a certificate that nobody trusts is told as that', async () => {
    const { workbench } = scene();
    await workbench.showContainer('Client Keys');
    await keys().row('Certificate not trusted').waitFor();
    assert.deepEqual(await requests(), []);
    assert.ok(behind.proxy.record.length > 0);
  });

  it('leads every call of both SDKs, once its authority is in the settings: override', async () => {
    const { workbench, server } = scene();
    await server.changeSettings({ 'clientKeys.network.caFile': behind.caFile });
    await workbench.reload();
    await workbench.showContainer('Client Keys');
    // The key shows among the credential files of the workspace too, below the account.
    await keys().row(DEMO_AAP).waitFor();
    await keys().row(EXPIRING_KEY).waitFor();
    await keys().clickInMenu(EXPIRING_KEY, 'Open Audit');
    audit = await auditView(workbench);
    await audit.waitForVerdict('inUse');
    const seen = await readEverything();
    assertAllThere(seen);
    // Nothing is kept open in this mode: each call has a connection of its own.
    assert.ok(
      seen.targets.length >= seen.actions.length,
      `${seen.targets.length} for ${seen.actions.length}`,
    );
  });

  for (const proxySupport of ['fallback', 'on']) {
    it(`leads every call of both SDKs: ${proxySupport}`, async () => {
      await change({ 'http.proxySupport': proxySupport });
      assertAllThere(await readEverything());
    });
  }

  for (const [what, settings] of [
    ['is not used when it is switched off', { 'http.proxySupport': 'off' }],
    ['is not used for hosts that go without', { 'http.noProxy': ['sim.test'] }],
  ] as const) {
    it(what, async () => {
      const count = (await requests()).length;
      await change(settings);
      await keys().clickTitleAction('Refresh Client Keys');
      await keys().row('Not reachable').waitFor();
      behind.proxy.record.length = 0;
      await keys().clickTitleAction('Refresh Client Keys');
      await keys().row('Not reachable').waitFor();
      assert.deepEqual(behind.proxy.record, []);
      assert.equal((await requests()).length, count);
    });
  }

  it('that wants a password is named as such', async () => {
    behind.proxy.rules.credentials = `corp-user:${PROXY_PASSWORD}`;
    await change({});
    await keys().row('Proxy wants a password').waitFor();
  });

  it('is used with user and password of the settings, which show nowhere', async () => {
    const { workbench, server } = scene();
    await change({ 'http.proxy': behind.proxy.url.replace('//', `//corp-user:${PROXY_PASSWORD}@`) });
    assertAllThere(await readEverything());
    const places = { dataDir: server.dataDir, workbench, serverOutput: server.output() };
    const found = await findSecrets({ 'password of the proxy': PROXY_PASSWORD }, places);
    assert.deepEqual(
      found.map(({ where }) => where.replaceAll('\\', '/')),
      ['data/Machine/settings.json'],
    );
  });
});
