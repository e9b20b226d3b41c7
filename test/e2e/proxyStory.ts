import assert from 'node:assert/strict';
import { eventually } from '../host/eventually';
import type { Settings } from '../host/serverProfile';
import type { Workbench } from '../host/workbench';
import { type BehindProxy, putBehindProxy } from '../simulator/behindProxy';
import { DEMO_AAP } from '../simulator/index';
import { auditView } from './auditView';
import { findSecrets } from './canary';
import { useFixture } from './fixture';

const PROXY_PASSWORD = 'Canary-Proxy-Pass9';

/** The values of `http.proxySupport` and `http.noProxy` that a run goes through; each opens the workbench anew. */
export interface ProxyModes {
  readonly leads: readonly ('override' | 'fallback' | 'on')[];
  readonly exceptions: boolean;
}

/** Tests with endpoints that only a proxy can reach: which settings of VS Code lead the calls of both SDKs there. */
export function describeProxy(modes: ProxyModes): void {
  describe('a proxy that is the only way', () => story(modes));
}

function story(modes: ProxyModes): void {
  let behind: BehindProxy;
  const scene = useFixture({
    inOrder: true,
    withoutApplications: true,
    settings: async (simulator, later) => {
      behind = await putBehindProxy(simulator);
      later(behind.stop);
      return { ...behind.settings, 'http.proxy': behind.proxy.url };
    },
  });

  const keys = () => scene().workbench.tree('Client Keys');
  const requests = () => scene().simulator.control.requests();

  /** Opens the workbench anew with other settings: VS Code keeps what it read of http.* as long as a window is open. */
  async function reopen(settings: Settings): Promise<void> {
    const { workbench, server } = scene();
    await server.changeSettings(settings);
    behind.proxy.record.length = 0;
    await workbench.reload();
    await workbench.showContainer('Client Keys');
  }

  /** Reads tree and log; what came through the proxy since: host names, and the actions that arrived at the services. */
  async function readEverything(count: number): Promise<{ targets: string[]; actions: string[] }> {
    const { workbench } = scene();
    const actions = async () => (await requests()).slice(count).map(({ action }) => action);
    await eventually('the keys are read', async () => (await actions()).includes('ListClientKeys'), 60_000);
    const audit = await openAuditOfKey(workbench);
    await audit.waitForVerdict('inUse');
    await audit.refresh();
    await eventually('the log is read', async () => (await actions()).includes('GetLogsV2'));
    await audit.waitForVerdict('inUse');
    return {
      targets: behind.proxy.record.filter(({ status }) => status === 200).map(({ target }) => target),
      actions: await actions(),
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

  it('is read through once its authority is in the settings', async () => {
    const { workbench } = scene();
    await reopen({ 'clientKeys.network.caFile': behind.caFile });
    // The key shows among the credential files of the workspace too, below the account.
    await keys().row(DEMO_AAP).waitFor();
    await (await openAuditOfKey(workbench)).waitForVerdict('inUse');
  });

  for (const proxySupport of modes.leads) {
    it(`leads every call of both SDKs: ${proxySupport}`, async () => {
      const count = (await requests()).length;
      await reopen({ 'http.proxySupport': proxySupport });
      assertAllThere(await readEverything(count));
    });
  }

  for (const [what, settings] of [
    ['is not used when it is switched off', { 'http.proxySupport': 'off' }],
    ...(modes.exceptions
      ? ([
          [
            'is not used for hosts that go without',
            { 'http.proxySupport': 'override', 'http.noProxy': ['sim.test'] },
          ],
        ] as const)
      : []),
  ] as const) {
    it(what, async () => {
      await reopen(settings);
      await keys().row('Not reachable').waitFor();
      const { frame, refresh } = await openAuditOfKey(scene().workbench);
      const ended = frame.locator('main[aria-busy="false"]', {
        hasText: 'The audit log could not be checked.',
      });
      await ended.waitFor();
      // The window before this one may have left with a request under way.
      behind.proxy.record.length = 0;
      const count = (await requests()).length;
      await keys().clickTitleAction('Refresh Client Keys');
      // A host name that nothing resolves fails before the eye sees that the view is busy.
      const busy = await ended.evaluateHandle((main) => {
        const seen = { changes: 0 };
        new MutationObserver(() => seen.changes++).observe(main, { attributeFilter: ['aria-busy'] });
        return seen;
      });
      await refresh();
      await eventually('the log is asked', async () => (await busy.jsonValue()).changes > 0);
      await ended.waitFor();
      assert.deepEqual(behind.proxy.record, []);
      assert.equal((await requests()).length, count);
    });
  }

  it('that wants a password is named as such', async () => {
    behind.proxy.rules.credentials = `corp-user:${PROXY_PASSWORD}`;
    await reopen({ 'http.proxySupport': 'override', 'http.noProxy': [] });
    await keys().row('Proxy wants a password').waitFor();
  });

  it('is used with user and password of the settings, which show nowhere else', async () => {
    const { workbench, server } = scene();
    const count = (await requests()).length;
    await reopen({ 'http.proxy': behind.proxy.url.replace('//', `//corp-user:${PROXY_PASSWORD}@`) });
    assertAllThere(await readEverything(count));
    const places = { dataDir: server.dataDir, workbench, serverOutput: server.output() };
    const found = await findSecrets({ 'password of the proxy': PROXY_PASSWORD }, places);
    assert.deepEqual(
      found.map(({ where }) => where.replaceAll('\\', '/')),
      ['data/User/settings.json'],
    );
  });
}

/** VS Code restores the view after a reload only if it had the time to save it, so it is asked for each time. */
async function openAuditOfKey(workbench: Workbench) {
  await workbench.palette('Client Keys: Open Audit');
  await workbench.quickInput.pick(DEMO_AAP);
  return await auditView(workbench);
}
