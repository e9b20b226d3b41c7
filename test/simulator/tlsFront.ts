import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { ServerCertificate } from './authority';

/** Something that listens on 127.0.0.1. */
export interface Listener {
  readonly port: number;
  stop(): Promise<void>;
}

/** Takes TLS connections and hands what is in them to a plain server on this machine, byte by byte. */
export async function startTlsFront(certificate: ServerCertificate, plainPort: number): Promise<Listener> {
  const open = new Set<Socket>();
  const server = createServer(certificate, (outside) => {
    const inside = connect(plainPort, '127.0.0.1');
    joinSockets(outside, inside, open);
  });
  // A client that does not trust the certificate breaks off; that is its right.
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, stop: () => stopListening(server, open) };
}

/** Pipes two sockets into each other; the end of one is the end of both. */
export function joinSockets(a: Socket, b: Socket, open: Set<Socket>): void {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    open.add(one);
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => {
      open.delete(one);
      other.destroy();
    });
  }
}

/** Ends every connection and frees the port. */
export async function stopListening(
  server: { close(done: () => void): unknown },
  open: ReadonlySet<Socket>,
): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });
}
