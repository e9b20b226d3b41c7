import assert from 'node:assert/strict';
import { credentialText, OLD_KEY, OLD_PASSWORD, OTHER_KEY } from '../demoWorkspace';
import { clientGroups, env, KEY, keyFile, link, lookUp, password } from './workspace';

const READER = { client: [keyFile(KEY), lookUp('password', 'environment', 'KMS_PW')] };

describe('a value that is set in another file', () => {
  it('belongs to the group of the client that looks it up', async () => {
    const scan = await link({
      'src/A.java': { clients: READER },
      '.env': { notation: 'dotenv', settings: [env('KMS_PW', 'OldPw1!x&y'), env('OTHER', 'x')] },
    });
    assert.deepEqual(scan.of('src/A.java#client'), [
      'src/A.java keyFile',
      'src/A.java password (lookup)',
      '.env password',
    ]);
    assert.deepEqual(
      clientGroups(scan).map(({ ticked, editable, keyId, manualSteps }) => [
        ticked,
        editable,
        keyId,
        manualSteps,
      ]),
      [[true, true, OLD_KEY, []]],
    );
  });

  it('keeps the group from being patched where nothing sets it, and says what to set', async () => {
    const scan = await link({ 'A.java': { clients: READER } });
    assert.deepEqual(
      clientGroups(scan).map(({ ticked, editable, manualSteps }) => [ticked, editable, manualSteps]),
      [[false, false, [{ kind: 'environment', name: 'KMS_PW', role: 'password' }]]],
    );
  });

  it('is not taken from a template or a placeholder', async () => {
    const scan = await link({
      'A.java': { clients: READER },
      '.env.example': { notation: 'dotenv', settings: [env('KMS_PW', 'OldPw1!x&y')] },
      '.env': { notation: 'dotenv', settings: [env('KMS_PW', '<password>')] },
    });
    assert.equal(clientGroups(scan)[0]?.editable, false);
  });

  it('may be missing where a literal default stands beside the look-up', async () => {
    const client = { client: [keyFile(KEY), lookUp('password', 'settings', 'kms.pw'), password()] };
    const alone = await link({ 'A.java': { clients: client } });
    assert.deepEqual(alone.of('A.java#client'), [
      'A.java keyFile',
      'A.java password (lookup)',
      'A.java password',
    ]);
    assert.equal(clientGroups(alone)[0]?.ticked, true);
    const overruled = await link({
      'A.java': {
        clients: { client: [keyFile(KEY), lookUp('password', 'settings', 'kms.pw'), password('stale')] },
      },
      'a.properties': {
        notation: 'properties',
        settings: [{ in: 'settings', name: 'kms.pw', value: 'OldPw1!x&y' }],
      },
    });
    assert.deepEqual(overruled.of('A.java#client'), [
      'A.java keyFile',
      'A.java password (lookup)',
      'A.java password (ambiguous)',
      'a.properties password',
    ]);
    assert.equal(clientGroups(overruled)[0]?.ticked, true);
  });

  for (const [name, setting] of [
    ['kms.client-key-file', 'kms.clientKeyFile'],
    ['kms.clientKeyFile', 'kms.client_key_file'],
    ['Kms:ClientKeyFile', 'kms.clientKeyFile'],
  ])
    it(`is found under a name spelled freely: ${name} as ${setting}`, async () => {
      const scan = await link({
        'A.java': { clients: { client: [lookUp('keyFile', 'settings', name ?? ''), password()] } },
        'application.yml': {
          notation: 'yaml',
          settings: [{ in: 'settings', name: setting ?? '', value: KEY }],
        },
      });
      assert.deepEqual(scan.of('A.java#client'), [
        'A.java keyFile (lookup)',
        'A.java password',
        'application.yml keyFile',
      ]);
    });

  it('is set by the environment for a setting, and not by a setting for the environment', async () => {
    const client = (place: 'settings' | 'environment', name: string) => ({
      client: [keyFile(KEY), lookUp('password', place, name)],
    });
    const relaxed = await link({
      'A.java': { clients: client('settings', 'kms.client-pw') },
      '.env': { notation: 'dotenv', settings: [env('KMS_CLIENTPW', 'OldPw1!x&y')] },
    });
    assert.equal(clientGroups(relaxed)[0]?.ticked, true);
    const strict = await link({
      'A.java': { clients: client('environment', 'kms.pw') },
      'a.properties': {
        notation: 'properties',
        settings: [{ in: 'settings', name: 'kms.pw', value: 'OldPw1!x&y' }],
      },
    });
    assert.equal(clientGroups(strict)[0]?.editable, false);
  });

  it('is followed through a Kubernetes Secret with or without namespace, and through a chain of names', async () => {
    const chain = {
      'A.java': { clients: READER },
      'deploy.yaml': {
        notation: 'yaml',
        settings: [
          {
            in: 'environment',
            name: 'KMS_PW',
            obstacle: 'lookup',
            lookup: { in: 'secret', name: '/ck/password' },
          },
        ],
      },
      'secret.yaml': {
        notation: 'yaml',
        settings: [{ in: 'secret', name: 'shop/ck/password', value: 'OldPw1!x&y', form: 'base64' }],
      },
    } as const;
    const scan = await link(chain);
    assert.deepEqual(scan.of('A.java#client'), [
      'A.java keyFile',
      'A.java password (lookup)',
      'deploy.yaml password (lookup)',
      'secret.yaml password',
    ]);
    assert.equal(clientGroups(scan)[0]?.ticked, true);
    const { 'secret.yaml': _, ...cut } = chain;
    assert.deepEqual(clientGroups(await link(cut))[0]?.manualSteps, [
      { kind: 'kubernetesSecret', name: '/ck/password', role: 'password' },
    ]);
    const elsewhere = await link({
      ...chain,
      'deploy.yaml': {
        notation: 'yaml',
        settings: [
          {
            in: 'environment',
            name: 'KMS_PW',
            obstacle: 'lookup',
            lookup: { in: 'secret', name: 'bank/ck/password' },
          },
        ],
      },
    });
    assert.equal(clientGroups(elsewhere)[0]?.editable, false);
  });

  it('does not go round in circles, nor deeper than people write', async () => {
    const next = (name: string, to: string) =>
      ({ in: 'environment', name, obstacle: 'lookup', lookup: { in: 'environment', name: to } }) as const;
    const circle = await link({
      'A.java': { clients: READER },
      'a.env': { notation: 'dotenv', settings: [next('KMS_PW', 'B'), next('B', 'KMS_PW')] },
    });
    assert.equal(clientGroups(circle)[0]?.editable, false);
    const three = [next('KMS_PW', 'B'), next('B', 'C'), env('C', 'OldPw1!x&y')];
    const deep = await link({
      'A.java': { clients: READER },
      'a.env': { notation: 'dotenv', settings: three },
    });
    assert.equal(clientGroups(deep)[0]?.ticked, true);
    const four = [...three.slice(0, 2), next('C', 'D'), env('D', 'OldPw1!x&y')];
    const deeper = await link({
      'A.java': { clients: READER },
      'a.env': { notation: 'dotenv', settings: four },
    });
    assert.equal(clientGroups(deeper)[0]?.editable, false);
  });
});

