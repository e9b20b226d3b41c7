import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agent, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

import httpx = require('httpx');

import type { Trust } from './trust';
import { noteAnswer, type Wire } from './wire';

/**
 * Every SDK sends through httpx. Here its `request` is replaced, in the copy that this bundle has, so that all of them
 * obey the same rules; the SDKs have no setting for any of these (docs/facts.md SDK-17).
 */

/** No answer of the services comes near; a broken or hostile server could send for ever. */
export const MOST_BODY_BYTES = 32 * 1024 * 1024;
/** Of httpx, where an SDK gives none, ms. */
const DEFAULT_WAIT = 3000;

/** What the requests of one attempt obey and report to. */
export interface Attempt {
  readonly wire: Wire;
  readonly trust: Trust | undefined;
  readonly leavesAgent: boolean;
  readonly signal: AbortSignal | undefined;
}

/** The attempt on whose behalf code runs: the SDKs hand nothing through. */
export const attempts = new AsyncLocalStorage<Attempt>();

/** The options that httpx hands to `http.request`, as far as they are touched. */
interface RequestOptions {
  agent?: Agent | undefined;
}

const originalRequest = httpx.request;

httpx.request = async (url, options) => {
  const attempt = attempts.getStore();
  // A request outside an attempt is not ours to lead, but bounded all the same.
  const wire: Wire = attempt?.wire ?? { headers: {} };
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(
    () => {
      wire.obstacle = { kind: 'tooSlow' };
      stop();
    },
    // httpx counts from the connection on: a proxy that takes the connection and says nothing would be waited for for ever.
    (options.connectTimeout || DEFAULT_WAIT) + (options.readTimeout || DEFAULT_WAIT),
  ).unref();
  attempt?.signal?.addEventListener('abort', stop, { once: true });
  const release = () => {
    clearTimeout(timer);
    attempt?.signal?.removeEventListener('abort', stop);
  };
  try {
    if (attempt?.signal?.aborted) stop();
    const request = originalRequest(url, {
      ...options,
      beforeRequest: (given: RequestOptions) => ({
        ...given,
        ...(attempt?.leavesAgent && { agent: undefined }),
        ...(attempt?.trust && url.startsWith('https:') && attempt.trust),
        signal: end.signal,
      }),
    });
    const response = await Promise.race([request, endOf(end.signal)]);
    response.once('close', release);
    response.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code) wire.cut = error.code;
    });
    noteAnswer(wire, response);
    if (isOfProxy(url, response)) {
      wire.obstacle = { kind: 'proxyAnswered', status: response.statusCode ?? 0 };
      response.destroy();
      throw new Error('The proxy answered in the place of the service.');
    }
    boundBody(response, wire);
    boundUnpacked(response, wire);
    return response;
  } catch (error) {
    release();
    // VS Code's own words for a proxy to which no connection was made; they have no code.
    if (
      error instanceof Error &&
      error.message.startsWith('Failed to establish a socket connection to proxies')
    )
      wire.obstacle ??= { kind: 'proxyUnreachable' };
    throw error;
  }
};

/** Node tells a request of its end only once it has a socket, which a proxy may never give. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error('The request was ended.'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * Whether an answer is the proxy's own: it refused to lead to the service, and its refusal is handed to the waiting request
 * as if the service had spoken (docs/facts.md SDK-18). It came outside TLS, so nothing in it may be believed.
 */
function isOfProxy(url: string, response: IncomingMessage): boolean {
  return response.statusCode === 407 || (url.startsWith('https:') && !('encrypted' in response.socket));
}

function boundBody(body: Readable, wire: Wire): void {
  const push = body.push.bind(body);
  let size = 0;
  body.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    size += chunk?.length ?? 0;
    if (size <= MOST_BODY_BYTES) return push(chunk, encoding);
    wire.obstacle = { kind: 'tooLarge' };
    body.destroy(new Error('The answer is too large.'));
    return false;
  };
}

/** A packed body, as of a sign-in service, goes through a stream that httpx makes: a small one may be unpacked without end. */
function boundUnpacked(response: IncomingMessage, wire: Wire): void {
  const pipe = response.pipe.bind(response);
  response.pipe = (target, options) => {
    if (target instanceof Readable) {
      boundBody(target, wire);
      target.once('close', () => response.destroy());
    }
    return pipe(target, options);
  };
}
