import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import httpx from 'httpx';
import type { Cloud } from '../../../../src/cloud/index';
import { MOST_BODY_BYTES } from '../../../../src/cloud/network/httpx';
import { createNetwork } from '../../../../src/cloud/network/network';
import { retryHint, type Wire } from '../../../../src/cloud/network/wire';
import { describeError } from '../../../../src/ui/errorText';
import type { Simulator } from '../../../simulator/index';
import { plain } from '../../ui/plain';
import { ACCOUNT, assertClean, cloudOn, failureOf, PAYMENTS, REGION } from '../support';

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** Runs with a server of our own, and a cloud whose endpoint it is. */
async function withService<Result>(
  serve: Serve,
  work: (service: {
    readonly cloud: Cloud;
    readonly url: string;
    readonly requests: number[];
  }) => Promise<Result>,
): Promise<Result> {
  const requests: number[] = [];
  const server = createServer((request, response) => {
    requests.push(Date.now());
    serve(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = { 'clientKeys.endpoints.kms': `${url}/kms/{region}`, 'clientKeys.endpoints.log': url };
  const cloud = cloudOn({ settings } as Simulator, { timeouts: { read: 10_000, backoff: 1 } });
  try {
    return await work({ cloud, url, requests });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const list = (cloud: Cloud) => failureOf(cloud.listClientKeys(PAYMENTS));

describe('what failed answers say on the wire', function () {
  this.timeout(30_000);

  it('tells a page of somebody on the way from an answer that is damaged', async () => {
    const page: Serve = (_, response) =>
      response.writeHead(502, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Bad gateway</html>');
    const behindPage = await withService(page, ({ cloud }) => list(cloud));
    assert.deepEqual([behindPage.kind, behindPage.status], ['serverError', 502]);
    assert.equal(
      behindPage.message,
      'ListClientKeys: (502). The answer cannot be read (it is text/html, not JSON).',
    );
    const portal: Serve = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
    const behindPortal = await withService(portal, ({ cloud }) => list(cloud));
    assert.deepEqual([behindPortal.kind, behindPortal.status], ['badAnswer', undefined]);
    assert.match(behindPortal.message, /it is text\/html, not JSON/);
    const damaged: Serve = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ClientKeys":');
    assert.match((await withService(damaged, ({ cloud }) => list(cloud))).message, /\(it is not JSON\)/);
  });

  it('has the hint how long to wait, with an answer that is JSON and with one that is not', async () => {
    const body = JSON.stringify({ Code: 'Rejected.Throttling', Message: 'Slow down', RequestId: 'R1' });
    const hinting =
      (type: string, text: string): Serve =>
      (_, response) =>
        response.writeHead(429, { 'content-type': type, 'x-acs-retry-after': '7' }).end(text);
    for (const [type, text] of [
      ['application/json', body],
      ['text/plain', 'slow down'],
    ] as const) {
      const error = await withService(hinting(type, text), ({ cloud }) => list(cloud));
      assert.deepEqual([error.kind, error.status, error.retryAfterMs], ['throttled', 429, 7]);
    }
  });

  it('reads each form of the hint', () => {
    const hint = (headers: Record<string, string>) => retryHint({ headers });
    assert.equal(hint({ 'retry-after': '3' }), 3000);
    assert.equal(hint({ 'x-acs-retry-after': '250', 'retry-after': '3' }), 250);
    const date = 'Tue, 24 Nov 2026 05:07:26 GMT';
    assert.equal(hint({ date, 'retry-after': 'Tue, 24 Nov 2026 05:07:36 GMT' }), 10_000);
    assert.equal(hint({ date, 'retry-after': 'Tue, 24 Nov 2026 05:07:06 GMT' }), 0);
    assert.equal(hint({ 'retry-after': 'soon' }), undefined);
    assert.equal(hint({}), undefined);
  });

  it("learns the service's time from an error, and says when the clock is why a signature is refused", async () => {
    const ahead = 42 * 60_000;
    const refuse: Serve = (_, response) => {
      response.setHeader('date', new Date(Date.now() + ahead).toUTCString());
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ Code: 'InvalidTimeStamp.Expired', Message: 'Expired', RequestId: 'R1' }));
    };
    for (const ask of [
      (cloud: Cloud) => list(cloud),
      (cloud: Cloud) => failureOf(cloud.listRegions(ACCOUNT)),
    ]) {
      await withService(refuse, async ({ cloud }) => {
        const error = await ask(cloud);
        assert.equal(error.kind, 'badSignature');
        assert.ok(Math.abs((error.clockOffsetMs ?? 0) - ahead) < 5000);
        assert.match(describeError(error, plain).message, /differs from its own by 42 minutes/);
        assert.ok(Math.abs((cloud.toldTime(ACCOUNT) ?? 0) - Date.now() - ahead) < 5000);
      });
    }
    const clocksAgree: Serve = (_, response) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ Code: 'SignatureDoesNotMatch', Message: 'No', RequestId: 'R1' }));
    const error = await withService(clocksAgree, ({ cloud }) => list(cloud));
    assert.deepEqual([error.kind, error.clockOffsetMs], ['badSignature', undefined]);
  });

  it('does not take the time from a page of somebody else', async () => {
    const page: Serve = (_, response) => {
      response.setHeader('date', new Date(0).toUTCString());
      response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Blocked</html>');
    };
    await withService(page, async ({ cloud }) => {
      await list(cloud);
      assert.equal(cloud.toldTime(ACCOUNT), undefined);
    });
  });

  it('stays with its attempt when many run at once', async () => {
    const network = createNetwork({});
    const answer: Serve = (request, response) => {
      const status = Number((request.url ?? '').slice(1));
      // The later a request came, the earlier it is answered.
      setTimeout(
        () => response.writeHead(status, { 'retry-after': String(status) }).end('{}'),
        (530 - status) * 5,
      );
    };
    await withService(answer, async ({ url }) => {
      const wires: Wire[] = [];
      await Promise.all(
        Array.from({ length: 30 }, (_, index) => 500 + index).map((status) =>
          network.attempt({ action: 'Test' }, async (wire) => {
            wires.push(wire);
            await sleep(status % 7);
            const response = await httpx.request(`${url}/${status}`, { readTimeout: 5000 });
            await httpx.read(response, 'utf8');
            assert.deepEqual([wire.status, wire.headers['retry-after']], [status, String(status)]);
          }),
        ),
      );
      assert.equal(new Set(wires).size, 30);
    });
  });
});

