import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { resolvePath } from '../../../../src/references/link/resolvePath';
import { credentialText, OLD_KEY, OTHER_KEY, temporaryFolder, writeFiles } from '../demoWorkspace';
import { clientGroups, KEY, keyFile, link, PASSWORD_FILE, passwordFile } from './workspace';

const TEXT = credentialText(OLD_KEY);

describe('the file that a path means', () => {
  const files = {
    'shop/conf/old.json': TEXT,
    'shop/old2.json': TEXT,
    'top.json': TEXT,
    'shop/src/main/resources/certs/built.json': TEXT,
    'shop/src/test/resources/test.json': TEXT,
    'shop/target/classes/alone.json': TEXT,
    'src/main/resources/root.json': TEXT,
  };
  for (const [value, expected] of [
    ['old.json', 'shop/conf/old.json'],
    ['./old.json', 'shop/conf/old.json'],
    ['.\\old.json', 'shop/conf/old.json'],
    ['..\\old2.json', 'shop/old2.json'],
    ['old2.json', 'shop/old2.json'],
    ['conf/old.json', 'shop/conf/old.json'],
    ['top.json', 'top.json'],
    ['../../top.json', 'top.json'],
    ['certs/built.json', 'shop/src/main/resources/certs/built.json'],
    ['classpath:certs/built.json', 'shop/src/main/resources/certs/built.json'],
    ['classpath:/root.json', 'src/main/resources/root.json'],
    ['target/classes/certs/built.json', 'shop/src/main/resources/certs/built.json'],
    ['shop/target/classes/certs/built.json', 'shop/src/main/resources/certs/built.json'],
    ['./build/resources/main/certs/built.json', 'shop/src/main/resources/certs/built.json'],
    ['target/test-classes/test.json', 'shop/src/test/resources/test.json'],
    // Nothing is known of where it is made from.
    ['target/classes/alone.json', 'shop/target/classes/alone.json'],
    [`\${workspaceFolder}/top.json`, 'top.json'],
    [`\${workspaceFolder}/conf/old.json`, undefined],
    ['absent.json', undefined],
    ['', undefined],
    ['old.json\0', undefined],
  ] as const)
    it(`${JSON.stringify(value)} leads to ${expected ?? 'nothing'}`, () => {
      const folder = temporaryFolder();
      writeFiles(folder, files);
      const resolved = resolvePath(value, join(folder, 'shop', 'conf', 'app.properties'), folder);
      assert.equal(resolved?.target, expected && join(folder, expected));
    });

  it('counts from the folder that the code says, and from no other', () => {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    const from = (value: string, base: string) =>
      resolvePath(value, join(folder, 'shop', 'conf', 'app.php'), folder, { base })?.target;
    assert.equal(from('/old.json', '.'), join(folder, 'shop/conf/old.json'));
    assert.equal(from('/old2.json', '..'), join(folder, 'shop/old2.json'));
    assert.equal(from('/top.json', '.'), undefined);
    assert.equal(from('/../../../outside.json', '.'), undefined);
  });

  it('may be in the home folder, and is never one of a network share', () => {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    const file = join(folder, 'a.properties');
    const way = join(folder, 'top.json').slice(1);
    const up = homedir()
      .split('/')
      .filter((part) => part !== '')
      .map(() => '..')
      .join('/');
    assert.equal(resolvePath(`~/${up}/${way}`, file, folder)?.target, join(folder, 'top.json'));
    assert.equal(resolvePath(`/${join(folder, 'top.json')}`, file, folder), undefined);
  });

  it('of an absolute path into a build output is its source', () => {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    const path = join(folder, 'shop', 'target', 'classes', 'certs', 'built.json');
    assert.deepEqual(resolvePath(path, join(folder, 'a.properties'), folder)?.isBuilt, true);
  });
});

describe('a path that another file sets', () => {
  it('counts from that file, or else from the one that reads it', async () => {
    const lookup = {
      role: 'keyFile',
      obstacle: 'lookup',
      lookup: { in: 'environment', name: 'CK' },
    } as const;
    const scan = await link(
      {
        'shop/src/A.java': { clients: { client: [lookup, passwordFile('pw.txt')] } },
        'deploy/.env': {
          notation: 'dotenv',
          settings: [{ in: 'environment', name: 'CK', value: 'certs/old.json' }],
        },
      },
      { files: { 'shop/certs/old.json': TEXT, 'shop/pw.txt': 'x' } },
    );
    assert.deepEqual(
      clientGroups(scan)[0]?.references.map(({ target }) => target?.slice(scan.folder.length + 1)),
      [undefined, 'shop/pw.txt', 'shop/certs/old.json'],
    );
  });
});

