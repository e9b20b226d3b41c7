import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as the rooms of the simulator see it: read completely, nothing decoded but the query. */
export interface Exchange {
  readonly method: string;
  /** The path exactly as sent, without the query: it is part of what was signed. */
  readonly path: string;
  /** Decoded query parameters; a repeated name keeps its last value, as no SDK call repeats one. */
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly requestId: string;
}

/** What goes back: `json` is serialised as it stands, unless there are `bytes`. */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly json: unknown;
  readonly bytes?: Buffer;
}

/** Reads a request to its end. */
export async function readExchange(request: IncomingMessage): Promise<Exchange> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  const url = request.url ?? '/';
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return {
    method: request.method ?? 'GET',
    path,
    query: at < 0 ? {} : parseForm(url.slice(at + 1)),
    headers,
    body: Buffer.concat(chunks),
    requestId: randomUUID().toUpperCase(),
  };
}

/** Decodes `a=b&c=d`, as in a query or in a form body. */
export function parseForm(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Serialises an answer; headers that the service always sends are added. */
export function renderAnswer(answer: Answer): { headers: Record<string, string>; body: Buffer } {
  const body = answer.bytes ?? Buffer.from(JSON.stringify(answer.json));
  return {
    headers: {
      'content-type': 'application/json;charset=utf-8',
      ...answer.headers,
      'content-length': String(body.length),
    },
    body,
  };
}

/** Sends an answer as a whole. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const { headers, body } = renderAnswer(answer);
  response.writeHead(answer.status, headers).end(body);
}
