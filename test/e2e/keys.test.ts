import assert from 'node:assert/strict';
import * as v from 'valibot';
import { actionsOf } from '../../src/model/ramPolicy';
import { eventually } from '../host/eventually';
import { DEMO_AAP, DEMO_ACCOUNT_ID, DEMO_INSTANCE, DEMO_SHANGHAI_INSTANCE } from '../simulator/index';
import { useFixture } from './fixture';
import { EXPIRING_KEY, showKeys, untilAtRest } from './rotationSteps';

const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_MS = 365 * DAY_MS;
const INVENTORY_AAP = 'inventory-aap';
const EXPIRED_KEY = 'expired 2 days ago';
const ARN = `acs:kms:cn-hangzhou:${DEMO_ACCOUNT_ID}:applicationaccesspoint/${DEMO_AAP}`;

const policySchema = v.object({
  Statement: v.array(v.object({ Action: v.array(v.string()) })),
});

describe('the Client Keys view', () => {
  const scene = useFixture({
    withoutApplications: true,
    arrange: async ({ control }) => {
      const now = await control.now();
      await control.addClientKey(INVENTORY_AAP, { createdAt: now - YEAR_MS, notAfter: now - 2.5 * DAY_MS });
    },
  });
  const keys = () => scene().workbench.tree('Client Keys');
  const selected = (text: string) =>
    keys().rows.and(keys().pane.locator('.selected')).filter({ hasText: text });
  const clipboard = async () =>
    String(await scene().workbench.page.evaluate('navigator.clipboard.readText()'));
  const labels = async () =>
    (await keys().rows.locator('.label-name').allInnerTexts()).filter((label) => label.endsWith('-aap'));

  before(async () => {
    const { workbench } = scene();
    await showKeys(workbench);
    // A list draws only the rows that fit: all of them shall.
    await workbench.tree('Rotations').pane.locator('.pane-header').click();
  });

  it('says which AAP takes no client keys and which is full', async () => {
    await keys().row('batch-aap').filter({ hasText: 'RAM role, no client keys' }).waitFor();
    await keys().row('reports-aap').filter({ hasText: '3 of 3 keys · full' }).waitFor();
    assert.ok(!(await keys().menuEntries('batch-aap')).includes('Create Client Key…'));
    assert.ok(!(await keys().menuEntries('reports-aap')).includes('Create Client Key…'));
    assert.ok((await keys().menuEntries(DEMO_AAP)).includes('Create Client Key…'));
  });

  it('shows where an AAP leads, and whether the calls there are logged', async () => {
    await keys()
      .row(`${DEMO_INSTANCE.slice(0, 10)}…audit log on`)
      .waitFor();
    await keys()
      .row(`${DEMO_SHANGHAI_INSTANCE.slice(0, 10)}…audit log off`)
      .waitFor();
    await keys().row('shared gatewayusage cannot be verified').waitFor();
  });

  it('goes to a client key by its id, to an AAP and to a KMS instance', async () => {
    const { workbench, workspace } = scene();
    for (const [wanted, row] of [
      [workspace.keyId, EXPIRING_KEY],
      [INVENTORY_AAP, INVENTORY_AAP],
      [DEMO_SHANGHAI_INSTANCE, 'audit log off'],
    ] as const) {
      await workbench.palette('Client Keys: Go to Client Key…');
      await workbench.quickInput.type(wanted);
      await workbench.quickInput.row(wanted).waitFor();
      // What is called so stands before what only has to do with it.
      await workbench.quickInput.accept();
      await selected(row).waitFor();
    }
  });

  it('looks for a client key whose id is pasted and not known yet', async () => {
    const { workbench, simulator } = scene();
    const now = await simulator.control.now();
    const { keyId } = await simulator.control.addClientKey(DEMO_AAP, { notAfter: now + 200.5 * DAY_MS });
    await workbench.palette('Client Keys: Go to Client Key…');
    await workbench.quickInput.type(keyId);
    await workbench.quickInput.row('Refresh and look for this client key').waitFor();
    await workbench.quickInput.accept();
    await selected('200 days left').waitFor();
  });

  it('finds by typing in the tree', async () => {
    const { workbench } = scene();
    await workbench.palette('Client Keys: Find in Tree');
    const find = keys().pane.locator('.monaco-tree-type-filter input, .tree-type-filter input').first();
    await find.fill('inventory');
    await keys().row(INVENTORY_AAP).locator('.highlight').filter({ hasText: 'inventory' }).waitFor();
    await find.press('Escape');
    await find.waitFor({ state: 'hidden' });
  });

  it('shows only what expires, and all again', async () => {
    await keys().clickTitleAction('Show Expiring Client Keys Only');
    await eventually('one AAP of Hangzhou is left', async () => {
      return (await labels()).sort().join() === [INVENTORY_AAP, DEMO_AAP].join();
    });
    await keys().clickTitleAction('Show All Client Keys');
    await keys().row('reports-aap').waitFor();
    await keys().row('batch-aap').waitFor();
  });

  it('sorts by name and by expiry', async () => {
    const { workbench } = scene();
    const ofHangzhou = async () => (await labels()).filter((label) => label !== INVENTORY_AAP).join(' ');
    await workbench.palette('Client Keys: Sort by Name');
    await eventually('names are in order', async () => {
      return (await ofHangzhou()) === 'batch-aap payments-aap reports-aap';
    });
    await workbench.palette('Client Keys: Sort by Expiry');
    await eventually('the nearest end is on top', async () => {
      return (await ofHangzhou()) === 'payments-aap reports-aap batch-aap';
    });
  });

  it('copies ids and the ARN, and leads to the console of the region', async () => {
    const { workbench, workspace } = scene();
    await keys().clickInMenu(EXPIRING_KEY, 'Copy ID');
    await eventually('the clipboard holds the id', async () => (await clipboard()) === workspace.keyId);
    await keys().clickInMenu(EXPIRING_KEY, 'Copy ARN of the AAP');
    await eventually('the clipboard holds the ARN', async () => (await clipboard()) === ARN);
    await keys().clickInMenu(INVENTORY_AAP, 'Open in Console');
    await workbench.clickInDialog('external website', 'Copy');
    await eventually('the clipboard holds the address', async () => {
      return (await clipboard()) === 'https://kms.console.alibabacloud.com/cn-shanghai/key/list';
    });
  });

  it('lists the references to a client key, and opens one', async () => {
    const { workbench } = scene();
    await keys().clickInMenu(EXPIRING_KEY, 'Find References');
    await workbench.quickInput.waitFor('References to KAAP.');
    await workbench.quickInput
      .row(/secretsmanager\.properties:\d+.*key file path · properties · confirmed/)
      .waitFor();
    await workbench.quickInput.pick('secretsmanager.properties');
    await workbench.editorTab('secretsmanager.properties').waitFor();
    await keys().clickInMenu('924 days left', 'Find References');
    await workbench
      .notification(/No reference to client key KAAP\.\S+ was found .* files were looked at\./)
      .waitFor();
    await workbench.closeNotifications();
  });

  it('offers the policy for what a region refuses, and reads the region once it is granted', async () => {
    const { workbench, simulator } = scene();
    const action = 'kms:ListApplicationAccessPoints';
    await simulator.control.denyAction(action, true, 'cn-shanghai');
    await keys().clickTitleAction('Refresh Client Keys');
    const row = `No permission: ${action}The account may not call`;
    await keys().row(row).waitFor();
    await untilAtRest(workbench);
    // What was known before stays in sight.
    await keys().row(INVENTORY_AAP).waitFor();
    await keys().clickInline(row, 'Copy RAM Policy…');
    await workbench.quickInput.waitFor('RAM policy for this extension');
    await workbench.quickInput.pick('Read only');
    await workbench.notification('The RAM policy is on the clipboard.').waitFor();
    const { Statement } = v.parse(policySchema, JSON.parse(await clipboard()));
    assert.deepEqual(Statement.flatMap(({ Action }) => Action).sort(), actionsOf('readOnly'));
    await workbench.closeNotifications();
    await simulator.control.denyAction(action, false, 'cn-shanghai');
    await keys().clickInline(row, 'Retry');
    await keys().row(row).waitFor({ state: 'detached' });
    await untilAtRest(workbench);
  });

  it('deletes a client key that has expired, through the same gate', async () => {
    const { workbench, simulator } = scene();
    const [expired] = (await simulator.control.keys(INVENTORY_AAP)).sort((a, b) => a.notAfter - b.notAfter);
    assert.ok(expired);
    await keys().clickInMenu(EXPIRED_KEY, 'Delete Client Key…');
    await workbench.quickInput.waitFor(`Delete client key of ${INVENTORY_AAP}`);
    await workbench.quickInput.enter('KAAP.another');
    await workbench.quickInput.message.filter({ hasText: 'This is not the id of the client key.' }).waitFor();
    await workbench.quickInput.enter(expired.id);
    await workbench.notification(`Client key ${expired.id} was deleted`).waitFor();
    await keys().row(EXPIRED_KEY).waitFor({ state: 'detached' });
    const deleted = (await simulator.control.keys(INVENTORY_AAP)).filter(
      ({ deletedAt }) => deletedAt !== undefined,
    );
    assert.deepEqual(
      deleted.map(({ id }) => id),
      [expired.id],
    );
  });
});
