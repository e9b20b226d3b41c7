import type { MessagePort } from 'node:worker_threads';
import * as v from 'valibot';
import type { Notations } from '../notations';
import { createGatherer, type Findings, type Gatherer } from './gatherHere';
import { openQueue } from './sharedQueue';

/** What a helping thread is asked. */
const jobSchema = v.variant('kind', [
  v.object({
    kind: v.literal('walk'),
    order: v.object({
      folders: v.array(v.string()),
      exclude: v.array(v.string()),
      encodings: v.record(v.string(), v.string()),
    }),
    memory: v.instance(SharedArrayBuffer),
  }),
  v.object({ kind: v.literal('again'), names: v.array(v.string()) }),
]);

export type GatherJob = v.InferOutput<typeof jobSchema>;

/** What it answers: some findings, or the end of the job. An error ends the thread. */
export type GatherAnswer =
  | { readonly kind: 'findings'; readonly findings: Findings }
  | { readonly kind: 'done' };

/** How long a thread waits for work of the others before it looks whether they are done, ms. */
const REST_MS = 2;
/** Findings are handed over in pieces, so that whoever receives them is never busy for long. */
const PIECE_MS = 50;

/** Serves the scans of one other thread, one after the other, until it is terminated. */
export function serveGathering(port: MessagePort, notations: Notations): void {
  let gatherer: Gatherer | undefined;
  let queue = Promise.resolve();
  const answer = (message: GatherAnswer) => port.postMessage(message);

  function handOver(): void {
    const findings = gatherer?.takeFindings();
    if (findings === undefined) return;
    const { files, skipped, links } = findings;
    if (files.length + skipped.length + links.length > 0) answer({ kind: 'findings', findings });
  }

  async function run(job: GatherJob): Promise<void> {
    let handedOver = Date.now();
    const pause = async () => {
      if (Date.now() - handedOver < PIECE_MS) return;
      handOver();
      handedOver = Date.now();
    };
    if (job.kind === 'walk') {
      gatherer = createGatherer(job.order, notations);
      const shared = openQueue(job.memory);
      const rest = async () => {
        await pause();
        shared.rest(REST_MS);
      };
      await gatherer.walk(shared, { pause, rest });
    } else await gatherer?.again(job.names, { pause, rest: pause });
    handOver();
    answer({ kind: 'done' });
  }

  port.on('message', (message: unknown) => {
    const job = v.parse(jobSchema, message);
    queue = queue.then(() => run(job));
  });
}
