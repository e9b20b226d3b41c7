import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type BehindProxy, putBehindProxy } from '../../simulator/behindProxy';
import { type Simulator, startSimulator } from '../../simulator/index';
import { smallWorld } from './support';

describe('the simulator behind a proxy', () => {
  let simulator: Simulator;
  let behind: BehindProxy;
  before(async () => {
    simulator = await startSimulator({ world: smallWorld() });
    behind = await putBehindProxy(simulator);
  });
  after(async () => {
    await behind.stop();
    await simulator.stop();
  });

  /** Sends CONNECT; the head of the proxy's answer, and the connection. */
  async function ask(target: string, header = '') {
    const socket = connect(behind.proxy.port, '127.0.0.1');
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${header}\r\n`);
    const head = await new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(data.toString()));
    });
    return { socket, head };
  }

  /** One request through the proxy and TLS, with the certificate checked against the authority. */
  async function get(host: string): Promise<string> {
    const { socket } = await ask(`${host}:443`);
    const secure = connectTls({ socket, servername: host, ca: await readFile(behind.caFile, 'utf8') });
    secure.write(
      `GET / HTTP/1.1\r\nHost: ${host}\r\nx-acs-action: DescribeRegions\r\nConnection: close\r\n\r\n`,
    );
    let text = '';
    for await (const chunk of secure) text += String(chunk);
    return text;
  }

  it('has the host names of the real services, with a certificate for each', async () => {
    assert.match(await get('kms.cn-hangzhou.sim.test'), /MissingAuthorization/);
    assert.equal((await simulator.control.requests()).at(-1)?.region, 'cn-hangzhou');
    await get('kms-log-kst-unit1.cn-hangzhou.log.sim.test');
    await assert.rejects(get('kms.mars-1.sim.test'), /altnames/);
  });

  it('is reached through nothing else, and the proxy leads nowhere else', async () => {
    behind.proxy.record.length = 0;
    assert.match((await ask('example.com:443')).head, /^HTTP\/1\.1 502 /);
    assert.deepEqual(behind.proxy.record, [{ target: 'example.com:443', status: 502 }]);
  });

  it('can want a password', async () => {
    behind.proxy.rules.credentials = 'user:password';
    const basic = `Proxy-Authorization: Basic ${Buffer.from('user:password').toString('base64')}\r\n`;
    assert.match(
      (await ask('kms.cn-hangzhou.sim.test:443')).head,
      /^HTTP\/1\.1 407 .*proxy-authenticate: Basic/s,
    );
    const { socket, head } = await ask('kms.cn-hangzhou.sim.test:443', basic);
    socket.destroy();
    assert.match(head, /^HTTP\/1\.1 200 /);
  });
});
