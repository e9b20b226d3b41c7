import assert from 'node:assert/strict';
import fc from 'fast-check';
import { json } from '../../../../src/references/notations/json/json';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

const values = fc.record({
  oldPath: path,
  newPath: path,
  oldPassword: password,
  newPassword: password,
  oldContent: keyContent,
  newContent: keyContent,
  layout,
});

const literal = (value: unknown) => JSON.stringify(value);

/** Takes out comments that have lines of their own and commas before a bracket, as the texts here have them. */
function parseWithComments(text: string): unknown {
  const plain = text.split(/\r?\n/).filter((line) => !/^\s*(?:\/\/|\/\*)/.test(line));
  return JSON.parse(plain.join('\n').replace(/,(\s*[}\]])/g, '$1'));
}

describe('property json', function () {
  this.timeout(120_000 * Math.max(1, RUNS / 1000));

  it('JSON.parse reads the new path and password, beside what is not theirs', async () => {
    await assertProperty('json', values, async (one) => {
      const text = laidOut(
        [
          '{',
          `  "title": ${literal(one.layout.comment)},`,
          `  "kms": { "clientKeyFile" : ${literal(one.oldPath)}, "password":${literal(one.oldPassword)},`,
          '    "endpoint": "kst-1.cryptoservice.kms.aliyuncs.com" },',
          `  "redis": { "clientKeyFile": "redis.json", "password": ${literal(one.oldPassword)} }`,
          '}',
        ],
        one.layout,
      );
      const wanted = { keyFile: one.newPath, password: one.newPassword };
      const { after } = await patchInMemory(json, text, wanted, { count: 2, bom: one.layout.bom });
      assert.deepEqual(JSON.parse(after), {
        title: one.layout.comment,
        kms: {
          clientKeyFile: one.newPath,
          password: one.newPassword,
          endpoint: 'kst-1.cryptoservice.kms.aliyuncs.com',
        },
        redis: { clientKeyFile: 'redis.json', password: one.oldPassword },
      });
    });
  });

  it('key content is a string or an object, as it was', async () => {
    await assertProperty('json', values, async (one) => {
      const pretty = JSON.stringify(
        { app: { ClientKeyContent: JSON.parse(one.oldContent), ClientKeyPassword: one.oldPassword } },
        undefined,
        4,
      );
      const text = laidOut(
        [
          '[',
          `{"clientKeyContent":${literal(one.oldContent)},"clientKeyPassword":${literal(one.oldPassword)}},`,
          pretty,
          ']',
        ],
        one.layout,
      );
      const wanted = { keyContent: one.newContent, password: one.newPassword };
      const { after } = await patchInMemory(json, text, wanted, { count: 4 });
      assert.deepEqual(JSON.parse(after), [
        { clientKeyContent: one.newContent, clientKeyPassword: one.newPassword },
        { app: { ClientKeyContent: JSON.parse(one.newContent), ClientKeyPassword: one.newPassword } },
      ]);
    });
  });

  it('JSON inside a string of JSON keeps both layers; comments stay', async () => {
    await assertProperty('json', values, async (one) => {
      const list = (file: string, secret: string, content: string) => [
        { clientKeyFile: file, passwordFromFilePath: `${file}.txt`, regionId: 'cn-hangzhou' },
        { nested: JSON.stringify({ clientKeyContent: content, clientKeyPassword: secret }) },
      ];
      const text = laidOut(
        [
          `// ${one.layout.comment}`,
          '{',
          '  "env": {',
          `    "cache_client_dkms_config_info": ${literal(
            literal(list(one.oldPath, one.oldPassword, one.oldContent)),
          )},`,
          `    /* ${one.layout.comment} */`,
          '  },',
          '}',
        ],
        one.layout,
      );
      const wanted = {
        keyFile: one.newPath,
        passwordFile: `${one.newPath}.txt`,
        keyContent: one.newContent,
        password: one.newPassword,
      };
      const { after } = await patchInMemory(json, text, wanted, { count: 4, bom: one.layout.bom });
      assert.deepEqual(parseWithComments(after), {
        env: {
          cache_client_dkms_config_info: literal(list(one.newPath, one.newPassword, one.newContent)),
        },
      });
    });
  });

  it('a default inside a look-up is written, the look-up stays', async () => {
    await assertProperty('json', values, async (one) => {
      const text = `{"clientKeyFile":${literal(one.oldPath)},"clientKeyPassword":${literal(`\${kms.pw:${one.oldPassword}}`)}}`;
      const wanted = { keyFile: one.newPath, password: one.newPassword };
      const { after } = await patchInMemory(json, text, wanted, { count: 2 });
      assert.deepEqual(JSON.parse(after), {
        clientKeyFile: one.newPath,
        clientKeyPassword: `\${kms.pw:${one.newPassword}}`,
      });
    });
  });
});
