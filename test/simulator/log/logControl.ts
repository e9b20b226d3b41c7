import { DAY_MS } from '../nextDay';
import type { Compression, IndexKind, LogNames, Simulation } from '../simulation';
import type { KmsInstance, World } from '../world';
import { type GivenEntry, rowOfEntry } from './givenEntry';
import { type VolumeTruth, writeVolume } from './volume';

/** Very many generated entries, two dozen applications that go over from one key to another. Times in ms of server time. */
interface NewVolume {
  readonly instanceId: string;
  readonly entries: number;
  readonly oldKeyId: string;
  readonly newKeyId: string;
  readonly aapName: string;
  /** Days that the entries fill, up to the present; 179 when left out. */
  readonly days?: number;
  /** The same seed writes the same entries. */
  readonly seed?: number;
  /** Days before the present at which the first application moves to the new key; 30 when left out. The last moves 2 days before. */
  readonly movingDays?: number;
  /** A stretch whose calls are counted as well. */
  readonly within?: { readonly from: number; readonly to: number };
}

/** How tests steer the log service of an account. */
export interface LogControl {
  setIndex(instanceId: string, kind: IndexKind): Promise<void>;
  /** A logged call can be found after `ms` of server time. */
  setLogDelay(ms: number): Promise<void>;
  /** What a log row counts against the 400 MB of a query; 0: its own size. */
  setBytesPerRow(bytes: number): Promise<void>;
  /** Writes entries as they are given, whatever is in them, in any order. */
  addEntries(instanceId: string, entries: readonly GivenEntry[]): Promise<void>;
  /** Gives the log so many entries beside its ordinary ones, and tells what was written (times in Unix seconds). */
  addVolume(volume: NewVolume): Promise<VolumeTruth>;
  /**
   * The log has no entries of this stretch and will get none: an outage (`from` and `to`), storage that was full from a moment on (no
   * `to`), a log that was bought then (no `from`), an empty one (neither). ms of server time, half-open.
   */
  loseEntries(instanceId: string, lost: { readonly from?: number; readonly to?: number }): Promise<void>;
  /** Project and log store of an instance have other names; left out: the product's. */
  setLogNames(instanceId: string, names: LogNames): Promise<void>;
  /** How GetLogsV2 is compressed: as asked for, or one way whatever is asked for. */
  setCompression(kind: Compression): Promise<void>;
}

export function createLogControl(simulation: Simulation): LogControl {
  const { world, clock, knobs } = simulation;
  const instance = (id: string) => instanceWithId(world, id);
  return {
    setIndex: async (instanceId, kind) => {
      knobs.indexes.set(instance(instanceId).id, kind);
    },
    setLogDelay: async (ms) => {
      knobs.logDelayMs = ms;
    },
    setBytesPerRow: async (bytes) => {
      knobs.bytesPerRow = bytes > 0 ? bytes : undefined;
    },
    addEntries: async (instanceId, entries) => {
      simulation.log.appendTo(instance(instanceId).id, entries.map(rowOfEntry));
    },
    addVolume: async (volume) => {
      const { id: instanceId, regionId } = instance(volume.instanceId);
      const to = Math.floor(clock.now() / 1000);
      const seconds = (ms: number) => Math.floor(ms / 1000);
      const { within, days = 179, seed = 1, movingDays = 30, ...given } = volume;
      const { columns, truth } = writeVolume({
        ...given,
        instanceId,
        regionId,
        accountId: world.accountId,
        seed,
        movingDays,
        from: to - (days * DAY_MS) / 1000,
        to,
        ...(within && { within: { from: seconds(within.from), to: seconds(within.to) } }),
      });
      simulation.log.setColumns(instanceId, columns);
      return truth;
    },
    loseEntries: async (instanceId, { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => {
      simulation.log.lose(instance(instanceId).id, { from, to });
    },
    setLogNames: async (instanceId, names) => {
      knobs.logNames.set(instance(instanceId).id, names);
    },
    setCompression: async (kind) => {
      knobs.compression = kind;
    },
  };
}

/** @throws Error if there is none */
export function instanceWithId(world: World, id: string): KmsInstance {
  const found = world.instances.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no KMS instance ${id}.`);
  return found;
}
