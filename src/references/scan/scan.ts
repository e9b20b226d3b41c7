import type { ScanResult } from '../../model/reference';
import type { FoundFile } from '../foundFile';
import { type KnownKeys, knownKeysOf, toGroups } from '../link/confidence';
import { readEnvironmentFiles } from '../link/environmentFiles';
import type { ResolvedClient } from '../link/grouping';
import { linkFiles } from '../link/link';
import type { Notations } from '../notations';
import { type Gathered, startGathering } from './gather';
import { HelperEnded, type ThreadOptions } from './helperThread';
import { wantedNames } from './wantedNames';

/** What to look through, and which key for. Same as the `ScanRequest` of rotation/. */
export interface ScanOrder {
  readonly folders: readonly string[];
  /** Without one every client is judged by its own key. */
  readonly keyId?: string;
  readonly exclude: readonly string[];
  /** What `files.encoding` says, by folder. */
  readonly encodings?: Readonly<Record<string, string>>;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (filesSeen: number) => void;
  /** How threads are started that help with large folders; without it the calling thread does all. */
  readonly threads?: ThreadOptions;
}

/** A scan with what a plan needs beyond the result. */
export interface WorkspaceScan {
  readonly result: ScanResult;
  readonly clients: readonly ResolvedClient[];
  readonly known: KnownKeys;
}

/** A name that is looked up may be set to a name that is looked up. */
const MAX_ROUNDS = 3;

/**
 * Finds all clients in some folders. Reads only; needs no worker, but blocks for as long as reading and parsing a batch
 * of files takes.
 * @throws the reason of the signal when it is aborted
 */
export async function scanWorkspace(
  order: ScanOrder,
  notations: Notations,
  options: ScanOptions = {},
): Promise<WorkspaceScan> {
  const gathered = await gather(order, notations, options);
  options.signal?.throwIfAborted();
  options.onProgress?.(gathered.filesSeen);
  return linkScan(gathered.files, order.keyId, gathered);
}

async function gather(order: ScanOrder, notations: Notations, options: ScanOptions): Promise<Gathered> {
  const gathering = startGathering(order, notations, options);
  try {
    let gathered = await gathering.walk();
    const known = new Set<string>();
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const names = wantedNames(gathered.files).filter((name) => !known.has(name));
      if (names.length === 0) break;
      for (const name of names) known.add(name);
      gathered = await gathering.again(names);
    }
    const further = await readEnvironmentFiles(gathered.files, notations, order.encodings);
    return {
      ...gathered,
      files: [...gathered.files, ...further.files],
      skipped: [...gathered.skipped, ...further.skipped],
    };
  } catch (error) {
    const { threads, ...alone } = options;
    if (error instanceof HelperEnded && threads !== undefined) return await gather(order, notations, alone);
    throw error;
  } finally {
    gathering.close();
  }
}

/** Puts together what was found in the files. */
export function linkScan(
  files: readonly FoundFile[],
  keyId: string | undefined,
  { filesSeen, skipped }: Pick<ScanResult, 'filesSeen' | 'skipped'>,
): WorkspaceScan {
  const clients = linkFiles(files, keyId);
  const known = knownKeysOf(clients, files);
  return { result: { groups: toGroups(clients, keyId, known), filesSeen, skipped }, clients, known };
}
