import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectControl } from '../../simulator';

describe('npm run simulator', () => {
  it('says where it is and what it accepts, goes to the next day by d and stops by q', async function () {
    this.timeout(30_000);
    const main = path.join(__dirname, '..', '..', 'simulator', 'main.ts');
    const child = spawn(process.execPath, ['--import', pathToFileURL(require.resolve('tsx')).href, main]);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    let output = '';
    const says = (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match !== null) resolve(match);
        };
        child.stdout.on('data', look);
        look();
      });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const [, url = ''] = await says(/"clientKeys\.endpoints\.log": "(http:\/\/127\.0\.0\.1:\d+)"/);
    await says(/ALIBABA_CLOUD_ACCESS_KEY_SECRET=/);
    await says(/q = stop/);
    child.stdin.write('d\n');
    await says(/Server time is now/);
    assert.ok((await connectControl(url).now()) > Date.now() + 23 * 3600_000);
    child.stdin.write('q\n');
    assert.equal(await exited, 0);
  });
});
