import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectControl } from '../../simulator';

describe('npm run simulator', () => {
  let child: ChildProcessWithoutNullStreams | undefined;
  afterEach(() => child?.kill());

  it('says where it is and what it accepts, goes to the next day by d and stops by q', async function () {
    this.timeout(30_000);
    const main = path.join(__dirname, '..', '..', 'simulator', 'main.ts');
    const running = spawn(process.execPath, ['--import', pathToFileURL(require.resolve('tsx')).href, main]);
    child = running;
    const exited = new Promise((resolve) => running.once('exit', resolve));
    let output = '';
    const says = (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match !== null) resolve(match);
        };
        running.stdout.on('data', look);
        look();
      });
    running.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const [, url = ''] = await says(/"clientKeys\.endpoints\.log": "(http:\/\/127\.0\.0\.1:\d+)"/);
    await says(/ALIBABA_CLOUD_ACCESS_KEY_SECRET=/);
    await says(/q = stop/);
    running.stdin.write('d\n');
    await says(/Server time is now/);
    assert.ok((await connectControl(url).now()) > Date.now() + 23 * 3600_000);
    running.stdin.write('q\n');
    assert.equal(await exited, 0);
  });
});