describe('a setting that names a variable', () => {
  const client = { client: [keyFile(KEY), lookUp('passwordEnv', 'environment', 'pw.name', true)] };

  it('is followed to the variable that it names', async () => {
    const scan = await link({
      'a.properties': {
        notation: 'properties',
        clients: client,
        settings: [{ in: 'settings', name: 'pw.name', value: 'KMS_PW' }],
      },
      '.env': { notation: 'dotenv', settings: [env('KMS_PW', 'OldPw1!x&y')] },
    });
    assert.deepEqual(scan.of('a.properties#client'), [
      'a.properties keyFile',
      'a.properties passwordEnv (lookup)',
      'a.properties passwordEnv (lookup)',
      '.env password',
    ]);
    assert.equal(clientGroups(scan)[0]?.ticked, true);
  });

  it('is the variable itself for clients that look once', async () => {
    const scan = await link({
      'a.properties': {
        notation: 'properties',
        clients: { client: [keyFile(KEY), { role: 'passwordEnv', value: 'KMS_PW' }] },
      },
      '.env': { notation: 'dotenv', settings: [env('KMS_PW', 'OldPw1!x&y')] },
    });
    assert.deepEqual(scan.of('a.properties#client'), [
      'a.properties keyFile',
      'a.properties passwordEnv (lookup)',
      '.env password',
    ]);
    assert.equal(clientGroups(scan)[0]?.ticked, true);
  });

  it('may hold the path of a password file, as a property or as a variable', async () => {
    for (const setting of [
      env('PW_PATH', `${KEY.replace('.json', '_Password.txt')}`),
      { ...env('pw-path', `${KEY.replace('.json', '_Password.txt')}`), in: 'settings' } as const,
    ]) {
      const name = setting.name;
      const scan = await link({
        'a.properties': {
          notation: 'properties',
          clients: { client: [keyFile(KEY), lookUp('passwordFile', 'either', name)] },
        },
        'b.env': { notation: 'dotenv', settings: [setting] },
      });
      assert.deepEqual(scan.of('a.properties#client')?.at(-1), 'b.env passwordFile');
      assert.equal(clientGroups(scan)[0]?.ticked, true);
    }
  });
});

