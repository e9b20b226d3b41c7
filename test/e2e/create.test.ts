import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { openCredential } from '../../src/credential/pkcs12';
import { Secret } from '../../src/model/secret';
import { briefKeyId } from '../../src/ui/briefKeyId';
import { findSecrets } from './canary';
import { canarySecrets, type DemoCredential, newCredential } from './demoCredentials';
import { useFixture } from './fixture';
import { showKeys, untilAtRest } from './rotationSteps';
import { compareFiles, type FileContents, readFiles } from './workspaceFiles';

const AAP = 'inventory-aap';
/** Its row once the KMS instance that it leads to is known: after that the view does not read it again by itself. */
const aapRow = (keys: number) => new RegExp(`${AAP}kst-shh.* · ${keys} of 3 keys`);

describe('a client key for an AAP that has none', () => {
  const scene = useFixture({
    inOrder: true,
    withoutApplications: true,
    arrange: async ({ control }) => {
      for (const { id } of await control.keys(AAP)) await control.removeClientKey(id);
    },
  });
  let original: FileContents;
  let fresh: DemoCredential;

  it('is created from the context menu by four stops; nothing exists before the last', async () => {
    const { workbench, simulator, workspace } = scene();
    const { quickInput } = workbench;
    await showKeys(workbench);
    original = await readFiles(workspace.folder);
    await workbench.tree('Client Keys').row(aapRow(0)).waitFor();
    await workbench.tree('Client Keys').row('audit log off').waitFor();
    await untilAtRest(workbench);
    await workbench.tree('Client Keys').clickInMenu(AAP, 'Create Client Key…');
    for (const [stop, proposed] of [
      [`Create client key for ${AAP} (1/4)`, '1 year'],
      ['(2/4)', 'Generate a password'],
      ['(3/4)', 'Beside another credential file'],
      ['(4/4)', 'Create client key'],
    ] as const) {
      await quickInput.waitFor(stop);
      await quickInput.row(proposed).waitFor();
      if (stop === '(4/4)') assert.deepEqual(await livingKeys(), []);
      await quickInput.accept();
    }
    const created = workbench.notification(`was created for ${AAP}, and its file opens`);
    await created.waitFor();
    const [id] = await livingKeys();
    assert.ok(id);
    fresh = await newCredential(workspace, simulator, AAP);
    for (const part of [id, `clientKey_${id}.json`, `clientKey_${id}_Password.txt`])
      assert.ok(((await created.textContent()) ?? '').includes(part), part);
  });

  it('lies in two private files that open, and no other file has changed', async () => {
    const { workspace } = scene();
    const { keyId, keyFile, passwordFile, json, password } = fresh;
    assert.deepEqual(compareFiles(original, await readFiles(workspace.folder)), {
      added: [`keys/clientKey_${keyId}.json`, `keys/clientKey_${keyId}_Password.txt`],
      removed: [],
      changed: [],
    });
    for (const file of [keyFile, passwordFile]) assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal(password.length, 32);
    const opened = openCredential(Buffer.from(json), new Secret(password));
    assert.deepEqual([opened.keyId, opened.keyMatches], [keyId, true]);
  });

  it('stands in the tree, and in the Rotations view as done, without any step of a rotation', async () => {
    const { workbench, simulator } = scene();
    const keys = workbench.tree('Client Keys');
    await keys.row(aapRow(1)).waitFor();
    await keys.row(briefKeyId(fresh.keyId)).waitFor();
    const view = workbench.tree('Rotations');
    await view.row(`${AAP}done · new client key ${briefKeyId(fresh.keyId)}`).waitFor();
    assert.match(await view.ariaLabel(AAP), new RegExp(`^${AAP}, done, new client key KAAP`));
    assert.deepEqual(await view.menuEntries(AAP), ['Copy ID']);
    await view.expand(AAP);
    await view.row('1 Created').waitFor();
    await untilAtRest(workbench);
    assert.equal(await view.rows.count(), 2);
    const requests = await simulator.control.requests();
    assert.equal(requests.filter(({ action }) => action === 'CreateClientKey').length, 1);
  });

  it('leaves its secrets nowhere else', async () => {
    const { server, workbench } = scene();
    const places = { dataDir: server.dataDir, workbench, serverOutput: server.output() };
    assert.deepEqual(await findSecrets(canarySecrets(fresh), places), []);
  });

  it('is offered for other AAPs by the palette, and full ones say why not', async () => {
    const { workbench, simulator } = scene();
    const { quickInput } = workbench;
    await workbench.closeNotifications();
    await workbench.palette('Client Keys: Create Client Key…');
    await quickInput.row(`${AAP}1 of 3 keys`).waitFor();
    await quickInput.row('payments-aap').waitFor();
    assert.equal(await quickInput.row('batch-aap').count(), 0, 'it is entered by RAM role');
    await quickInput.pick('full: delete a client key that nobody uses first');
    await workbench.notification('already has 3 of 3 client keys').waitFor();
    const requests = await simulator.control.requests();
    assert.equal(requests.filter(({ action }) => action === 'CreateClientKey').length, 1);
  });

  async function livingKeys(): Promise<string[]> {
    const keys = await scene().simulator.control.keys(AAP);
    return keys.filter(({ deletedAt }) => deletedAt === undefined).map(({ id }) => id);
  }
});
