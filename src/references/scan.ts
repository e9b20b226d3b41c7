import { readKeyId } from '../credential/credentialFile';
import type { ScanResult, SkippedFile } from '../model/reference';
import { isCandidate, mayBeCredentialFile } from './candidates';
import { type KnownKeys, knownKeysOf, toGroup } from './confidence';
import { type ResolvedClient, resolveClients } from './grouping';
import { GrammarMissing, TooSlow } from './notation';
import type { Notations } from './notations';
import { decodeText } from './textFile';
import { walkFolders } from './walk';

/** What to look through, and which key for. Same as the `ScanRequest` of rotation/. */
export interface ScanOrder {
  readonly folders: readonly string[];
  readonly keyId: string;
  readonly exclude: readonly string[];
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (filesSeen: number) => void;
}

/** A scan with what a plan needs beyond the result. */
export interface WorkspaceScan {
  readonly result: ScanResult;
  readonly clients: readonly ResolvedClient[];
  readonly known: KnownKeys;
}

/** How many files are looked at between two looks at the abort signal. */
const BATCH = 256;

/**
 * Finds all clients in some folders. Reads only; needs no worker, but blocks for as long as reading and parsing a batch
 * of files takes.
 * @throws the reason of the signal when it is aborted
 */
export async function scanWorkspace(
  order: ScanOrder,
  notations: Notations,
  { signal, onProgress }: ScanOptions = {},
): Promise<WorkspaceScan> {
  const clients: ResolvedClient[] = [];
  const skipped: SkippedFile[] = [];
  const keyIds = new Set<string>();
  const names = new Map<string, ReadonlySet<string>>();
  let filesSeen = 0;
  for (const { path, folder, bytes, skipped: reason } of walkFolders(order.folders, order.exclude)) {
    filesSeen += 1;
    if (filesSeen % BATCH === 0) {
      onProgress?.(filesSeen);
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    }
    const notation = notations.for(path);
    if (bytes === undefined) {
      if (notation !== undefined && reason !== undefined) skipped.push({ file: path, reason });
      continue;
    }
    if (mayBeCredentialFile(bytes)) {
      const keyId = readKeyId(bytes);
      if (keyId !== undefined) keyIds.add(keyId);
    }
    if (notation === undefined || !(notation.always || isCandidate(bytes))) continue;
    try {
      const { text } = decodeText(bytes);
      const found = await notation.find(text);
      clients.push(...resolveClients({ file: path, folder, notation: notation.name, text }, found.clients));
      if (found.names !== undefined) names.set(path, found.names);
    } catch (error) {
      if (error instanceof GrammarMissing) throw error;
      skipped.push({ file: path, reason: error instanceof TooSlow ? 'tooSlow' : 'damaged' });
    }
  }
  signal?.throwIfAborted();
  onProgress?.(filesSeen);
  const known = knownKeysOf(clients, keyIds, names);
  const groups = clients.map((client) => toGroup(client, order.keyId, known));
  return { result: { groups, filesSeen, skipped }, clients, known };
}
