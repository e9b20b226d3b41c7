import { Worker } from 'node:worker_threads';
import { CredentialError, type CredentialErrorCode } from '../credential/credentialError';
import type { SentError, Work, WorkRequest, WorkResponse } from './messages';
import type { ScanOptions } from './scan/scan';

export interface BackgroundOptions {
  /** The built worker, or its source where a loader is given by `execArgv`. */
  readonly workerFile: string;
  /** Holds `tree-sitter-<language>.wasm`. */
  readonly grammarsFolder: string;
  readonly execArgv?: readonly string[];
  /** A request that has made no progress for this long is given up, ms. */
  readonly limitMs?: number;
  /** A worker without work is ended after this long, ms. */
  readonly idleMs?: number;
}

/** Why the worker gave no answer. */
export class BackgroundError extends Error {
  override readonly name = 'BackgroundError';

  constructor(
    readonly code: 'died' | 'tooLong' | 'disposed' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

/** Sends work to the worker thread and waits for its answer. */
export interface WorkerLink {
  /** @throws BackgroundError, CredentialError, or the reason of the signal */
  ask(work: Work, options?: ScanOptions): Promise<unknown>;
  dispose(): void;
}

interface Pending {
  readonly request: WorkRequest;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((filesSeen: number) => void) | undefined;
}

/**
 * The main thread's side of the worker. One worker serves all requests in turn; it is started with the first one and ended
 * when it has been idle. Aborting terminates it: what else was waiting starts again in a fresh one.
 */
export function createWorkerLink(options: BackgroundOptions): WorkerLink {
  const { limitMs = 60_000, idleMs = 60_000 } = options;
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let disposed = false;

  function stop(): void {
    clearTimeout(timer);
    const stopped = worker;
    worker = undefined;
    // Its answers count no more, even those already on their way.
    stopped?.removeAllListeners();
    stopped?.on('error', () => undefined);
    void stopped?.terminate();
  }

  function failAll(error: BackgroundError): void {
    stop();
    const failed = [...pending.values()];
    pending.clear();
    for (const { reject } of failed) reject(error);
  }

  function watch(): void {
    clearTimeout(timer);
    if (pending.size === 0) {
      worker?.unref();
      timer = setTimeout(stop, idleMs);
      timer.unref();
      return;
    }
    worker?.ref();
    const message = `The background work made no progress for ${Math.round(limitMs / 1000)} s and was stopped.`;
    timer = setTimeout(() => failAll(new BackgroundError('tooLong', message)), limitMs);
  }

  function start(): Worker {
    const started = new Worker(options.workerFile, {
      workerData: { grammarsFolder: options.grammarsFolder },
      // What is read is garbage at once: left to itself, V8 would let it grow to 48 MB.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
      ...(options.execArgv === undefined ? {} : { execArgv: [...options.execArgv] }),
    });
    started.on('message', receive);
    // The error's own text is not passed on: it could quote what was being read.
    started.on('error', () => failAll(new BackgroundError('died', 'The background worker failed.')));
    started.on('exit', () => failAll(new BackgroundError('died', 'The background worker ended.')));
    return started;
  }

  function receive(message: unknown): void {
    const response = readResponse(message);
    const waiting = response === undefined ? undefined : pending.get(response.id);
    if (response === undefined || waiting === undefined) return;
    if (response.kind === 'progress') waiting.onProgress?.(response.filesSeen);
    else {
      pending.delete(response.id);
      if (response.kind === 'result') waiting.resolve(response.value);
      else waiting.reject(toError(response.error));
    }
    watch();
  }

  function send(request: WorkRequest): void {
    worker ??= start();
    worker.postMessage(request);
    watch();
  }

  function ask(work: Work, { signal, onProgress }: ScanOptions = {}): Promise<unknown> {
    if (disposed) return Promise.reject(new BackgroundError('disposed', 'The extension is being closed.'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    lastId += 1;
    const request: WorkRequest = { id: lastId, work };
    return new Promise((resolve, reject) => {
      const settle = () => signal?.removeEventListener('abort', abort);
      const abort = () => {
        settle();
        if (!pending.delete(request.id)) return;
        stop();
        for (const { request: waiting } of pending.values()) send(waiting);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort);
      pending.set(request.id, {
        request,
        resolve: (value) => {
          settle();
          resolve(value);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
        onProgress,
      });
      send(request);
    });
  }

  return {
    ask,
    dispose() {
      disposed = true;
      failAll(new BackgroundError('disposed', 'The extension is being closed.'));
    },
  };
}

/** The worker is our own code of the same build: its answers are told apart, not taken apart. */
function readResponse(message: unknown): WorkResponse | undefined {
  if (typeof message !== 'object' || message === null || !('id' in message) || !('kind' in message))
    return undefined;
  if (typeof message.id !== 'number') return undefined;
  const { id } = message;
  if (message.kind === 'progress' && 'filesSeen' in message && typeof message.filesSeen === 'number')
    return { id, kind: 'progress', filesSeen: message.filesSeen };
  if (message.kind === 'result' && 'value' in message) return { id, kind: 'result', value: message.value };
  if (message.kind === 'error' && 'error' in message) {
    const { name, message: text, code } = Object(message.error);
    return {
      id,
      kind: 'error',
      error: {
        name: String(name),
        message: String(text),
        ...(code === undefined ? {} : { code: String(code) }),
      },
    };
  }
  return undefined;
}

const credentialCodes: Readonly<Record<CredentialErrorCode, true>> = {
  tooLarge: true,
  notJson: true,
  missingMember: true,
  damaged: true,
  wrongPassword: true,
  tooManyIterations: true,
  keyMismatch: true,
};

function toError({ name, message, code }: SentError): Error {
  if (name === 'CredentialError' && isCredentialCode(code)) return new CredentialError(code, message);
  return new BackgroundError('failed', message);
}

function isCredentialCode(code: string | undefined): code is CredentialErrorCode {
  return code !== undefined && Object.hasOwn(credentialCodes, code);
}