describe('a path of a container', () => {
  const client = (value: string) => ({ clients: { client: [keyFile(value), passwordFile('keys/pw.txt')] } });
  const files = { 'keys/pw.txt': 'OldPw1!x&y' };

  for (const [title, mount, value] of [
    ['a file', [KEY, `/app/clientKey_${OLD_KEY}.json`], `/app/clientKey_${OLD_KEY}.json`],
    ['a file into a folder', [KEY, '/app/'], `/app/clientKey_${OLD_KEY}.json`],
    ['a folder', ['./keys', '/run/keys'], `/run/keys/clientKey_${OLD_KEY}.json`],
    ['a file under another name', [`./${KEY}`, '/run/old.json'], '/run/old.json'],
    ['a file into the working folder', [KEY, './'], `/srv/app/clientKey_${OLD_KEY}.json`],
  ] as const)
    it(`leads to what is mounted there: ${title}`, async () => {
      const scan = await link(
        { 'A.java': client(value), Dockerfile: { notation: 'dockerfile', mounts: [mount] } },
        { files },
      );
      const [group] = clientGroups(scan);
      assert.equal(group?.confidence, 'confirmed');
      assert.equal(group?.references[0]?.target, join(scan.folder, KEY));
      assert.equal(group?.ticked, true);
    });

  it('leads nowhere where two mounts say different things', async () => {
    const scan = await link(
      {
        'A.java': client('/run/key.json'),
        'one.yaml': { notation: 'yaml', mounts: [[KEY, '/run/key.json']] },
        'two.yaml': { notation: 'yaml', mounts: [['keys/client.json', '/run/key.json']] },
      },
      { files },
    );
    assert.equal(clientGroups(scan)[0]?.references[0]?.target, undefined);
  });
});

describe('a mount of a credential', () => {
  it('belongs to the client that reaches the file through it, both ends if they are named alike', async () => {
    const name = `clientKey_${OLD_KEY}.json`;
    const scan = await link({
      'A.java': { clients: { client: [keyFile(`/run/${name}`), { role: 'password', value: 'OldPw1!x&y' }] } },
      'compose.yaml': { notation: 'yaml', mounts: [[`./${KEY}`, `/run/${name}`]] },
    });
    assert.deepEqual(scan.of('A.java#client'), [
      'A.java keyFile',
      'A.java password',
      'compose.yaml keyFile',
      'compose.yaml keyFile',
    ]);
    const renamed = await link({
      'A.java': {
        clients: { client: [keyFile('/run/key.json'), { role: 'password', value: 'OldPw1!x&y' }] },
      },
      'compose.yaml': { notation: 'yaml', mounts: [[`./${KEY}`, '/run/key.json']] },
    });
    assert.deepEqual(renamed.of('A.java#client'), [
      'A.java keyFile',
      'A.java password',
      'compose.yaml keyFile',
    ]);
  });

  it('belongs to the client that uses the same file', async () => {
    const scan = await link({
      'A.java': { clients: { client: [keyFile(KEY), { role: 'password', value: 'OldPw1!x&y' }] } },
      Dockerfile: { notation: 'dockerfile', mounts: [[KEY, '/app/']] },
    });
    assert.deepEqual(scan.of('A.java#client'), ['A.java keyFile', 'A.java password', 'Dockerfile keyFile']);
  });

  it('alone is a path that changes without a password, and nothing else is one', async () => {
    const scan = await link({
      Dockerfile: {
        notation: 'dockerfile',
        mounts: [
          [KEY, '/app/'],
          ['keys/absent.json', '/app/'],
        ],
      },
    });
    assert.deepEqual(
      clientGroups(scan).map(({ ticked, confidence, strategies, references }) => [
        ticked,
        confidence,
        strategies,
        references.length,
      ]),
      [[true, 'confirmed', ['beside'], 1]],
    );
  });

  it('alone goes with the mount of its password file, apart from those of other keys', async () => {
    const scan = await link(
      {
        Dockerfile: {
          notation: 'dockerfile',
          mounts: [
            [KEY, '/app/'],
            [PASSWORD_FILE, '/app/'],
            ['keys/other.json', '/app/'],
            ['keys/README', '/app/'],
          ],
        },
      },
      { files: { 'keys/other.json': credentialText(OTHER_KEY), 'keys/README': 'keys' } },
    );
    assert.deepEqual(
      clientGroups(scan).map(({ id, ticked, references }) => [
        id.slice(id.indexOf('#')),
        ticked,
        references.map(({ role }) => role),
      ]),
      [
        ['#mount /keys/ /app/', true, ['keyFile', 'passwordFile']],
        ['#mount /keys/ /app/~2', false, ['keyFile']],
      ],
    );
  });
});
