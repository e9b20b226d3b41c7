import assert from 'node:assert/strict';
import { credentialText, OLD_KEY, OLD_PASSWORD, OTHER_KEY, privateKeys } from '../demoWorkspace';
import { clientGroups, KEY, keyFile, link, lookUp, PASSWORD_FILE, password, passwordFile } from './workspace';

/** Ticked, editable, doubt, strategies. */
type State = readonly [boolean, boolean, string | undefined, readonly string[]];

async function states(...order: Parameters<typeof link>): Promise<readonly State[]> {
  return clientGroups(await link(...order)).map(({ ticked, editable, doubt, strategies }) => [
    ticked,
    editable,
    doubt,
    strategies,
  ]);
}

const STABLE = 'keys/client.json';

describe('how a group can be patched', () => {
  it('is beside alone where a file is named after its key', async () => {
    assert.deepEqual(await states({ 'A.java': { clients: { one: [keyFile(KEY), password()] } } }), [
      [true, true, undefined, ['beside']],
    ]);
    const half = await states({
      'A.java': { clients: { one: [keyFile(STABLE), passwordFile(PASSWORD_FILE)] } },
    });
    assert.deepEqual(half, [[true, true, undefined, ['beside']]]);
  });

  it('is beside, or in place, where the names are stable', async () => {
    assert.deepEqual(await states({ 'A.java': { clients: { one: [keyFile(STABLE), password()] } } }), [
      [true, true, undefined, ['beside', 'inPlace']],
    ]);
  });

  it('is in place first for what is built into the program', async () => {
    const content = credentialText(OLD_KEY, (await privateKeys()).old);
    for (const path of ['client.json', 'target/classes/client.json', 'classpath:client.json'])
      assert.deepEqual(
        await states(
          { 'A.java': { clients: { one: [keyFile(path), password()] } } },
          { files: { 'src/main/resources/client.json': content } },
        ),
        [[true, true, undefined, ['inPlace', 'beside']]],
        path,
      );
  });

  it('needs no strategy where no file is named', async () => {
    const content = credentialText(OLD_KEY, (await privateKeys()).old);
    assert.deepEqual(
      await states({ 'A.java': { clients: { one: [{ role: 'keyContent', value: content }, password()] } } }),
      [[true, true, undefined, []]],
    );
  });

  it('is in place alone where the path leads to a file and cannot be edited', async () => {
    const path = { role: 'keyFile', value: STABLE, obstacle: 'template' } as const;
    assert.deepEqual(await states({ 'A.java': { clients: { one: [path, password()] } } }), [
      [true, true, undefined, ['inPlace']],
    ]);
    const named = { ...path, value: KEY };
    assert.deepEqual(await states({ 'A.java': { clients: { one: [named, password()] } } }), [
      [false, false, undefined, []],
    ]);
    const unclear = { ...path, obstacle: 'ambiguous' } as const;
    assert.deepEqual(await states({ 'A.java': { clients: { one: [unclear, password()] } } }), [
      [false, false, undefined, []],
    ]);
  });

  it('is not in place for a path that leads nowhere here', async () => {
    assert.deepEqual(
      await states({
        'A.java': { clients: { one: [keyFile(`/absent/clientKey_${OLD_KEY}.json`), password()] } },
      }),
      [[true, true, undefined, ['beside']]],
    );
  });

  it('is not in place for a password file that another key is read with', async () => {
    const files = { 'keys/pw.txt': OLD_PASSWORD, 'keys/other.json': credentialText(OTHER_KEY) };
    const both = {
      'A.java': {
        clients: {
          one: [keyFile(STABLE), passwordFile('keys/pw.txt')],
          two: [keyFile('keys/other.json'), passwordFile('keys/pw.txt')],
        },
      },
    };
    assert.deepEqual((await states(both, { files }))[0], [true, true, undefined, ['beside']]);
    const alone = { 'A.java': { clients: { one: [keyFile(STABLE), passwordFile('keys/pw.txt')] } } };
    assert.deepEqual((await states(alone, { files }))[0], [true, true, undefined, ['beside', 'inPlace']]);
  });

  it('would break another client of the same file that cannot change with it', async () => {
    const fixed = { role: 'keyFile', value: STABLE, obstacle: 'template' } as const;
    const stuck = [keyFile(STABLE), lookUp('password', 'environment', 'ABSENT')];
    const scan = {
      'A.java': { clients: { one: [fixed, password()], two: stuck, three: [keyFile(STABLE), password()] } },
    };
    assert.deepEqual(await states(scan), [
      [false, true, 'shared', ['inPlace']],
      [false, false, undefined, []],
      [true, true, undefined, ['beside']],
    ]);
  });
});

