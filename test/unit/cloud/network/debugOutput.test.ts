import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { CANARY_PASSWORD, PAYMENTS, withFolder } from '../support';

const { node }: { node: BuildOptions } = require('../../../../esbuild');

const root = path.resolve(__dirname, '../../../..');

describe('the bundle of the SDKs', function () {
  this.timeout(60_000);

  it('prints nothing that it sends, whatever the environment asks for', () =>
    withFolder(async (folder) => {
      const entryPoints = [path.join(root, 'src/cloud/index.ts')];
      await build({ ...node, sourcemap: false, metafile: false, entryPoints, outdir: folder });
      // What the bundle takes for a secret is whatever can reveal itself.
      const run = `
        const { createCloud } = require('./index.js');
        const address = 'http://127.0.0.1:9';
        createCloud({
          endpoints: () => ({ kms: address, log: address }),
          env: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIx', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret' },
          homeFolder: __dirname, userAgent: 'test', isTrusted: () => true,
        }).createClientKey(${JSON.stringify(PAYMENTS)}, {
          password: { reveal: () => process.env.PASSWORD }, notBefore: 0, notAfter: 1,
        }).catch((error) => console.log(error.code));
      `;
      const file = path.join(folder, 'run.js');
      await writeFile(file, run);
      const env = { PATH: process.env.PATH, DEBUG: '*', PASSWORD: CANARY_PASSWORD };
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { env });
      assert.deepEqual([stdout, stderr], ['ECONNREFUSED\n', '']);
    }));
});