describe('several files that set the same names', () => {
  const both = {
    client: [lookUp('keyFile', 'environment', 'CK_FILE'), lookUp('password', 'environment', 'CK_PW')],
  };
  const pair = (key: string, pw = 'OldPw1!x&y') => ({
    notation: 'dotenv' as const,
    settings: [env('CK_FILE', key), env('CK_PW', pw)],
  });

  it('give a group each, and the look-ups are listed once, with the key that is looked for', async () => {
    const files = { 'keys/other.json': credentialText(OTHER_KEY) };
    const scan = await link(
      { '.env': pair('keys/other.json'), '.env.production': pair(KEY), 'A.java': { clients: both } },
      { files },
    );
    const groups = clientGroups(scan).map(({ keyId, ticked, references }) => [
      keyId,
      ticked,
      references.map(({ file }) => file.slice(scan.folder.length + 1)),
    ]);
    assert.deepEqual(groups, [
      [OTHER_KEY, false, ['.env', '.env']],
      [OLD_KEY, true, ['A.java', 'A.java', '.env.production', '.env.production']],
    ]);
  });

  it('name no password when two are as near', async () => {
    const scan = await link({
      'A.java': { clients: both },
      'deploy/a.env': { notation: 'dotenv', settings: [env('CK_FILE', `../${KEY}`)] },
      'one/b.env': { notation: 'dotenv', settings: [env('CK_PW', 'OldPw1!x&y')] },
      'two/c.env': { notation: 'dotenv', settings: [env('CK_PW', 'another1')] },
    });
    assert.deepEqual(scan.of('A.java#client'), [
      'A.java keyFile (lookup)',
      'A.java password (ambiguous)',
      'deploy/a.env keyFile',
    ]);
    assert.equal(clientGroups(scan)[0]?.editable, false);
  });

  it('complete each other where only one sets a name', async () => {
    const scan = await link({
      'A.java': { clients: both },
      'compose.yaml': { notation: 'yaml', settings: [env('CK_FILE', KEY)] },
      'deploy/b.env': { notation: 'dotenv', settings: [env('CK_PW', 'OldPw1!x&y')] },
    });
    assert.deepEqual(scan.of('A.java#client'), [
      'A.java keyFile (lookup)',
      'A.java password (lookup)',
      'compose.yaml keyFile',
      'deploy/b.env password',
    ]);
    assert.equal(clientGroups(scan)[0]?.ticked, true);
  });

  it('all change with a key that stands in the code, if they agree', async () => {
    const client = { clients: READER };
    const agreeing = { notation: 'dotenv', settings: [env('KMS_PW', 'OldPw1!x&y')] } as const;
    const agreed = await link({ 'A.java': client, 'a.env': agreeing, 'b/b.env': agreeing });
    assert.deepEqual(agreed.of('A.java#client')?.slice(2), ['a.env password', 'b/b.env password']);
    assert.equal(clientGroups(agreed)[0]?.ticked, true);
    const other = { notation: 'dotenv', settings: [env('KMS_PW', 'another1')] } as const;
    const disagreed = await link({ 'A.java': client, 'a.env': agreeing, 'b/b.env': other });
    assert.equal(clientGroups(disagreed)[0]?.editable, false);
  });

  it('belong to the module whose sources look them up', async () => {
    const client = (key: string) => ({
      clients: { client: [keyFile(key), lookUp('password', 'environment', 'KMS_PW')] },
    });
    const module = (pw: string) => ({ notation: 'dotenv' as const, settings: [env('KMS_PW', pw)] });
    const scan = await link(
      {
        'a/src/main/java/A.java': client(KEY),
        'a/.env': module('OldPw1!x&y'),
        'b/src/main/java/B.java': client('keys/other.json'),
        'b/.env': module('other123'),
      },
      { files: { 'keys/other.json': credentialText(OTHER_KEY) } },
    );
    assert.deepEqual(
      clientGroups(scan).map(({ keyId, ticked, references }) => [keyId, ticked, references.length]),
      [
        [OLD_KEY, true, 3],
        [OTHER_KEY, false, 3],
      ],
    );
  });
});

