import type { ReferenceGroup } from '../../model/reference';
import type { BackgroundWorker } from '../../references/background';
import type { LocalKey } from './localKeys';

export interface FindOptions {
  /** Globs that are left out. */
  readonly exclude: readonly string[];
  /** What `files.encoding` says, by folder. */
  readonly encodings: Readonly<Record<string, string>>;
}

/** Files that are opened at most: each costs the worker a quarter of a second. */
const MAX_FILES = 50;

/**
 * The client keys of some folders whose credential opens with a password that lies there too: beside the credential file, or
 * where a client names both. Nothing is asked over the network.
 * @throws BackgroundError if the folders cannot be searched
 */
export async function findLocalKeys(
  folders: readonly string[],
  worker: Pick<BackgroundWorker, 'scan' | 'lookAtCredentialFile' | 'inspect'>,
  { exclude, encodings }: FindOptions,
): Promise<LocalKey[]> {
  const keys = new Map<string, LocalKey>();
  let left = MAX_FILES;

  function add(id: string | undefined, file: string, folder: string, life: Life | undefined): void {
    if (id !== undefined && life !== undefined && !keys.has(id)) keys.set(id, { id, ...life, file, folder });
  }

  async function open(files: Iterable<string>, look: (file: string) => Promise<void>): Promise<void> {
    for (const file of files) {
      if (left === 0) return;
      left -= 1;
      // A file that cannot be looked at hides no other one.
      await look(file).catch(() => undefined);
    }
  }

  for (const folder of folders) {
    const { groups } = await worker.scan({ folders: [folder], exclude, encodings });
    await open(credentialFiles(groups), async (file) => {
      const look = await worker.lookAtCredentialFile({ file, folder, encodings });
      add(look?.keyId, file, folder, look?.validity);
    });
    const unopened = groups.filter(({ keyId }) => keyId !== undefined && !keys.has(keyId));
    await open(clientFiles(unopened), async (file) => {
      const { references } = await worker.inspect({ file, folder, encodings });
      for (const { reference, validity } of references)
        if (reference.role === 'keyFile' || reference.role === 'keyContent')
          add(reference.keyId, reference.target ?? file, folder, validity);
    });
  }
  return [...keys.values()].sort((one, other) => (one.file < other.file ? -1 : 1));
}

type Life = Pick<LocalKey, 'notBefore' | 'notAfter'>;

function credentialFiles(groups: readonly ReferenceGroup[]): ReadonlySet<string> {
  return new Set(
    groups.flatMap(({ references }) =>
      references.flatMap(({ role, file }) => (role === 'credentialFile' ? [file] : [])),
    ),
  );
}

/** The files of clients that name a key with its password. */
function clientFiles(groups: readonly ReferenceGroup[]): ReadonlySet<string> {
  return new Set(
    groups.flatMap(({ references }) =>
      references.flatMap(({ role, file }) => (role === 'keyFile' || role === 'keyContent' ? [file] : [])),
    ),
  );
}
