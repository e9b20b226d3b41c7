import assert from 'node:assert/strict';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failureOf, printed, withFolder } from '../support';
import { accountsIn, CANARY, writeCliFile, writeIniFile } from './support';

const PROFILE = { name: 'p', mode: 'AK', access_key_id: 'LTAIp', access_key_secret: CANARY };
const WHOLE = JSON.stringify({ profiles: [PROFILE] }, null, 2);
const INI = `[i]\ntype = access_key\naccess_key_id = LTAIi\naccess_key_secret = ${CANARY}\n`;

/** GBK for a profile named 生产. */
const GBK_NAME = Buffer.from([0xc9, 0xfa, 0xb2, 0xfa]);

describe('damaged files of credentials', () => {
  const damaged: readonly [string, string | Buffer, RegExp][] = [
    ['is cut off', WHOLE.slice(0, -20), /it is not JSON at line \d+, column \d+/],
    ['is empty', '', /it is not JSON at line 1, column 1/],
    [
      'has a word too many',
      WHOLE.replace(`"${CANARY}"`, `"${CANARY}" oops`),
      /it is not JSON at line 7, column 49/,
    ],
    ['holds a NUL byte', WHOLE.replace(CANARY, `${CANARY}\0`), /it is not JSON at line 7, column 28/],
    ['is UTF-16', Buffer.from(`\uFEFF${WHOLE}`, 'utf16le'), /it is not JSON at line 1, column 1/],
    ['is a list', `["${CANARY}"]`, /the whole is missing or of another type/],
    ['is a text', `"${CANARY}"`, /the whole is missing or of another type/],
    ['has profiles by name', `{"profiles":{"${CANARY}":{}}}`, /profiles is missing or of another type/],
    [
      'has a current profile of another type',
      `{"current":["${CANARY}"]}`,
      /current is missing or of another type/,
    ],
    ['has 5 MB', `${' '.repeat(5_000_000)}${WHOLE}`, /it is larger than 1 MB/],
  ];
  for (const [what, content, message] of damaged) {
    it(`tell path and place and none of the content: a CLI file that ${what}`, () =>
      withFolder(async (home) => {
        const file = await writeCliFile(home, content);
        await writeIniFile(home, INI);
        const { accounts, problems } = await accountsIn(home).list();
        assert.deepEqual(
          accounts.map(({ id }) => id),
          ['ini:i'],
        );
        const [error] = problems;
        assert.ok(error);
        assert.deepEqual([problems.length, error.kind], [1, 'badProfile']);
        assert.ok(error.message.includes(file));
        assert.match(error.message, message);
        assert.ok(!/canary|oops|LTAI/.test(printed(error)));
        const used = await failureOf(accountsIn(home).credentialsOf('cli:p').getCredentials());
        assert.equal(used.message, error.message);
      }));
  }

  it('hide no other profile: one with a field of another type', () =>
    withFolder(async (home) => {
      const bad = { name: 'bad', access_key_secret: { [CANARY]: CANARY } };
      await writeCliFile(home, { profiles: [bad, PROFILE, 7] });
      const accounts = accountsIn(home);
      const { accounts: found, problems } = await accounts.list();
      assert.deepEqual(
        found.map(({ id }) => id),
        ['cli:p'],
      );
      const messages = problems.map(({ message }) => message.replace(/^.*used: /, ''));
      assert.deepEqual(messages, [
        'profiles.0.access_key_secret is missing or of another type.',
        'profiles.2 is missing or of another type.',
      ]);
      const used = await failureOf(accounts.credentialsOf('cli:bad').getCredentials());
      assert.match(used.message, /profiles\.0\.access_key_secret/);
      assert.ok(![...problems, used].some((error) => printed(error).includes(CANARY)));
    }));

  it('count as they are meant: BOM, CRLF, bytes of another encoding', () =>
    withFolder(async (home) => {
      const text = WHOLE.replaceAll('\n', '\r\n');
      const [before = '', after = ''] = text.split('"p"');
      const named = Buffer.concat([Buffer.from(`\uFEFF${before}"`), GBK_NAME, Buffer.from(`"${after}`)]);
      await writeCliFile(home, named);
      const comment = Buffer.concat([Buffer.from('\uFEFF; '), GBK_NAME, Buffer.from('\r\n')]);
      await writeIniFile(home, Buffer.concat([comment, Buffer.from(INI.replaceAll('\n', '\r\n'))]));
      const accounts = accountsIn(home);
      const { accounts: found, problems } = await accounts.list();
      assert.deepEqual([found.length, problems], [2, []]);
      for (const { id } of found)
        assert.equal((await accounts.credentialsOf(id).getCredentials()).accessKeySecret, CANARY);
    }));

  it('are said to be no file, or unreadable', async function () {
    // Neither pipes nor links nor modes are like this on Windows.
    if (process.platform === 'win32') this.skip();
    await withFolder(async (home) => {
      const cli = path.join(home, '.aliyun', 'config.json');
      const ini = path.join(home, '.alibabacloud', 'credentials');
      await mkdir(cli, { recursive: true });
      await mkdir(path.dirname(ini));
      await symlink(ini, ini);
      const accounts = accountsIn(home);
      const messages = (await accounts.list()).problems.map(({ message }) => message);
      assert.deepEqual(messages, [
        `The profile file ${cli} cannot be used: it is not a file.`,
        `The profile file ${ini} cannot be used: it cannot be read (ELOOP).`,
      ]);
      await rm(ini);
      await writeFile(ini, INI);
      await chmod(ini, 0);
      // Whoever runs as root may read everything.
      if (process.getuid?.() !== 0)
        assert.match((await accounts.list()).problems[1]?.message ?? '', /it cannot be read \(EACCES\)/);
      await chmod(ini, 0o600);
      assert.equal((await accounts.credentialsOf('ini:i').getCredentials()).accessKeyId, 'LTAIi');
    });
  });

  it('name the first line of an ini file that is nothing, and hide no section', () =>
    withFolder(async (home) => {
      const file = await writeIniFile(home, `${INI}${CANARY}\0\n[j]\ntype=ecs_ram_role\n${CANARY}`);
      const { accounts, problems } = await accountsIn(home).list();
      assert.deepEqual(
        accounts.map(({ id }) => id),
        ['ini:i', 'ini:j'],
      );
      assert.deepEqual(
        problems.map(({ message }) => message),
        [`The profile file ${file} cannot be used: line 5 is neither a section nor a name with a value.`],
      );
    }));
});
