import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { isCredentialError } from '../credential/credentialError';
import { gitState } from '../credential/gitState';
import { openCredential } from '../credential/pkcs12';
import type { PatchPlan } from '../model/patch';
import { Secret } from '../model/secret';
import { inspectFile, lookAtCredentialFile } from './inspect';
import { requestSchema, type SentError, type Work, type WorkResponse, workerDataSchema } from './messages';
import { GrammarMissing } from './notation';
import { createNotations } from './notations';
import { planPasswordMove } from './plan/passwordMove';
import { planPatch } from './plan/plan';
import { serveGathering } from './scan/gatherThread';
import { scanWorkspace } from './scan/scan';

/** How often a scan reports, at most. */
const PROGRESS_MS = 100;

/** The worker thread: answers one request after the other. Stopped by `terminate()`, so it never has to look up. */
function serve(port: MessagePort, grammarsFolder: string): void {
  const notations = createNotations(grammarsFolder);
  const threads = { workerFile: __filename, grammarsFolder };
  let queue: Promise<void> = Promise.resolve();
  const answer = (response: WorkResponse) => port.postMessage(response);

  async function run(work: Work, onProgress: (filesSeen: number) => void): Promise<unknown> {
    switch (work.kind) {
      case 'openCredential':
        return openCredential(work.credentialFile, new Secret(work.password));
      case 'scan':
        return (await scanWorkspace(work.order, notations, { onProgress, threads })).result;
      case 'inspect':
        return await inspectFile(work.order, notations, isCommitted);
      case 'lookAtCredentialFile':
        return await lookAtCredentialFile(work.order, notations);
      case 'planPasswordMove': {
        const move = await planPasswordMove(work.order, notations);
        return typeof move === 'string' ? move : { ...move, password: move.password.reveal() };
      }
      case 'planPatch': {
        const { replacement } = work.order;
        const order = {
          ...work.order,
          replacement: { ...replacement, password: new Secret(replacement.password) },
        };
        return sendable(await planPatch(order, notations, { isCommitted, isIgnored, threads }));
      }
    }
  }

  port.on('message', (message: unknown) => {
    const request = v.safeParse(requestSchema, message);
    // Without a number nobody waits for an answer; the issues could quote a secret.
    if (!request.success) throw new Error('The worker was sent a message it does not understand.');
    const { id, work } = request.output;
    queue = queue.then(() =>
      run(
        work,
        atMostEvery(PROGRESS_MS, (filesSeen) => answer({ id, kind: 'progress', filesSeen })),
      ).then(
        (value) => answer({ id, kind: 'result', value }),
        (error: unknown) => answer({ id, kind: 'error', error: toSent(error) }),
      ),
    );
  });
}

/** Both halves of the answer that nobody knows count as committed: a warning too many does no harm. */
async function isCommitted(file: string): Promise<boolean> {
  const state = await gitState(file);
  return state === 'notIgnored' || state === 'unknown';
}

async function isIgnored(file: string): Promise<boolean> {
  return (await gitState(file)) === 'ignored';
}

/** `Secret` has private state, which no message carries: it crosses as text and is wrapped again on the other side. */
function sendable(plan: PatchPlan): unknown {
  return {
    ...plan,
    files: plan.files.map((file) => ({
      ...file,
      edits: file.edits.map((edit) => ({
        ...edit,
        before: edit.before.reveal(),
        after: edit.after.reveal(),
      })),
    })),
  };
}

function toSent(error: unknown): SentError {
  if (isCredentialError(error)) return { name: error.name, message: error.message, code: error.code };
  if (error instanceof GrammarMissing) return { name: error.name, message: error.message };
  // Errors of the file system name a file and no more.
  if (error instanceof Error && 'syscall' in error && 'code' in error)
    return { name: error.name, message: error.message, code: String(error.code) };
  // Any other message might quote what was being read.
  return { name: 'Error', message: 'The background work failed unexpectedly.' };
}

function atMostEvery(ms: number, report: (filesSeen: number) => void): (filesSeen: number) => void {
  let last = 0;
  return (filesSeen) => {
    if (Date.now() - last < ms) return;
    last = Date.now();
    report(filesSeen);
  };
}

if (parentPort !== null) {
  const { grammarsFolder, gathers } = v.parse(workerDataSchema, workerData);
  if (gathers) serveGathering(parentPort, createNotations(grammarsFolder));
  else serve(parentPort, grammarsFolder);
}
