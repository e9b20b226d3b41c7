import * as v from 'valibot';

/** What the main thread asks of the worker, as the worker checks it. Secrets cross as plain text inside one process. */
const scanOrder = v.object({
  folders: v.array(v.string()),
  keyId: v.string(),
  exclude: v.array(v.string()),
});

const work = v.variant('kind', [
  v.object({
    kind: v.literal('openCredential'),
    credentialFile: v.instance(Uint8Array),
    password: v.string(),
  }),
  v.object({ kind: v.literal('scan'), order: scanOrder }),
  v.object({
    kind: v.literal('planPatch'),
    order: v.object({
      ...scanOrder.entries,
      groupIds: v.array(v.string()),
      replacement: v.object({
        keyId: v.string(),
        password: v.string(),
        credentialFile: v.string(),
        passwordFile: v.string(),
      }),
    }),
  }),
]);

/** One request with the number by which its answer is told. */
export const requestSchema = v.object({ id: v.number(), work });

export const workerDataSchema = v.object({ grammarsFolder: v.string() });

export type Work = v.InferOutput<typeof work>;
export type WorkRequest = v.InferOutput<typeof requestSchema>;

/** An error on its way to the main thread: fixed texts and names of files, never content. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

/** What the worker answers. Any number of `progress`, then one of the others. */
export type WorkResponse =
  | { readonly id: number; readonly kind: 'progress'; readonly filesSeen: number }
  | { readonly id: number; readonly kind: 'result'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'error'; readonly error: SentError };
