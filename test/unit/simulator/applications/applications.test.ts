import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Simulator, startSimulator } from '../../../simulator';
import { type Applications, startApplications } from '../../../simulator/applications';
import { createDemoWorkspace, type DemoWorkspace } from '../../../simulator/demoWorkspace';

const DAY_MS = 24 * 3600_000;

describe('applications', function () {
  this.timeout(60_000);
  let sim: Simulator;
  let folder: string;
  let workspace: DemoWorkspace;
  let applications: Applications;

  beforeEach(async () => {
    sim = await startSimulator();
    folder = await mkdtemp(path.join(os.tmpdir(), 'clientkeys-applications-'));
    workspace = await createDemoWorkspace(sim, folder);
    applications = await startApplications({ simulator: sim.url, folder });
  });
  afterEach(async () => {
    await applications.stop();
    await sim.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const stats = (name: string) => {
    const found = applications.stats().find((each) => each.name === name);
    assert.ok(found);
    return found;
  };

  /** Waits until every application has finished `count` more calls. */
  async function moreCalls(count: number): Promise<void> {
    const start = applications.stats();
    while (applications.stats().some((now, i) => now.calls < (start[i]?.calls ?? 0) + count)) await sleep(20);
  }

  /** A new key of the AAP, its files written beside the old ones under new names. */
  async function downloadNewKey(password: string) {
    const notAfter = (await sim.control.now()) + 365 * DAY_MS;
    const { keyId, privateKeyData } = await sim.control.addClientKey('payments-aap', { notAfter, password });
    const json = JSON.stringify({ KeyId: keyId, PrivateKeyData: privateKeyData });
    await writeFile(path.join(folder, 'keys', `clientKey_${keyId}.json`), json, { mode: 0o600 });
    await writeFile(path.join(folder, 'keys', `clientKey_${keyId}_Password.txt`), password, { mode: 0o600 });
    return { keyId, json };
  }

  async function replaceByRename(name: string, change: (text: string) => string): Promise<void> {
    const file = path.join(folder, name);
    const next = `${file}.next`;
    await writeFile(next, change(await readFile(file, 'utf8')));
    await chmod(next, 0o600);
    await rename(next, file);
  }

  it('call with the old key under their own names, never fail until it is deleted, and tell no secret', async () => {
    await moreCalls(5);
    for (const each of applications.stats()) {
      assert.equal(each.failures, 0, each.lastFailure);
      assert.deepEqual(each.keyIds, [workspace.keyId]);
    }
    const gateway = (await sim.control.requests()).filter((request) => request.service === 'gateway');
    assert.equal(new Set(gateway.map((request) => request.userAgent)).size, 2);

    await sim.control.removeClientKey(workspace.keyId);
    while (applications.stats().some((each) => each.failures === 0)) await sleep(20);
    assert.match(stats('order-service').lastFailure ?? '', /does not exist in our records/);
    assert.equal(JSON.stringify(applications.stats()).includes(workspace.password), false);

    await applications.stop();
    const accepted = (await sim.control.callCounts()).reduce((sum, each) => sum + each.accepted, 0);
    const counted = applications.stats().reduce((sum, each) => sum + each.calls - each.failures, 0);
    assert.equal(counted, accepted);
  });

  it('fail when key file and password file are replaced one after the other, or a file is half or missing', async () => {
    const { json } = await downloadNewKey('Next-Password-1');
    await writeFile(workspace.keyFile, json);
    // While the file is being written they may also find half of it.
    while (!/does not open with the password/.test(stats('order-service').lastFailure ?? '')) await sleep(20);
    await writeFile(workspace.passwordFile, 'Next-Password-1');
    while (stats('order-service').keyIds.length < 2) await sleep(20);
    // The billing job still has the old password for the same key file.
    assert.ok(stats('billing-job').failures > 0);

    await writeFile(workspace.keyFile, json.slice(0, 100));
    while (!/not whole/.test(stats('order-service').lastFailure ?? '')) await sleep(20);
    await rm(workspace.keyFile);
    while (!/ENOENT/.test(stats('billing-job').lastFailure ?? '')) await sleep(20);
  });

  it('see no failure when one rename flips the file that names key and password', async () => {
    const password = 'Next#$PWD~!@%^&*?_-2';
    const { keyId } = await downloadNewKey(password);
    await replaceByRename('secretsmanager.properties', (text) => text.replaceAll(workspace.keyId, keyId));
    await replaceByRename('.env', (text) =>
      text.replaceAll(workspace.keyId, keyId).replace(workspace.password, `'${password}'`),
    );
    while (applications.stats().some((each) => each.keyIds.length < 2)) await sleep(20);
    await moreCalls(3);
    for (const each of applications.stats()) {
      assert.equal(each.failures, 0, each.lastFailure);
      assert.deepEqual(each.keyIds, [workspace.keyId, keyId]);
    }
    await sim.control.nextDay();
    await sim.control.removeClientKey(workspace.keyId);
    await moreCalls(3);
    assert.equal(
      applications.stats().reduce((sum, each) => sum + each.failures, 0),
      0,
    );
  });
});
