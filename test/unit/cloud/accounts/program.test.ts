import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNetwork } from '../../../../src/cloud/network/network';
import { DEFAULT_NETWORK } from '../../../../src/cloud/network/proxy';
import { failureOf, printed, withFolder } from '../support';
import { accountsIn, CANARY, writeCliFile } from './support';

/** A real program, which takes down every run. The shell script of a user would do the same. */
async function writeProgram(home: string, answer: unknown, ending = ''): Promise<string> {
  const file = path.join(home, 'the program.cjs');
  const text = `
    const fs = require('node:fs');
    fs.appendFileSync(${JSON.stringify(runsFile(home))}, 'x');
    setTimeout(() => { process.stdout.write(${JSON.stringify(JSON.stringify(answer))}); ${ending} }, 100);
  `;
  await writeFile(file, text);
  return `"${process.execPath}" "${file}"`;
}

function runsFile(home: string): string {
  return path.join(home, 'runs');
}

async function runs(home: string): Promise<number> {
  return (await readFile(runsFile(home), 'utf8').catch(() => '')).length;
}

const STS = {
  mode: 'StsToken',
  access_key_id: 'STS.p',
  access_key_secret: CANARY,
  sts_token: `${CANARY}-token`,
};

async function writeProfiles(home: string, command: string): Promise<string> {
  return await writeCliFile(home, {
    current: 'program',
    profiles: [
      { name: 'program', mode: 'External', process_command: command },
      {
        name: 'chained',
        mode: 'ChainableRamRoleArn',
        source_profile: 'middle',
        ram_role_arn: 'acs:ram::1:role/r',
      },
      {
        name: 'middle',
        mode: 'ChainableRamRoleArn',
        source_profile: 'program',
        ram_role_arn: 'acs:ram::1:role/m',
      },
    ],
  });
}

describe('profiles that run a program', function () {
  this.timeout(20_000);

  for (const id of ['cli:program', 'cli:chained']) {
    it(`run nothing without trust and consent: ${id}`, () =>
      withFolder(async (home) => {
        await writeProfiles(home, await writeProgram(home, STS));
        const untrusted = accountsIn(home, { isTrusted: () => false });
        untrusted.allowEffects(id);
        const refused = await failureOf(untrusted.credentialsOf(id).getCredentials());
        assert.deepEqual([refused.kind, refused.code], ['noCredentials', 'EffectsNotAllowed']);
        assert.match(refused.message, /runs a program .* not done in an untrusted workspace/);
        const asked = await failureOf(accountsIn(home).credentialsOf(id).getCredentials());
        assert.deepEqual([asked.kind, asked.code], ['noCredentials', 'EffectsNotAllowed']);
        assert.match(asked.message, /has to be allowed first/);

        const env = { ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS: '1' };
        const off = accountsIn(home, { env });
        off.allowEffects(id);
        const disabled = await failureOf(off.credentialsOf(id).getCredentials());
        assert.match(disabled.message, /ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS/);
        assert.equal(await runs(home), 0);
      }));
  }

  it('run it once for calls at the same time and for those right after, and leave the file alone', () =>
    withFolder(async (home) => {
      const file = await writeProfiles(home, await writeProgram(home, STS));
      const text = await readFile(file, 'utf8');
      const accounts = accountsIn(home);
      accounts.allowEffects('cli:program');
      const credentials = accounts.credentialsOf('cli:program');
      const calls = Array.from({ length: 5 }, () => credentials.getCredentials());
      // Forgotten while it runs: it is not started a second time beside itself.
      while ((await runs(home)) === 0) await sleep(5);
      accounts.forget('cli:program');
      for (const key of await Promise.all(calls))
        assert.deepEqual(key, {
          accessKeyId: 'STS.p',
          accessKeySecret: CANARY,
          securityToken: `${CANARY}-token`,
        });
      assert.equal(await runs(home), 1);
      await credentials.getCredentials();
      await credentials.getCredentials();
      assert.equal(await runs(home), 2);
      assert.equal(await readFile(file, 'utf8'), text);
    }));

  it('ask anew when another command stands there', () =>
    withFolder(async (home) => {
      const command = await writeProgram(home, STS);
      await writeProfiles(home, command);
      const accounts = accountsIn(home);
      accounts.allowEffects('cli:program');
      const credentials = accounts.credentialsOf('cli:program');
      await credentials.getCredentials();
      await writeProfiles(home, `${command} --other`);
      assert.equal((await failureOf(credentials.getCredentials())).code, 'EffectsNotAllowed');
      assert.equal(await runs(home), 1);
      accounts.allowEffects('cli:program');
      await credentials.getCredentials();
      assert.equal(await runs(home), 2);
    }));

  it('are not covered by the consent to rewrite the profile file', () =>
    withFolder(async (home) => {
      const oauth = { mode: 'OAuth', oauth_site_type: 'CN', oauth_refresh_token: CANARY };
      await writeCliFile(home, { profiles: [{ name: 'program', ...oauth }] });
      const network = createNetwork({ network: () => ({ ...DEFAULT_NETWORK, caFile: '/no/such/file' }) });
      const accounts = accountsIn(home, { network });
      accounts.allowEffects('cli:program');
      const credentials = accounts.credentialsOf('cli:program');
      assert.equal((await failureOf(credentials.getCredentials())).code, 'BadCaFile');
      await writeProfiles(home, await writeProgram(home, STS));
      assert.equal((await failureOf(credentials.getCredentials())).code, 'EffectsNotAllowed');
      assert.equal(await runs(home), 0);
    }));

  const failing: readonly [string, (home: string) => Promise<string>, RegExp][] = [
    ['is not there', async () => `/no/such/program --password ${CANARY}`, /its program was not found/],
    [
      'fails',
      (home) => writeProgram(home, STS, `process.stderr.write('${CANARY}'); process.exitCode = 3;`),
      /its program failed/,
    ],
    [
      'fails like a service',
      (home) =>
        writeProgram(home, STS, `process.stderr.write('{"Code":"canarysecret9f3a"}'); process.exitCode = 3;`),
      /its program failed/,
    ],
    [
      'prints more than JSON',
      (home) => writeProgram(home, STS, `process.stdout.write('${CANARY}');`),
      /did not print JSON/,
    ],
    [
      'prints no secret',
      (home) => writeProgram(home, { ...STS, access_key_secret: '' }),
      /printed no complete AccessKey/,
    ],
    [
      'prints no token',
      (home) => writeProgram(home, { ...STS, sts_token: '' }),
      /printed no complete AccessKey/,
    ],
    ['has an open quote', async () => `"program ${CANARY}`, /a quote or backslash too many/],
  ];
  for (const [what, commandIn, message] of failing) {
    it(`tell that it ${what}, nothing that it said, and try again`, () =>
      withFolder(async (home) => {
        await writeProfiles(home, await commandIn(home));
        const accounts = accountsIn(home);
        accounts.allowEffects('cli:program');
        const error = await failureOf(accounts.credentialsOf('cli:program').getCredentials());
        assert.deepEqual([error.kind, error.code], ['noCredentials', undefined]);
        assert.match(error.message, message);
        assert.ok(!printed(error).includes(CANARY));
        await writeProfiles(home, await writeProgram(home, STS));
        accounts.allowEffects('cli:program');
        assert.equal((await accounts.credentialsOf('cli:program').getCredentials()).accessKeyId, 'STS.p');
      }));
  }
});
