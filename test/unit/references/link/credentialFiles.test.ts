import assert from 'node:assert/strict';
import { credential } from '../../../../src/references/notations/credential';
import { credentialText, OLD_KEY, OLD_PASSWORD, OTHER_KEY, privateKeys } from '../demoWorkspace';
import { KEY, keyFile, link, lookUp, PASSWORD_FILE, password, passwordFile, show } from './workspace';

const CLIENT = 'keys/client.json';

/** The groups of credential files: key, ticked, references. */
async function credentialGroups(...order: Parameters<typeof link>) {
  const { result, folder } = await link(...order);
  return result.groups
    .filter(({ references }) => references.every(({ notation }) => notation === 'credential'))
    .map(({ keyId, ticked, references }) => [keyId, ticked, ...references.map((one) => show(folder, one))]);
}

describe('credential files', () => {
  it('are told by their content, whatever they are called, and go with the password file beside them', async () => {
    const content = credentialText(OTHER_KEY, (await privateKeys()).fresh);
    const groups = await credentialGroups(
      {},
      {
        files: {
          'deep/private_key_data_file.txt': ` ${content}\n`,
          [`deep/password_${OTHER_KEY}.json`]: '{ "ClientKeyPassword": "New1!xyz" }\n',
          'near.json': '{"KeyId":"KAAP.2bc4____","PrivateKeyData":"TUlJ"}',
        },
      },
    );
    assert.deepEqual(groups, [
      [OLD_KEY, false, `${KEY} credentialFile (kept)`, `${PASSWORD_FILE} credentialPasswordFile (kept)`],
      [OLD_KEY, false, `${CLIENT} credentialFile (kept)`],
      [
        OTHER_KEY,
        false,
        'deep/private_key_data_file.txt credentialFile (otherKey)',
        `deep/password_${OTHER_KEY}.json credentialPasswordFile (otherKey)`,
      ],
    ]);
  });

  it('go with the small file of their folder that opens them', async () => {
    const groups = await credentialGroups(
      {},
      {
        files: {
          'conf/key.json': credentialText(OTHER_KEY, (await privateKeys()).old),
          'conf/db-password': 'Db1!xyzabc',
          'conf/kms.pwd': `${OLD_PASSWORD}\n`,
          'conf/passwords.txt': 'one\ntwo\n',
        },
      },
    );
    assert.deepEqual(groups.at(-1)?.slice(2), [
      'conf/key.json credentialFile (otherKey)',
      'conf/kms.pwd credentialPasswordFile (otherKey)',
    ]);
  });

  it('go with the password file that their client names, and no other', async () => {
    const groups = await credentialGroups(
      { 'A.java': { clients: { one: [keyFile(CLIENT), passwordFile('conf/pw')] } } },
      { files: { 'conf/pw': OLD_PASSWORD } },
    );
    assert.deepEqual(groups[1]?.slice(2), [
      `${CLIENT} credentialFile (kept)`,
      'conf/pw credentialPasswordFile (kept)',
    ]);
  });

  it('are taken when all clients that read them keep their paths', async () => {
    const content = credentialText(OLD_KEY, (await privateKeys()).old);
    const files = { 'src/main/resources/client.json': content };
    const built = [keyFile('classpath:client.json'), password()];
    const taken = await credentialGroups({ 'A.java': { clients: { one: built, two: built } } }, { files });
    assert.deepEqual(taken.at(-1), [OLD_KEY, true, 'src/main/resources/client.json credentialFile']);
    const stuck = [keyFile('classpath:client.json'), lookUp('password', 'environment', 'ABSENT')];
    const kept = await credentialGroups({ 'A.java': { clients: { one: built, two: stuck } } }, { files });
    assert.deepEqual(kept.at(-1), [OLD_KEY, false, 'src/main/resources/client.json credentialFile (kept)']);
  });
});

describe('the credential notation', () => {
  for (const [title, text, role] of [
    ['a credential', credentialText(OLD_KEY), 'credentialFile'],
    ['a pretty one', `${JSON.stringify(JSON.parse(credentialText(OLD_KEY)), null, 2)}\n`, 'credentialFile'],
    ['a password', 'OldPw1!x&y', 'credentialPasswordFile'],
    ['a password with a line feed', 'OldPw1!x&y\r\n', 'credentialPasswordFile'],
    ['a password in JSON', '{"ClientKeyPassword":"OldPw1!x"}', 'credentialPasswordFile'],
    ['other JSON', '{"Password":"OldPw1!x"}', undefined],
    ['two lines', 'one\ntwo', undefined],
    ['nothing', ' \n', undefined],
    ['a long text', 'x'.repeat(300), undefined],
  ] as const)
    it(`knows ${title}`, async () => {
      const { clients, hidden } = await credential.find(text);
      assert.deepEqual(
        clients.flatMap(({ members }) => members),
        role === undefined ? [] : [{ role, start: 0, end: text.length, value: text }],
      );
      assert.deepEqual(hidden, [{ start: 0, end: text.length }], 'nothing of it is ever shown');
    });

  it('writes a whole file, and nothing that is not one', () => {
    const old = credentialText(OLD_KEY);
    assert.equal(credential.encode(credentialText(OTHER_KEY), old), credentialText(OTHER_KEY));
    assert.equal(credential.encode('New1!xyz\n', 'Old1!xyz\n'), 'New1!xyz\n');
    assert.equal(credential.encode('New1!xyz', old), undefined);
    assert.equal(credential.encode('two\nlines', 'Old1!xyz'), undefined);
  });
});
