import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markdown } from '../../../../src/references/notations/markdown/markdown';
import { assertProperty, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

/** Names that a sentence or a command can hold without quotes. */
const bare = path.map((value) => value.replace(/[\s(),=~]/g, '-'));

const values = fc.record({
  oldPath: path,
  newPath: path,
  newBare: bare,
  oldPassword: password,
  newPassword: password,
  id: fc.uuid(),
  newId: fc.uuid(),
  layout,
});

describe('property markdown', function () {
  this.timeout(120_000 * Math.max(1, RUNS / 1000));

  it('only the values change, and all of them', async () => {
    await assertProperty('markdown', values, async (one) => {
      const text = (file: string, secret: string, folder: string, id: string) =>
        laidOut(
          [
            `# ${one.layout.comment}`,
            '',
            `The file \`${folder}/clientKey_KAAP.${id}.json\`, **${folder}/clientKey_KAAP.${id}_Password.txt**.`,
            '',
            '~~~json',
            `{"clientKeyFile": ${JSON.stringify(file)}, "password": ${JSON.stringify(secret)}}`,
            '~~~',
            '',
            '    client_key_private_key_path=keys/x.json',
            `    client_key_password=${secret}`,
          ],
          one.layout,
        );
      const before = text(one.oldPath, one.oldPassword, 'keys', one.id);
      const folder = one.newBare.replace('.json', '');
      const wanted = {
        keyFile: ({ value = '' }) =>
          value === one.oldPath
            ? one.newPath
            : value.includes('KAAP.')
              ? `${folder}/clientKey_KAAP.${one.newId}.json`
              : undefined,
        passwordFile: `${folder}/clientKey_KAAP.${one.newId}_Password.txt`,
        password: one.newPassword,
      };
      const { after } = await patchInMemory(markdown, before, wanted, { count: 5, bom: one.layout.bom });
      assert.equal(after, text(one.newPath, one.newPassword, folder, one.newId));
    });
  });
});
