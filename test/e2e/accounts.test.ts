import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { briefKeyId } from '../../src/ui/briefKeyId';
import { eventually } from '../host/eventually';
import {
  DEMO_AAP,
  DEMO_ACCESS_KEY,
  DEMO_STS_KEY,
  SECOND_ACCESS_KEY,
  SECOND_ACCOUNT_ID,
  SECOND_STS_KEY,
} from '../simulator/index';
import { findSecrets } from './canary';
import { type Fixture, useFixture } from './fixture';
import { createPictures } from './pictures';
import { iniSection, profileFiles, storedProfile } from './profileFiles';
import { EXPIRING_KEY, untilAtRest } from './rotationSteps';

const SIDE_BAR_PX = 460;
/** An AAP of the first account alone. */
const FIRST_ONLY = 'reports-aap';
const DAMAGED = 'cannot be used: ';
const EXPIRED = 'The session token of this account has expired';

describe('signing in', () => {
  const scene = useFixture({ withoutApplications: true, withSecondAccount: true, inOrder: true });
  const pictures = createPictures(() => scene().workbench);
  const keysView = () => scene().workbench.tree('Client Keys');

  it('is not needed where the environment has an account, and says whose environment that is', async () => {
    const { workbench } = scene();
    await workbench.showContainer('Client Keys');
    await workbench.widenSideBar(SIDE_BAR_PX);
    await keysView().row('Environment').filter({ hasText: 'ALIBABA_CLOUD_… variables' }).waitFor();
    await keysView().row(EXPIRING_KEY).waitFor();
    await hideRotations(workbench);
    await untilAtRest(workbench);
    await openSignIn(workbench);
    await workbench.quickInput.waitFor(`${userInfo().username} on the server ${hostname()}`);
    await workbench.quickInput.row('Environment').waitFor();
    await workbench.quickInput.cancel();
    await keysView().clickInMenu('Environment', 'Sign Out');
    await keysView().row('No account is signed in').waitFor();
  });

  it('shows accounts of the CLI and of the credentials file side by side, and mixes no equal names', async () => {
    const { workbench, server, simulator } = scene();
    const files = profileFiles(server);
    await files.writeCli(storedProfile('prod-cn', DEMO_ACCESS_KEY));
    await files.writeText(files.ini, iniSection('staging', SECOND_ACCESS_KEY));
    await keysView().row('No account is signed in').click();
    await workbench.quickInput.row('prod-cn').filter({ hasText: 'AK · current' }).waitFor();
    // The box that ticks all does not choose *Type an AccessKey…*.
    await workbench.page.getByRole('checkbox', { name: 'Toggle all checkboxes' }).click();
    await workbench.quickInput.pick('Environment');
    await pictures.takeAsIs('sign-in');
    await workbench.quickInput.accept();
    await keysView().row('prod-cn').filter({ hasText: 'aliyun CLI profile' }).waitFor();
    await keysView().row('staging').filter({ hasText: 'credentials file' }).waitFor();
    const [key] = await simulator.controlOf(SECOND_ACCOUNT_ID).keys(DEMO_AAP);
    assert.ok(key);
    await keysView().row(label(key.id)).waitFor();
    // The same AAP in the same region twice, each with the key of its own account.
    await eventually('both are shown', async () => (await rowsWith(DEMO_AAP).count()) === 2);
    // The rows below an AAP come last; until then they move the others.
    await eventually('all is shown', async () => (await rowsWith('audit log on').count()) === 2);
    const order = await keysView().rows.allInnerTexts();
    const at = (text: string | RegExp) => order.findIndex((row) => row.search(text) >= 0);
    assert.ok(at(EXPIRING_KEY) > at('prod-cn') && at(EXPIRING_KEY) < at('staging'), order.join('\n'));
    assert.ok(at(label(key.id)) > at('staging'), order.join('\n'));
    assert.equal(await keysView().row('Environment').count(), 0);
  });

  it('is told by a test of the account, and a name of one’s own stays', async () => {
    const { workbench } = scene();
    await keysView().clickInMenu('staging', 'Test Account');
    await workbench.notification('staging is signed in: KMS answered with 2 regions.').waitFor();
    await workbench.closeNotifications();
    await keysView().clickInMenu('staging', 'Rename Account…');
    await workbench.quickInput.enter('Second company');
    await keysView().row('Second company').waitFor();
    await pictures.take('two-accounts');
  });

  it('reads the regions that were chosen, and no others', async () => {
    const { workbench } = scene();
    await chooseRegion('prod-cn', 'cn-shanghai');
    await keysView().row(FIRST_ONLY).waitFor({ state: 'detached' });
    await keysView().row('inventory-aap').waitFor();
    await chooseRegion('prod-cn', 'All regions that hold AAPs');
    await keysView().row(FIRST_ONLY).waitFor();

    async function chooseRegion(account: string, region: string): Promise<void> {
      await keysView().clickInMenu(account, 'Choose Regions…');
      await workbench.quickInput.waitFor(`Regions of ${account}`);
      await workbench.quickInput.pick(region);
      await workbench.quickInput.accept();
    }
  });

  it('follows a profile that begins to mean another account, breaks, and is mended', async () => {
    const { server } = scene();
    const files = profileFiles(server);
    await files.writeCli(storedProfile('prod-cn', SECOND_ACCESS_KEY));
    await keysView().row(FIRST_ONLY).waitFor({ state: 'detached' });
    await eventually('the key of the second account stands under both', async () => {
      const [key] = await scene().simulator.controlOf(SECOND_ACCOUNT_ID).keys(DEMO_AAP);
      return key !== undefined && (await rowsWith(label(key.id)).count()) === 2;
    });

    await files.writeText(files.cli, `{"current": "prod-cn",\n "profiles": [{"name": "canary" oops`);
    const problem = keysView().row(DAMAGED);
    await problem.waitFor();
    const text = await keysView().ariaLabel(DAMAGED);
    assert.ok(text.includes(files.cli) && /line 2, column \d+/.test(text), text);
    assert.doesNotMatch(text, /canary|oops/);
    await keysView().row('Second company').waitFor();

    await files.writeCli(storedProfile('prod-cn', DEMO_ACCESS_KEY));
    await problem.waitFor({ state: 'detached' });
    await keysView().row(FIRST_ONLY).waitFor();
  });

  it('says that a session has expired, and goes on with a new one', async () => {
    const { server, simulator, workbench } = scene();
    const files = profileFiles(server);
    await files.writeCli(storedProfile('prod-cn', DEMO_STS_KEY));
    await eventually('the session is used', async () =>
      (await keysView().rows.allInnerTexts()).some((row) => row.includes(FIRST_ONLY)),
    );
    await simulator.control.expireToken(DEMO_STS_KEY.id);
    await keysView().clickTitleAction('Refresh Client Keys');
    await signInAgain('Sign in again: prod-cn');
    await workbench.quickInput.row('aliyun configure --profile prod-cn --mode StsToken').waitFor();
    await workbench.quickInput.cancel();
    await files.writeCli(storedProfile('prod-cn', DEMO_ACCESS_KEY));
    await keysView().row(EXPIRED).waitFor({ state: 'detached' });
    await keysView().row(FIRST_ONLY).waitFor();
  });

  it('asks before a profile runs a program, and runs it then', async () => {
    const { workbench, server } = scene();
    const files = profileFiles(server);
    const script = path.join(path.dirname(files.cli), 'sign-in.sh');
    const answer = {
      mode: 'AK',
      access_key_id: DEMO_ACCESS_KEY.id,
      access_key_secret: DEMO_ACCESS_KEY.secret,
    };
    await files.writeText(script, `printf '%s' '${JSON.stringify(answer)}'\n`);
    await files.writeCli(storedProfile('prod-cn', DEMO_ACCESS_KEY), {
      name: 'by-program',
      mode: 'External',
      process_command: `sh ${script}`,
    });
    await openSignIn(workbench);
    await workbench.quickInput.pick('by-program');
    await workbench.quickInput.accept();
    await workbench.dialog('The profile by-program runs a program').waitFor();
    await workbench.clickInDialog('The profile by-program runs a program', 'Cancel');
    await openSignIn(workbench);
    await workbench.quickInput.pick('by-program');
    await workbench.quickInput.accept();
    await workbench.clickInDialog('The profile by-program runs a program', 'Use This Profile');
    await keysView().row('by-program').waitFor();
    await eventually('its keys are read', async () => (await rowsWith(FIRST_ONLY).count()) === 2);
    await keysView().clickInMenu('by-program', 'Sign Out');
    await keysView().row('by-program').waitFor({ state: 'detached' });
  });

  it('keeps an AccessKey that was typed, once it has been tried out, over a reload', async () => {
    const { workbench } = scene();
    await keysView().clickInMenu('prod-cn', 'Sign Out');
    await openSignIn(workbench);
    await workbench.quickInput.pick('Type an AccessKey…');
    await typeKey(DEMO_STS_KEY.id, DEMO_STS_KEY.secret, DEMO_STS_KEY.securityToken ?? '', 'Typed one');
    await workbench.notification('Session expired').waitFor();
    // VS Code keeps a fourth toast within 800 ms to itself; nobody types as fast as this test.
    await workbench.notification('Testing the AccessKey').waitFor({ state: 'hidden' });
    await workbench.clickInNotification('Session expired', 'Type Again');
    await workbench.quickInput.waitFor('(1/4)');
    assert.equal(await workbench.quickInput.input.inputValue(), DEMO_STS_KEY.id);
    await typeKey(SECOND_STS_KEY.id, SECOND_STS_KEY.secret, SECOND_STS_KEY.securityToken ?? '', 'Typed one');
    await workbench.notification('Signed in as Typed one. Whether VS Code keeps secrets').waitFor();
    await keysView().row('Typed one').filter({ hasText: 'AccessKey and STS token typed in' }).waitFor();
    await eventually('its keys are read', async () => (await rowsWith(DEMO_AAP).count()) === 2);

    await workbench.reload();
    await workbench.showContainer('Client Keys');
    await keysView().row('Typed one').waitFor();
    await eventually('its keys are read', async () => (await rowsWith(DEMO_AAP).count()) === 2);
  });

  it('asks again for a typed AccessKey whose session has expired', async () => {
    const { workbench, simulator } = scene();
    await simulator.controlOf(SECOND_ACCOUNT_ID).expireToken(SECOND_STS_KEY.id);
    await keysView().clickTitleAction('Refresh Client Keys');
    await signInAgain('(1/4)');
    assert.equal(await workbench.quickInput.input.inputValue(), SECOND_STS_KEY.id);
    await typeKey(DEMO_ACCESS_KEY.id, DEMO_ACCESS_KEY.secret, '', 'Typed one');
    await keysView().row(FIRST_ONLY).waitFor();
    await workbench.notification('The AccessKey is kept in the secret store of VS Code.').waitFor();
    await workbench.closeNotifications();
  });

  it('leaves secrets in the profile files and in the secret store of VS Code alone', async () => {
    const { workbench, server } = scene();
    const secrets = {
      'typed secret': SECOND_STS_KEY.secret,
      'typed token': SECOND_STS_KEY.securityToken ?? '',
      'refused token': DEMO_STS_KEY.securityToken ?? '',
      'profile secret': DEMO_ACCESS_KEY.secret,
    };
    const places = { dataDir: server.dataDir, workbench, serverOutput: server.output() };
    const found = (await findSecrets(secrets, places)).map(
      ({ secret, where }) => `${secret}: ${where.replaceAll('\\', '/')}`,
    );
    assert.deepEqual(found.sort(), [
      'profile secret: home/.aliyun/config.json',
      'profile secret: home/.aliyun/sign-in.sh',
    ]);
  });

  it('forgets an account with all that was kept of it', async () => {
    const { workbench } = scene();
    await keysView().clickInMenu('Typed one', 'Forget Account…');
    await workbench.clickInDialog('Forget the account Typed one?', 'Forget Account');
    await keysView().row('Typed one').waitFor({ state: 'detached' });
    await openSignIn(workbench);
    await workbench.quickInput
      .row('staging')
      .or(workbench.quickInput.row('Second company'))
      .first()
      .waitFor();
    assert.equal(await workbench.quickInput.row('Typed one').count(), 0);
    await workbench.quickInput.cancel();
  });

  function rowsWith(text: string) {
    return keysView().rows.filter({ hasText: text });
  }

  /** Of a click on a row that VS Code is just reading again the extension hears without the row: it offers all accounts. */
  async function signInAgain(title: string): Promise<void> {
    const { workbench } = scene();
    await keysView().row(EXPIRED).waitFor();
    for (let attempt = 1; ; attempt++) {
      await untilAtRest(workbench);
      await keysView().clickInline(EXPIRED, 'Sign In…');
      try {
        return await workbench.quickInput.title.filter({ hasText: title }).waitFor({ timeout: 5000 });
      } catch (error) {
        if (attempt === 4) throw error;
        await workbench.page.keyboard.press('Escape');
      }
    }
  }

  async function typeKey(id: string, secret: string, token: string, name: string): Promise<void> {
    const { quickInput } = scene().workbench;
    for (const [index, text] of [id, secret, token, name].entries()) {
      await quickInput.waitFor(`(${index + 1}/4)`);
      await quickInput.enter(text);
    }
  }
});

