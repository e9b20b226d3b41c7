import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../src/cli/command';
import {
  copyDemo,
  credentialText,
  NEW_KEY,
  NEW_PASSWORD,
  OLD_KEY,
  OLD_PASSWORD,
  OTHER_KEY,
  privateKeys,
  root,
  temporaryFolder,
  writeFiles,
} from '../references/demoWorkspace';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** As a program of its own, as the script of the package starts it: that takes a while. */
function spawn(...args: string[]): Outcome {
  const cli = join(root, 'src', 'cli', 'main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', cli, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

async function run(...args: string[]): Promise<Outcome> {
  let out = '';
  let err = '';
  const code = await runCommand(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

const lines = (out: string): unknown[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('the references command', function () {
  this.timeout(60_000);
  const outcomes: Outcome[] = [];
  const seen = (outcome: Outcome) => {
    outcomes.push(outcome);
    return outcome;
  };

  after('no value was ever printed', async () => {
    const { old, fresh } = await privateKeys();
    const text = outcomes.map(({ out, err }) => out + err).join('\n');
    for (const secret of [OLD_PASSWORD, NEW_PASSWORD, old.slice(0, 32), fresh.slice(0, 32), 'Canary9xZ'])
      assert.ok(!text.includes(secret), 'a secret was printed');
    assert.ok(outcomes.length >= 8);
  });

  /** The demo, and the new pair outside of it. */
  async function open() {
    const folder = await copyDemo();
    const away = temporaryFolder();
    const [key, password] = [`clientKey_${NEW_KEY}.json`, `clientKey_${NEW_KEY}_Password.txt`];
    renameSync(join(folder, 'keys', key), join(away, key));
    renameSync(join(folder, 'keys', password), join(away, password));
    return { folder, credential: join(away, key), password: join(away, password) };
  }

  it('lists references as objects with exactly their members, and for people by file', async () => {
    const { folder } = await open();
    writeFiles(folder, {
      'other/.env': `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/clientKey_${OTHER_KEY}.json\nALIBABA_CLOUD_KMS_PASSWORD=Canary9xZ\n`,
    });
    const { code, out } = seen(await run(folder, '--json'));
    assert.equal(code, 0);
    const all = lines(out).map((one) => Object(one));
    for (const one of all)
      assert.deepEqual(
        Object.keys(one).filter((name) => name !== 'keyId'),
        ['file', 'line', 'column', 'role', 'notation', 'group', 'confidence', 'edit', 'ticked'],
      );
    const env = all.filter(({ file }) => file === '.env');
    assert.deepEqual(
      env.map(({ line, column, role, confidence, keyId, edit, ticked }) => [
        line,
        column,
        role,
        confidence,
        keyId,
        edit,
        ticked,
      ]),
      [
        [3, 38, 'keyFile', 'confirmed', OLD_KEY, 'yes', true],
        [4, 28, 'password', 'confirmed', OLD_KEY, 'yes', true],
      ],
    );
    assert.equal(new Set(env.map(({ group }) => group)).size, 1);
    assert.ok(!out.includes(folder), 'paths are relative');
    assert.ok(out.includes(OTHER_KEY));
    const filtered = seen(await run(folder, '--json', '--key-id', OLD_KEY));
    assert.ok(!filtered.out.includes(OTHER_KEY));
    const people = seen(await run(folder));
    assert.match(people.out, /^\.env\n {2}3:38 +keyFile +confirmed +KAAP\.66abf237\S+ +\[x\]$/m);
    assert.match(people.out, /\d+ references in \d+ files; 8 would be patched/);
  });

  it('patches what is ticked, through links and with the mode kept, and says what is left', async () => {
    const { folder, credential, password } = await open();
    renameSync(join(folder, '.env'), join(folder, 'real.txt'));
    symlinkSync('real.txt', join(folder, '.env'));
    chmodSync(join(folder, 'secretsmanager.properties'), 0o640);
    const { code, out, err } = seen(
      spawn(folder, '--key-id', OLD_KEY, '--replace-with', credential, '--password-file', password, '--json'),
    );
    assert.equal(code, 0, err);
    assert.deepEqual(
      lines(out)
        .map((one) => Object(one))
        .map(({ file, edits, created }) => [file, edits, created]),
      [
        [`keys/clientKey_${NEW_KEY}.json`, 0, true],
        [`keys/clientKey_${NEW_KEY}_Password.txt`, 0, true],
        ['.env', 2, undefined],
        ['secretsmanager.properties', 2, undefined],
        ['src/main/java/com/example/shop/OrderKmsClient.java', 2, undefined],
      ],
    );
    assert.ok(lstatSync(join(folder, '.env')).isSymbolicLink());
    assert.ok(readFileSync(join(folder, 'real.txt'), 'utf8').includes(NEW_KEY));
    assert.equal(statSync(join(folder, 'secretsmanager.properties')).mode & 0o777, 0o640);
    assert.match(err, /still leads to KAAP\.66abf237\S+: docs\/runbook\.md:5:/);
    const again = seen(
      await run(folder, '--key-id', OLD_KEY, '--replace-with', credential, '--password-file', password),
    );
    assert.deepEqual([again.code, again.out], [1, '']);
  });

  it('patches all that can be edited, in the way that is asked for', async () => {
    const folder = temporaryFolder();
    const { old, fresh } = await privateKeys();
    writeFiles(folder, {
      'keys/client.json': credentialText(OLD_KEY, old),
      '.env': `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/client.json\nALIBABA_CLOUD_KMS_PASSWORD='${OLD_PASSWORD}'\n`,
      'new/n.json': credentialText(NEW_KEY, fresh),
      // A line feed at its end is not a part of it.
      'new/p.txt': `${NEW_PASSWORD}\n`,
    });
    const { code, out, err } = seen(
      await run(
        folder,
        '--replace-with',
        join(folder, 'new/n.json'),
        '--password-file',
        join(folder, 'new/p.txt'),
        '--all',
        '--strategy',
        'in-place',
      ),
    );
    assert.equal(code, 0, err);
    assert.match(out, /patched \(1\) +\.env\npatched \(1\) +keys\/client\.json/);
    assert.equal(readFileSync(join(folder, 'keys/client.json'), 'utf8'), credentialText(NEW_KEY, fresh));
    assert.ok(readFileSync(join(folder, '.env'), 'utf8').includes(`'${NEW_PASSWORD}'`));
    assert.match(err, /note: keys\/client\.json: key and password change in two files/);
  });

  it('never patches in a pair that does not open', async () => {
    const { folder, credential, password } = await open();
    const before = readFileSync(join(folder, '.env'), 'utf8');
    writeFileSync(password, 'Canary9xZ-wrong');
    const wrong = seen(await run(folder, '--replace-with', credential, '--password-file', password));
    assert.deepEqual([wrong.code, wrong.out], [2, '']);
    assert.match(wrong.err, /does not open with the password/);
    writeFileSync(credential, credentialText(NEW_KEY));
    const dummy = seen(await run(folder, '--replace-with', credential, '--password-file', password));
    assert.equal(dummy.code, 2);
    assert.equal(readFileSync(join(folder, '.env'), 'utf8'), before);
  });

  it('says what it does not understand, and that nothing was found', async () => {
    const empty = temporaryFolder();
    const none = seen(await run(empty, '--json'));
    assert.deepEqual([none.code, none.out], [1, '']);
    const absent = seen(await run(join(empty, 'absent')));
    assert.deepEqual([absent.code, absent.out], [2, '']);
    assert.match(absent.err, /ENOENT/);
    const unread = seen(
      await run(empty, '--replace-with', join(empty, 'n.json'), '--password-file', join(empty, 'p')),
    );
    assert.equal(unread.code, 2);
    assert.match(unread.err, /n\.json cannot be read/);
    const help = seen(spawn('--help'));
    assert.equal(help.code, 0);
    assert.match(help.out, /--replace-with/);
  });
});