describe('the bounds of an answer', function () {
  this.timeout(30_000);

  it('ends one that goes on and on, and says so', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let closed = 0;
    const flood: Serve = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.on('close', () => {
        closed += 1;
      });
      const send = () => {
        if (!response.destroyed) response.write(chunk, send);
      };
      send();
    };
    await withService(flood, async ({ cloud, requests }) => {
      const error = await list(cloud);
      assert.deepEqual([error.kind, error.retryable], ['badAnswer', false]);
      assert.match(error.message, /it is larger than 32 MB/);
      assert.equal(requests.length, 1);
      const regions = await failureOf(cloud.listRegions(ACCOUNT));
      assert.match(regions.message, /it is larger than 32 MB/);
      while (closed < 2) await sleep(10);
      assertClean(error);
    });
  });

  it('lets a large one pass', async () => {
    const padding = ' '.repeat(8 * 1024 * 1024);
    const large: Serve = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`{"ClientKeys":[],${padding}"RequestId":"R1"}`);
    await withService(large, async ({ cloud }) => {
      assert.deepEqual(await cloud.listClientKeys(PAYMENTS), []);
    });
  });

  it('ends a small one that would be unpacked without end', async () => {
    const read = (packed: Buffer, wire: Wire[]) =>
      withService(
        (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
        ({ url }) =>
          createNetwork({}).attempt({ action: 'SignIn' }, async (seen) => {
            wire.push(seen);
            return String(await httpx.read(await httpx.request(url, {}), 'utf8'));
          }),
      );
    const seen: Wire[] = [];
    assert.equal(await read(gzipSync('{}'), seen), '{}');
    await assert.rejects(read(gzipSync(Buffer.alloc(MOST_BODY_BYTES + 1)), seen));
    assert.deepEqual(
      seen.map(({ obstacle }) => obstacle),
      [undefined, { kind: 'tooLarge' }],
    );
  });

  it('ends the request of a call that is cancelled', async () => {
    let ended: () => void = () => {};
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const silent: Serve = (request) => request.on('close', () => ended()).resume();
    await withService(silent, async ({ cloud, requests }) => {
      const abort = new AbortController();
      const work = failureOf(cloud.listAaps(ACCOUNT, REGION, abort.signal));
      while (requests.length === 0) await sleep(5);
      abort.abort();
      assert.equal((await work).kind, 'cancelled');
      await end;
      assert.equal(requests.length, 1);
    });
  });
});
