import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ScanResult } from '../../../src/model/reference';
import { Secret } from '../../../src/model/secret';
import { planPatch } from '../../../src/references/plan/plan';
import { scanWorkspace } from '../../../src/references/scan/scan';
import { copyDemo, NEW_KEY, NEW_PASSWORD, notations, OLD_KEY } from './demoWorkspace';

/** Documents and the credential files themselves are listed besides. */
const ticked = (result: ScanResult) => result.groups.filter((group) => group.ticked);

describe('the demo workspace', function () {
  this.timeout(30_000);

  it('has exactly three confirmed and ticked groups of the old key', async () => {
    const folder = await copyDemo();
    const { result } = await scanWorkspace({ folders: [folder], keyId: OLD_KEY, exclude: [] }, notations);
    assert.deepEqual(
      ticked(result).map((group) => ({
        file: relative(folder, group.references[0]?.file ?? ''),
        roles: group.references.map((reference) => reference.role),
        state: [group.confidence, group.ticked, group.keyId],
      })),
      [
        { file: '.env', roles: ['keyFile', 'password'], state: ['confirmed', true, OLD_KEY] },
        {
          file: 'secretsmanager.properties',
          roles: ['keyFile', 'passwordFile'],
          state: ['confirmed', true, OLD_KEY],
        },
        {
          file: join('src', 'main', 'java', 'com', 'example', 'shop', 'OrderKmsClient.java'),
          roles: ['keyFile', 'password'],
          state: ['confirmed', true, OLD_KEY],
        },
      ],
    );
  });

  it('leads to the new key in all three after the patch, and to the old one nowhere', async () => {
    const folder = await copyDemo();
    const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
    const { result } = await scanWorkspace(order, notations);
    const replacement = {
      keyId: NEW_KEY,
      password: new Secret(NEW_PASSWORD),
      credentialFile: join(folder, 'keys', `clientKey_${NEW_KEY}.json`),
      passwordFile: join(folder, 'keys', `clientKey_${NEW_KEY}_Password.txt`),
    };
    const plan = await planPatch(
      { ...order, groupIds: ticked(result).map((group) => group.id), replacement },
      notations,
      { isCommitted: async (file) => file.endsWith('.java') },
    );
    assert.deepEqual(
      plan.warnings.map(({ kind, file }) => [kind, relative(folder, file).split(/[\\/]/).pop()]),
      [['commitsPassword', 'OrderKmsClient.java']],
    );
    for (const { file, content } of plan.files) writeFileSync(file, content);
    const after = await scanWorkspace({ ...order, keyId: NEW_KEY }, notations);
    assert.deepEqual(
      ticked(after.result).map((group) => [group.keyId, group.ticked]),
      [
        [NEW_KEY, true],
        [NEW_KEY, true],
        [NEW_KEY, true],
      ],
    );
  });
});
