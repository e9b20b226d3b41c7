import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Secret } from '../../../src/model/secret';
import { planPatch } from '../../../src/references/plan/plan';
import { scanWorkspace } from '../../../src/references/scan/scan';
import {
  credentialText,
  NEW_KEY,
  notations,
  OLD_KEY,
  OTHER_KEY,
  temporaryFolder,
  writeFiles,
} from './demoWorkspace';

const SERVER = 'client_key_private_key_path=/etc/kms-absent/client.json\nclient_key_password=OldPw1!x&y\n';

async function scan(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
  const { result } = await scanWorkspace(order, notations);
  return { folder, order, groups: result.groups };
}

describe('the confidence of a group', () => {
  it('is probable for a path on a server while no other key is in sight', async () => {
    const alone = await scan({ 'a.properties': SERVER });
    assert.deepEqual(
      alone.groups.map(({ confidence, ticked, editable }) => [confidence, ticked, editable]),
      [['probable', false, true]],
    );
    const beside = await scan({ 'a.properties': SERVER, 'k.json': credentialText(OLD_KEY) });
    assert.equal(beside.groups[0]?.confidence, 'probable');
  });

  it('is possible once it could mean another key', async () => {
    const other = await scan({ 'a.properties': SERVER, 'k.json': credentialText(OTHER_KEY) });
    assert.equal(other.groups[0]?.confidence, 'possible');
    const two = await scan({
      'a.properties': SERVER,
      'b.properties': SERVER.replace('client.json', 'x.json'),
    });
    assert.deepEqual(
      two.groups.map(({ confidence }) => confidence),
      ['possible', 'possible'],
    );
  });

  it('is confirmed by the id in the name of a file that is elsewhere, and the patch asks to deliver', async () => {
    const { folder, order, groups } = await scan({
      'a.properties': SERVER.replace('client.json', `clientKey_${OLD_KEY}.json`),
    });
    assert.deepEqual(
      groups.map(({ confidence, ticked, editable, doubt, keyId }) => [
        confidence,
        ticked,
        editable,
        doubt,
        keyId,
      ]),
      [['confirmed', true, true, undefined, OLD_KEY]],
    );
    const plan = await planPatch(
      {
        ...order,
        groupIds: groups.map(({ id }) => id),
        replacement: {
          keyId: NEW_KEY,
          password: new Secret('New1!xyz'),
          credentialFile: join(folder, `clientKey_${NEW_KEY}.json`),
          passwordFile: join(folder, 'x.txt'),
        },
      },
      notations,
      { isCommitted: async () => false },
    );
    assert.deepEqual(plan.warnings, [{ kind: 'deliverFiles', file: join(folder, 'a.properties') }]);
    assert.equal(
      Buffer.from(plan.files[0]?.content ?? []).toString(),
      `client_key_private_key_path=/etc/kms-absent/clientKey_${NEW_KEY}.json\nclient_key_password=New1!xyz\n`,
    );
  });

  it('refuses a group whose new file cannot be put beside the old one, and patches the others', async () => {
    const pair = 'client_key_private_key_path=client.json\nclient_key_password=OldPw1!x&y\n';
    const { folder, order, groups } = await scan({
      'a/client.json': credentialText(OLD_KEY),
      [`a/clientKey_${NEW_KEY}.json`]: '{}',
      'a/a.properties': pair,
      'b/client.json': credentialText(OLD_KEY),
      'b/b.env': pair,
      [`keys/clientKey_${NEW_KEY}.json`]: credentialText(NEW_KEY),
      'keys/x.txt': 'New1!xyz',
    });
    const clients = groups.filter(({ references }) => references[0]?.notation !== 'credential');
    const plan = await planPatch(
      {
        ...order,
        groupIds: clients.map(({ id }) => id),
        replacement: {
          keyId: NEW_KEY,
          password: new Secret('New1!xyz'),
          credentialFile: join(folder, 'keys', `clientKey_${NEW_KEY}.json`),
          passwordFile: join(folder, 'keys', 'x.txt'),
        },
      },
      notations,
      { isCommitted: async () => false },
    );
    assert.deepEqual(
      plan.refused.map(({ groupId }) => groupId),
      [join(folder, 'a', 'a.properties#document')],
    );
    assert.deepEqual(
      plan.files.map(({ file }) => file),
      [join(folder, 'b', 'b.env')],
    );
  });
});
