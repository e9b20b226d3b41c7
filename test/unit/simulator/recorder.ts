import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawRequest } from './support';

/**
 * Records what a client of a real SDK sends, so that a test can send it again, changed or not. The recorder answers with an
 * empty object; the client's opinion of that does not matter.
 */
export async function recordRequest(call: (at: { port: number }) => Promise<unknown>): Promise<RawRequest> {
  let recorded: RawRequest | undefined;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      recorded = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: withoutFraming(request.headers),
        body,
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await call({ port: (server.address() as AddressInfo).port }).catch(() => undefined);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  if (recorded === undefined) throw new Error('Nothing was sent.');
  return recorded;
}

function withoutFraming(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(connection|transfer-encoding|content-length)$/.test(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
