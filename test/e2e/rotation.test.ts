import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { openCredential } from '../../src/credential/pkcs12';
import { Secret } from '../../src/model/secret';
import { eventually } from '../host/eventually';
import { parseDotEnv } from '../simulator/applications/dotEnv';
import { DEMO_AAP } from '../simulator/index';
import { auditView, openAudit } from './auditView';
import { findSecrets } from './canary';
import {
  callWith,
  canarySecrets,
  type DemoCredential,
  newCredential,
  oldCredential,
} from './demoCredentials';
import { useFixture } from './fixture';
import { createPictures } from './pictures';
import {
  applyPatch,
  beginRotation,
  EXPIRING_KEY,
  showKeys,
  takeStops,
  typeKeyId,
  untilScanned,
} from './rotationSteps';
import { compareFiles, digests, type FileContents, readFiles } from './workspaceFiles';

const DOT_ENV = '.env';
const PROPERTIES = 'secretsmanager.properties';
const JAVA = 'src/main/java/com/example/shop/OrderKmsClient.java';

describe('a whole rotation on the installed extension', () => {
  const scene = useFixture({ inOrder: true });
  const pictures = createPictures(() => scene().workbench);
  let original: FileContents;
  let old: DemoCredential;
  let fresh: DemoCredential;

  before(async () => {
    const { workspace, simulator } = scene();
    original = await readFiles(workspace.folder);
    old = await oldCredential(workspace);
    // The gateway learns the new key late: a patch that does not wait would make the applications fail.
    await simulator.control.setGatewayDelay(25_000);
  });

  it('shows what expires in the tree, its accessible text and the status bar', async () => {
    const { workbench } = scene();
    await showKeys(workbench);
    const keys = workbench.tree('Client Keys');
    assert.match(
      await keys.ariaLabel(EXPIRING_KEY),
      /^Client key KAAP\.[0-9a-f]{8}…[0-9a-f]{5}, expires in 12 days/,
    );
    await workbench.statusBarItem('12d').waitFor();
    await pictures.take('tree');
  });

  it('creates the new key after four stops, beside the old file', async () => {
    const { workbench, simulator, workspace } = scene();
    await beginRotation(workbench);
    await workbench.quickInput.pick('1 year');
    await workbench.quickInput.waitFor('(2/4)');
    await workbench.quickInput.back();
    await takeStops(workbench, async () => {
      assert.equal((await simulator.control.keys(DEMO_AAP)).length, 1, 'a key before the last stop');
      await pictures.takeAsIs('rotate');
    });
    await untilScanned(workbench, 0);

    fresh = await newCredential(workspace, simulator);
    for (const file of [fresh.keyFile, fresh.passwordFile])
      assert.equal((await stat(file)).mode & 0o777, 0o600, path.basename(file));
    assert.match(fresh.password, /^[\x21-\x7e]{32}$/);
    const opened = openCredential(Buffer.from(fresh.json), new Secret(fresh.password));
    assert.ok(opened.keyMatches);
    const added = compareFiles(original, await readFiles(workspace.folder));
    assert.deepEqual(added, { added: credentialNames(fresh), removed: [], changed: [] });
  });

  it('ticks the three groups that name the old key', async () => {
    const { workbench } = scene();
    const view = workbench.tree('Rotations');
    for (const file of [`${PROPERTIES}:3`, `${DOT_ENV}:3`, 'OrderKmsClient.java:9']) {
      await view.row(`${file}confirmed`).getByRole('checkbox', { checked: true }).waitFor();
    }
    await pictures.takeAsIs('references');
  });

  it('previews the patch with masks instead of secrets', async () => {
    const { workbench } = scene();
    await workbench.tree('Rotations').clickInline('2 References', 'Preview Patch');
    const files = workbench.page.locator('.multiDiffEntry');
    await files
      .filter({ hasText: 'OrderKmsClient.java' })
      .getByText('«new password, 32 characters»')
      .waitFor();
    const shown = (await files.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    for (const file of [PROPERTIES, DOT_ENV, 'OrderKmsClient.java']) assert.ok(shown.includes(file), file);
    assert.ok(shown.includes('«old password»'));
    assert.ok(shown.includes(`clientKey_${fresh.keyId}_Password.txt`));
    await requireNoSecret();
    await pictures.take('preview');
  });

  it('patches exactly the expected bytes', async () => {
    const { workbench, simulator, workspace } = scene();
    await applyPatch(workbench, simulator.control);

    const after = await readFiles(workspace.folder);
    assert.deepEqual(compareFiles(original, after), {
      added: credentialNames(fresh),
      removed: [],
      changed: [DOT_ENV, PROPERTIES, JAVA].sort(),
    });
    const text = (name: string) => original.get(name)?.toString() ?? '';
    const renamed = (name: string) => text(name).replaceAll(old.keyId, fresh.keyId);
    const envAfter = after.get(DOT_ENV)?.toString() ?? '';
    const [bare, quoted] = [fresh.password, `'${fresh.password}'`].map((value) =>
      renamed(DOT_ENV).replace(old.password, () => value),
    );
    const expected = new Map([
      [PROPERTIES, renamed(PROPERTIES)],
      [JAVA, renamed(JAVA).replace(old.password, () => fresh.password)],
      // Whether a password needs quotes depends on its characters; what matters is read back below.
      [DOT_ENV, (envAfter === bare ? bare : quoted) ?? ''],
    ]);
    const patched = new Map([...after].filter(([name]) => expected.has(name)));
    const bytes = new Map([...expected].map(([name, content]) => [name, Buffer.from(content)]));
    assert.deepEqual(
      digests(patched),
      digests(new Map([...patched.keys()].map((name) => [name, bytes.get(name) ?? Buffer.alloc(0)]))),
    );
    assert.ok(
      parseDotEnv(envAfter).ALIBABA_CLOUD_KMS_PASSWORD === fresh.password,
      'the password in .env reads differently',
    );
  });

  it('moves both applications to the new key', async () => {
    const { simulator, applications } = scene();
    assert.ok(applications);
    await eventually('both applications use the new key', () =>
      applications.stats().every(({ keyIds }) => keyIds.at(-1) === fresh.keyId),
    );
    const oldCalls = await acceptedCalls(old.keyId);
    const newCalls = await acceptedCalls(fresh.keyId);
    await eventually('twenty more calls', async () => (await acceptedCalls(fresh.keyId)) >= newCalls + 20);
    assert.equal(await acceptedCalls(old.keyId), oldCalls, 'the old key is still used');

    async function acceptedCalls(keyId: string): Promise<number> {
      const counts = await simulator.control.callCounts();
      return counts.find((count) => count.keyId === keyId)?.accepted ?? 0;
    }
  });

  it('holds the deletion back while the old key was in use within a day', async () => {
    const { workbench } = scene();
    await workbench.closeNotifications();
    const audit = await openAudit(workbench);
    await audit.waitForVerdict('inUse');
    assert.equal(await audit.deleteButton.textContent(), 'Delete old key… (held back)');
    const callers = await audit.callers();
    assert.equal(callers.length, 2);
    for (const name of ['order-service', 'billing-job'])
      assert.match(callers.find((row) => row.includes(name)) ?? '', /^\s*moved/, name);
    await workbench.statusBarItem('2/2 moved').waitFor();
    await requireNoSecret();
    await pictures.take('audit-in-use');
  });

  it('offers the deletion once the old key is quiet', async () => {
    const { workbench, simulator } = scene();
    const audit = await auditView(workbench);
    for (let day = 0; day < 2; day++) await simulator.control.nextDay();
    await audit.refresh();
    await audit.waitForVerdict('quiet');
    await workbench.tree('Rotations').row('quiet: ready to delete').waitFor();
    await workbench.tree('Rotations').row('ready: nobody uses the old client key').waitFor();
    await pictures.take('audit-quiet');
  });

  it('deletes the old key only after its id was typed', async () => {
    const { workbench, simulator } = scene();
    await workbench.setTheme('Dark Modern');
    const audit = await auditView(workbench);
    await audit.deleteButton.click();
    await typeKeyId(workbench, fresh.keyId);
    await workbench.quickInput.message.filter({ hasText: 'This is not the id of the client key.' }).waitFor();
    await pictures.takeAsIs('delete-prompt');
    assert.ok((await simulator.control.keys(DEMO_AAP)).every((key) => key.deletedAt === undefined));

    await typeKeyId(workbench, old.keyId);
    await workbench.notification(`Client key ${old.keyId} was deleted`).waitFor();
    const left = (await simulator.control.keys(DEMO_AAP)).filter((key) => key.deletedAt === undefined);
    assert.deepEqual(
      left.map((key) => key.id),
      [fresh.keyId],
    );
    await workbench.tree('Rotations').row('4 Deleted').waitFor();
    await workbench.tree('Client Keys').row(DEMO_AAP).filter({ hasText: '1 of 3 keys' }).waitFor();
    await pictures.takeAsIs('deleted');
    assert.match((await callWith(simulator, old)) ?? 'accepted', /^404 /);
    assert.equal(await callWith(simulator, fresh), undefined);
  });

  it('leaves no secret where only files of the workspace may have one', async () => {
    const { server, workbench, simulator } = scene();
    const places = { dataDir: server.dataDir, workbench, serverOutput: server.output() };
    const present = { address: simulator.url, log: 'Extension host with pid', key: fresh.keyId };
    const found = (await findSecrets(present, places)).map(({ secret, where }) => `${secret} in ${where}`);
    for (const place of [
      /^address in .*settings\.json$/,
      /^log in .*\.log$/,
      /^key in .*rotations.*\.json$/,
      /^key in page/,
    ])
      assert.ok(
        found.some((sighting) => place.test(sighting)),
        `the search does not see: ${place}`,
      );
    await requireNoSecret();
  });

  it('removes the files of the deleted key when asked to', async () => {
    const { workbench, workspace } = scene();
    await workbench.clickInNotification('was deleted', 'Remove Old Files…');
    await workbench.clickInDialog('Remove the credential files', 'Remove 2 Files');
    await workbench.notification('The old credential files were removed').waitFor();
    const { added, removed } = compareFiles(original, await readFiles(workspace.folder));
    assert.deepEqual({ added, removed }, { added: credentialNames(fresh), removed: credentialNames(old) });
  });

  it('has let no call of the applications fail', () => {
    const stats = scene().applications?.stats() ?? [];
    assert.equal(stats.length, 2);
    for (const { name, failures, lastFailure, keyIds } of stats) {
      assert.equal(failures, 0, `${name}: ${lastFailure}`);
      assert.deepEqual(keyIds, [old.keyId, fresh.keyId], name);
    }
  });

  async function requireNoSecret(): Promise<void> {
    const { server, workbench } = scene();
    const places = { dataDir: server.dataDir, workbench, serverOutput: server.output() };
    assert.deepEqual(await findSecrets(canarySecrets(old, fresh), places), []);
  }
});

function credentialNames({ keyId }: DemoCredential): string[] {
  return [`keys/clientKey_${keyId}.json`, `keys/clientKey_${keyId}_Password.txt`];
}