describe('clients of several files that share a value', () => {
  it('are one group, named by the one that reads both', async () => {
    const own = [
      { role: 'keyFile', name: 'CK_FILE', value: KEY },
      { role: 'password', name: 'CK_PW', value: 'OldPw1!x&y' },
    ] as const;
    const scan = await link({
      '.env': {
        notation: 'dotenv',
        guessed: true,
        context: 'weak',
        clients: { CK_FILE: own },
        settings: [env('CK_FILE', KEY), env('CK_PW', 'OldPw1!x&y')],
      },
      'A.java': {
        clients: {
          one: [lookUp('keyFile', 'environment', 'CK_FILE'), lookUp('password', 'environment', 'CK_PW')],
        },
      },
      'b/B.java': {
        clients: {
          two: [lookUp('keyFile', 'environment', 'CK_FILE'), lookUp('password', 'environment', 'CK_PW')],
        },
      },
    });
    assert.equal(clientGroups(scan).length, 1);
    assert.deepEqual(scan.of('A.java#one'), [
      'A.java keyFile (lookup)',
      'A.java password (lookup)',
      '.env keyFile',
      '.env password',
      'b/B.java keyFile (lookup)',
      'b/B.java password (lookup)',
    ]);
  });

  it('take the place of a guess that put something else beside the key', async () => {
    const scan = await link({
      'A.java': {
        clients: {
          one: [lookUp('keyFile', 'environment', 'CK_FILE'), lookUp('password', 'environment', 'CK_SECRET')],
        },
      },
      '.env': {
        notation: 'dotenv',
        guessed: true,
        context: 'weak',
        clients: {
          CK_FILE: [
            { role: 'keyFile', name: 'CK_FILE', value: KEY },
            { role: 'password', name: 'CK_DB_PASSWORD', value: 'Db1!xyzabc' },
          ],
        },
        settings: [env('CK_FILE', KEY), env('CK_DB_PASSWORD', 'Db1!xyzabc'), env('CK_SECRET', 'OldPw1!x&y')],
      },
    });
    assert.deepEqual(
      clientGroups(scan).map(({ ticked, references }) => [ticked, references.length]),
      [[true, 4]],
    );
  });

  it("of different keys stay apart and cannot change, for the password is both's", async () => {
    const client = (key: string) => ({
      clients: { client: [keyFile(key), lookUp('password', 'environment', 'KMS_PW')] },
    });
    const scan = await link(
      {
        'A.java': client(KEY),
        'B.java': client('keys/other.json'),
        '.env': { notation: 'dotenv', settings: [env('KMS_PW', 'OldPw1!x&y')] },
      },
      { files: { 'keys/other.json': credentialText(OTHER_KEY) } },
    );
    assert.deepEqual(
      clientGroups(scan).map(({ keyId, confidence, editable, references }) => [
        keyId,
        confidence,
        editable,
        references.map(({ notEditable }) => notEditable),
      ]),
      [
        [OLD_KEY, 'confirmed', false, [undefined, 'lookup', 'ambiguous']],
        [OTHER_KEY, 'possible', false, ['otherKey', 'otherKey', 'otherKey']],
      ],
    );
  });
});

describe('a password under a name that anything may have', () => {
  const settings = (password: string) => ({
    notation: 'properties' as const,
    settings: [{ in: 'settings' as const, name: 'password', value: password }],
  });
  const READS_PASSWORD = { client: [keyFile(KEY), lookUp('password', 'settings', 'password')] };

  it('is not looked for where only something else can be meant', async () => {
    const scan = await link({
      'A.java': { clients: READS_PASSWORD },
      'db.properties': settings('Sup3rS3cret'),
    });
    assert.deepEqual(scan.of('A.java#client'), ['A.java keyFile', 'A.java password (lookup)']);
    const [group] = clientGroups(scan);
    assert.deepEqual(
      [group?.ticked, group?.editable, group?.manualSteps],
      [false, false, [{ kind: 'setting', name: 'password', role: 'password' }]],
    );
  });

  it('is the same in the environment', async () => {
    const scan = await link({
      'a.py': { clients: { client: [keyFile(KEY), lookUp('password', 'environment', 'APP_PASSWORD')] } },
      '.env': { notation: 'dotenv', settings: [env('APP_PASSWORD', 'Sup3rS3cret')] },
    });
    assert.deepEqual(scan.of('a.py#client'), ['a.py keyFile', 'a.py password (lookup)']);
  });

  it('counts where the key of the same client is set in the same file', async () => {
    const scan = await link({
      'A.java': {
        clients: {
          client: [lookUp('keyFile', 'settings', 'key'), lookUp('password', 'settings', 'password')],
        },
      },
      'db.properties': settings('Sup3rS3cret'),
      'app.properties': {
        notation: 'properties',
        settings: [
          { in: 'settings', name: 'key', value: KEY },
          { in: 'settings', name: 'password', value: OLD_PASSWORD },
        ],
      },
    });
    assert.deepEqual(scan.of('A.java#client'), [
      'A.java keyFile (lookup)',
      'A.java password (lookup)',
      'app.properties keyFile',
      'app.properties password',
    ]);
  });

  it('counts in a file that is called after KMS', async () => {
    const scan = await link({
      'A.java': { clients: READS_PASSWORD },
      'conf/kms.properties': settings(OLD_PASSWORD),
    });
    assert.deepEqual(scan.of('A.java#client'), [
      'A.java keyFile',
      'A.java password (lookup)',
      'conf/kms.properties password',
    ]);
  });
});
