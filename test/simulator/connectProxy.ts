import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { joinSockets, type Listener, stopListening } from './tlsFront';

/** What a proxy was asked for. */
interface ProxiedConnection {
  /** `host:port` as the client wrote it. */
  readonly target: string;
  /** What the proxy said: 200 is a connection. */
  readonly status: number;
}

/** How a proxy behaves; may be changed while it runs. */
interface ProxyRules {
  /** `user:password` that it wants; none: it wants nothing. */
  credentials?: string | undefined;
  /** Answers every request with this status and a page of its own, or with nothing at all. */
  refusal?: { readonly status: number; readonly body: string } | 'silence' | undefined;
}

export interface ConnectProxy extends Listener {
  readonly rules: ProxyRules;
  /** Everything it was asked for, the oldest first. */
  readonly record: ProxiedConnection[];
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

/**
 * A proxy that leads CONNECT requests to servers on this machine, and nothing else.
 * @param routes the local port for a target, `host:port`; undefined: 502
 */
export async function startConnectProxy(
  routes: (target: string) => number | undefined,
): Promise<ConnectProxy> {
  const open = new Set<Socket>();
  const rules: ProxyRules = {};
  const record: ProxiedConnection[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('connect', (request, duplex, head) => {
    // Over plain HTTP it is the socket of the connection.
    const client = duplex as Socket;
    const target = request.url ?? '';
    const note = (status: number) => record.push({ target, status });
    const refuse = (status: number, headers: string, body: string) => {
      note(status);
      client.end(`HTTP/1.1 ${status} No\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`);
    };
    client.on('error', () => client.destroy());
    if (rules.refusal === 'silence') return void note(0);
    if (rules.refusal) return refuse(rules.refusal.status, 'content-type: text/html\r\n', rules.refusal.body);
    if (rules.credentials && request.headers['proxy-authorization'] !== basic(rules.credentials))
      return refuse(407, 'proxy-authenticate: Basic realm="proxy"\r\n', '');
    const port = routes(target);
    if (port === undefined) return refuse(502, '', '');
    note(200);
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const service = connect(port, '127.0.0.1');
    if (head.length > 0) service.write(head);
    joinSockets(client, service, open);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, rules, record, url: `http://127.0.0.1:${port}`, stop: () => stopListening(server, open) };
}

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
