import * as v from 'valibot';

/** What the main thread asks of the worker, as the worker checks it. Secrets cross as plain text inside one process. */
const scanOrder = v.object({
  folders: v.array(v.string()),
  keyId: v.exactOptional(v.string()),
  exclude: v.array(v.string()),
  encodings: v.exactOptional(v.record(v.string(), v.string())),
});

const inspectOrder = {
  file: v.string(),
  folder: v.string(),
  encodings: v.exactOptional(v.record(v.string(), v.string())),
};

const work = v.variant('kind', [
  v.object({
    kind: v.literal('openCredential'),
    credentialFile: v.instance(Uint8Array),
    password: v.string(),
  }),
  v.object({ kind: v.literal('scan'), order: scanOrder }),
  v.object({ kind: v.literal('inspect'), order: v.object(inspectOrder) }),
  v.object({ kind: v.literal('lookAtCredentialFile'), order: v.object(inspectOrder) }),
  v.object({
    kind: v.literal('planPasswordMove'),
    order: v.object({ ...inspectOrder, groupId: v.string() }),
  }),
  v.object({
    kind: v.literal('planPatch'),
    order: v.object({
      ...scanOrder.entries,
      keyId: v.string(),
      groupIds: v.array(v.string()),
      strategies: v.exactOptional(v.record(v.string(), v.picklist(['beside', 'inPlace']))),
      doubts: v.exactOptional(
        v.record(v.string(), v.picklist(['notOpened', 'overridden', 'documentation', 'shared'])),
      ),
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

/** `gathers`: a thread that helps another one to scan, and is asked in the words of gatherThread.ts. */
export const workerDataSchema = v.object({
  grammarsFolder: v.string(),
  gathers: v.optional(v.boolean(), false),
});

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