describe('what speaks against a group', () => {
  it('is documentation, which needs no password', async () => {
    assert.deepEqual(
      await states({
        'README.md': { notation: 'markdown', documentation: true, clients: { one: [keyFile(KEY)] } },
      }),
      [[false, true, 'documentation', ['beside']]],
    );
  });

  it('is a password that does not open the credential, not one that cannot be tried', async () => {
    const [stale] = await states({ 'A.java': { clients: { one: [keyFile(KEY), password('stalePw1')] } } });
    assert.deepEqual(stale, [false, true, 'notOpened', ['beside']]);
    const [sample] = await states(
      { 'A.java': { clients: { one: [keyFile('keys/sample.json'), password('stalePw1')] } } },
      { files: { 'keys/sample.json': credentialText(OLD_KEY) } },
    );
    assert.deepEqual(sample, [true, true, undefined, ['beside', 'inPlace']]);
  });
});

describe('a client with both content and file', () => {
  const both = (contentKey: string, fileKey: string) => [
    { role: 'keyContent', value: credentialText(contentKey) } as const,
    keyFile(fileKey),
    password(),
  ];

  it('is judged by its content, for that is what the SDKs take', async () => {
    const files = { 'keys/other.json': credentialText(OTHER_KEY) };
    const scan = await link({ 'A.java': { clients: { one: both(OLD_KEY, 'keys/other.json') } } }, { files });
    assert.deepEqual(scan.of('A.java#one'), [
      'A.java keyContent',
      'A.java keyFile (otherKey)',
      'A.java password',
    ]);
    assert.equal(clientGroups(scan)[0]?.ticked, true);
    const other = await link({ 'A.java': { clients: { one: both(OTHER_KEY, KEY) } } });
    assert.equal(clientGroups(other)[0]?.ticked, false);
    assert.equal(clientGroups(other)[0]?.keyId, OTHER_KEY);
  });
});

describe('a list without a key to look for', () => {
  it('judges each client by its own key', async () => {
    const files = { 'keys/other.json': credentialText(OTHER_KEY) };
    const scan = await link(
      {
        'A.java': {
          clients: { one: [keyFile(KEY), password()], two: [keyFile('keys/other.json'), password()] },
        },
      },
      { files, keyId: undefined },
    );
    assert.deepEqual(
      clientGroups(scan).map(({ keyId, confidence }) => [keyId, confidence]),
      [
        [OLD_KEY, 'confirmed'],
        [OTHER_KEY, 'confirmed'],
      ],
    );
  });
});

describe('a weak name', () => {
  const weak = (member: Parameters<typeof keyFile>[0], name?: string) =>
    states({
      'A.java': {
        context: 'weak',
        notation: name === undefined ? 'java' : 'yaml',
        clients: { one: [{ ...keyFile(member), ...(name === undefined ? {} : { name }) }, password()] },
      },
    });

  it('is listed when its value leads to a client key', async () => {
    assert.equal((await weak(STABLE, 'whatever')).length, 1);
  });

  it('is listed as possible when it is one of KMS, and the value speaks of nothing else', async () => {
    assert.equal((await weak('absent.json')).length, 1);
    assert.equal((await weak('absent.json', 'kms.clientKeyFilePath')).length, 1);
    assert.equal((await weak('absent.json', 'temporal.clientKeyFile')).length, 0);
    assert.equal((await weak('absent.json', 'brokerClientKeyFilePath')).length, 0);
    assert.equal((await weak('client-key.pem')).length, 0);
    assert.equal((await weak('/etc/tls/client.key')).length, 0);
  });

  it('is not listed when the file is here and is no credential', async () => {
    const told = {
      'A.java': { context: 'weak', clients: { one: [keyFile('x.json'), password()] } },
    } as const;
    assert.equal((await states(told, { files: { 'x.json': '{}' } })).length, 0);
  });
});
