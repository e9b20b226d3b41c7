import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createAuditReader } from '../../../src/cloud/audit/index';
import { createCloud } from '../../../src/cloud/index';
import { createRotations, isRotationError, type Rotations } from '../../../src/rotation/index';
import { type Applications, startApplications } from '../../simulator/applications/index';
import { createDemoWorkspace, type DemoWorkspace } from '../../simulator/demoWorkspace';
import {
  DEMO_AAP,
  DEMO_ACCESS_KEY,
  DEMO_INSTANCE,
  type Simulator,
  startSimulator,
} from '../../simulator/index';
import { createDirectBackground, createVault, DAY, readTree, traces } from './support';

/** The whole rotation with nothing replaced: real SDKs, real files, two applications that count their failures. */
describe('a full rotation against the simulator', function () {
  this.timeout(60_000);
  let root: string;
  let sim: Simulator;
  let workspace: DemoWorkspace;
  let applications: Applications;
  let rotations: Rotations;
  let cloud: ReturnType<typeof createCloud>;
  const lines: string[] = [];
  const vault = createVault([]);
  const aap = { accountId: 'environment', regionId: 'cn-hangzhou', aapName: DEMO_AAP };

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'full-rotation-'));
    sim = await startSimulator();
    workspace = await createDemoWorkspace(sim, path.join(root, 'workspace'), { git: true });
    applications = await startApplications({ simulator: sim.url, folder: workspace.folder });
    const endpoints = () => ({
      kms: sim.settings['clientKeys.endpoints.kms'],
      log: sim.settings['clientKeys.endpoints.log'],
    });
    cloud = createCloud({
      endpoints,
      env: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: DEMO_ACCESS_KEY.id,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEMO_ACCESS_KEY.secret,
      },
      homeFolder: root,
      userAgent: 'test',
      isTrusted: () => true,
    });
    rotations = createRotations({
      folder: path.join(root, 'storage'),
      keys: cloud,
      audit: createAuditReader({ cloud, endpoints, userAgent: 'test' }),
      vault,
      background: createDirectBackground(),
      clock: Date.now,
      // Waiting is the service's time passing.
      sleep: async (ms) => {
        await sim.control.moveClock(ms);
      },
      log: (line) => lines.push(line),
      verdictOptions: () => ({ quietPeriodMs: DAY, retired: [] }),
    });
  });

  after(async () => {
    rotations?.dispose();
    await applications?.stop();
    await sim?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('replaces the key with no failed call of the applications, and deletes it on evidence', async () => {
    const oldKey = (await cloud.listClientKeys(aap)).find((key) => key.id === workspace.keyId);
    assert.ok(oldKey);
    const keysFolder = path.dirname(workspace.keyFile);
    const created = await rotations.start({
      aap,
      oldKey,
      validity: { years: 1 },
      password: { generate: true },
      folder: keysFolder,
      allowUnignored: false,
    });
    assert.equal(created.state, 'created');
    assert.equal(created.proven, true);
    const newKeyId = created.newKey?.id ?? '';
    assert.equal(created.files.credentialFile, path.join(keysFolder, `clientKey_${newKeyId}.json`));
    assert.equal(statSync(created.files.credentialFile).mode & 0o777, 0o600);
    assert.equal(statSync(created.files.passwordFile).mode & 0o777, 0o600);

    const scan = await rotations.scan(created.id, [workspace.folder], []);
    const ticked = scan.groups.filter((group) => group.ticked);
    assert.equal(ticked.length, 3, 'properties, .env and Java');
    const plan = await rotations.planPatch(
      created.id,
      workspace.folder,
      ticked.map((group) => group.id),
    );
    assert.deepEqual(plan.refused, []);
    const before = readTree(workspace.folder);
    const steps = new Set<string>();
    const patched = await rotations.applyPatch(created.id, plan, {
      onProgress: ({ step }) => steps.add(step),
    });
    assert.ok(steps.has('waiting'), 'the gateway gets its 30 s');
    assert.equal(patched.state, 'watching');
    assert.equal(patched.workspaces[0]?.patchedGroups, 3);
    assert.equal(patched.workspaces[0]?.leftGroups, 0);
    const after = readTree(workspace.folder);
    const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
    assert.deepEqual(changed.sort(), [
      '.env',
      'secretsmanager.properties',
      path.join('src', 'main', 'java', 'com', 'example', 'shop', 'OrderKmsClient.java'),
    ]);
    assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort(), 'no temporary file stays');

    await both(newKeyId);
    const held = await rotations.verdict(created.id);
    assert.equal(held.verdict.kind, 'inUse');
    await assert.rejects(
      rotations.deleteOldKey(created.id, { typedKeyId: oldKey.id }),
      (error) => isRotationError(error) && error.code === 'notQuiet',
    );
    for (let day = 0; day < 3; day++) await sim.control.nextDay();
    const { verdict } = await rotations.verdict(created.id);
    assert.equal(verdict.kind, 'quiet', JSON.stringify(verdict));
    const deleted = await rotations.deleteOldKey(created.id, { typedKeyId: oldKey.id });
    assert.equal(deleted.state, 'deleted');
    assert.equal(deleted.deletion?.verdict, 'quiet');
    const left = (await sim.control.keys(DEMO_AAP)).filter((key) => key.deletedAt === undefined);
    assert.deepEqual(
      left.map((key) => key.id),
      [newKeyId],
    );
    assert.deepEqual([...(await rotations.oldFiles(created.id))].sort(), [
      workspace.keyFile,
      workspace.passwordFile,
    ]);
    await both(newKeyId);
    const stats = applications.stats();
    assert.deepEqual(
      stats.map(({ failures, lastFailure }) => ({ failures, lastFailure })),
      stats.map(() => ({ failures: 0, lastFailure: undefined })),
    );
    assert.deepEqual(await vault.names(''), [], 'nothing is kept of a rotation that has ended');
    noSecretIn([created.files.passwordFile, created.files.credentialFile]);
  });

  /** Until both applications have called with a key again. */
  async function both(keyId: string): Promise<void> {
    const calls = () => applications.stats().map((stat) => stat.calls);
    const seen = calls();
    for (let round = 0; round < 200; round++) {
      const now = calls();
      const keys = applications.stats().every((stat) => stat.keyIds.includes(keyId));
      if (keys && now.every((count, index) => count > (seen[index] ?? 0) + 2)) return;
      await setTimeout(50);
    }
    assert.fail(`the applications do not use ${keyId}: ${JSON.stringify(applications.stats())}`);
  }

  function noSecretIn(files: readonly string[]): void {
    const secrets = files.map((file) => {
      const text = readFileSync(file, 'utf8');
      return text.startsWith('{') ? text.slice(200, 400) : text;
    });
    const written = [...readTree(path.join(root, 'storage')).values(), ...lines].join('\n');
    for (const secret of [...secrets, workspace.password, DEMO_ACCESS_KEY.secret])
      for (const trace of traces(secret)) assert.ok(!written.includes(trace));
  }

  it('knows the instance whose log it judged', async () => {
    const [rotation] = await rotations.list();
    const { evidence } = await rotations.verdict(rotation?.id ?? '');
    assert.deepEqual(
      evidence.instances.map((instance) => instance.instanceId),
      [DEMO_INSTANCE],
    );
  });
});
