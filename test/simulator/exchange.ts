import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { deflateSync } from 'node:zlib';
import { encodeLz4Block } from './lz4';

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

/** What goes back: `json` as it stands, or compressed as the log service does. */
export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly json: unknown;
  readonly compression?: 'lz4' | 'gzip' | undefined;
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

interface Rendered {
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

const rendered = new WeakMap<Answer, Rendered>();

/** Serialises an answer, once; headers that the service always sends are added. */
export function renderAnswer(answer: Answer): Rendered {
  const known = rendered.get(answer) ?? render(answer);
  rendered.set(answer, known);
  return known;
}

function render(answer: Answer): Rendered {
  const raw = Buffer.from(JSON.stringify(answer.json));
  const { compression } = answer;
  // "gzip" of the log service is the zlib format (docs/facts.md SDK-10).
  const body = compression === 'lz4' ? encodeLz4Block(raw) : compression === 'gzip' ? deflateSync(raw) : raw;
  return {
    headers: {
      'content-type': 'application/json;charset=utf-8',
      ...(compression && { 'x-log-compresstype': compression, 'x-log-bodyrawsize': String(raw.length) }),
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
