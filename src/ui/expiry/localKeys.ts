import { createSignal, type Signal } from '../signal';

/** A client key as a credential file of the workspace tells of it: opened offline, without an account. Times in ms UTC. */
export interface LocalKey {
  readonly id: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Absolute path of the credential file. */
  readonly file: string;
  /** The workspace folder it was found in. */
  readonly folder: string;
}

/** What the credential files of this workspace say; found some time after the start, by a part that is loaded then. */
export interface LocalKeys {
  readonly changed: Signal;
  /** One for each key, in the order of their files. */
  readonly keys: readonly LocalKey[];
  set(keys: readonly LocalKey[]): void;
}

export function createLocalKeys(): LocalKeys {
  const changed = createSignal();
  let keys: readonly LocalKey[] = [];
  return {
    changed,
    get keys() {
      return keys;
    },
    set(next) {
      if (JSON.stringify(next) === JSON.stringify(keys)) return;
      keys = next;
      changed.fire();
    },
  };
}