describe('signing in where the workspace is not trusted', () => {
  const scene = useFixture({ untrusted: true, withoutAccount: true, withoutApplications: true });

  it('is explained where there is no account', async () => {
    const { workbench } = scene();
    await workbench.showContainer('Client Keys');
    const { welcome } = workbench.tree('Client Keys');
    await welcome.getByText('No Alibaba Cloud account was found where this window runs.').waitFor();
    await welcome.getByText('files and environment of that server are read').waitFor();
    await welcome.getByRole('button', { name: 'Look Again' }).waitFor();
    await welcome.getByRole('button', { name: 'Sign In…' }).click();
    await workbench.quickInput.row('Type an AccessKey…').waitFor();
    const placeholder = await workbench.quickInput.input.getAttribute('placeholder');
    assert.match(placeholder ?? '', /~\/\.aliyun\/config\.json/);
    await workbench.quickInput.cancel();
  });

  it('refuses a profile that runs a program before any question, and works with others', async () => {
    const { workbench, server } = scene();
    const ran = path.join(server.dataDir, 'ran');
    await profileFiles(server).writeCli(storedProfile('prod-cn', DEMO_ACCESS_KEY), {
      name: 'by-program',
      mode: 'External',
      process_command: `touch ${ran}`,
    });
    const keys = workbench.tree('Client Keys');
    // The file is watched, and there was no account yet: nobody has to choose.
    await keys.row('prod-cn').filter({ hasText: 'aliyun CLI profile' }).waitFor();
    await keys.row(EXPIRING_KEY).waitFor();
    await openSignIn(workbench);
    await workbench.quickInput.pick('by-program');
    await workbench.quickInput.accept();
    await workbench.notification('That is not done in an untrusted workspace.').waitFor();
    assert.equal(await workbench.dialog('by-program').count(), 0);
    assert.equal(await keys.row('by-program').count(), 0);
    assert.equal(existsSync(ran), false);
  });
});

async function openSignIn(workbench: Fixture['workbench']): Promise<void> {
  await workbench.palette('Client Keys: Sign In…');
  await workbench.quickInput.waitFor('Sign In');
}

/** The tree has the side bar to itself: a row below the fold would not be in the page. */
async function hideRotations(workbench: Fixture['workbench']): Promise<void> {
  await workbench.tree('Rotations').pane.locator('.pane-header').click();
}

/** A key id as a row shows it. */
function label(keyId: string): string {
  return briefKeyId(keyId);
}
