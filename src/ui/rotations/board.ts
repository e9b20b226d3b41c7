import { aapKey } from '../../model/clientKey';
import type { AuditEvidence } from '../../model/evidence';
import type { KnownReference } from '../../model/explainCallers';
import type { ReferenceGroup, Strategy } from '../../model/reference';
import { type Creation, isOpen, type Rotation } from '../../model/rotation';
import type { JournalProblem, Rotations, VerdictReading } from '../../rotation/rotations';
import { createSignal, type Signal } from '../signal';
import type { Card, CardPart, CreationCard, FolderScan, ScanWatch } from './card';

export type { Card, CardPart, CreationCard, FolderScan, ScanWatch } from './card';

export interface BoardParts {
  rotations(): Promise<Rotations>;
  /** Scans the folders of the workspace for the old and the new key; `undefined` where the workspace is not trusted or has no folder. */
  scan(rotation: Rotation, watch?: ScanWatch): Promise<readonly FolderScan[] | undefined>;
  /** What the clients that a scan found share with the callers in the log. */
  known(scans: readonly FolderScan[], evidence: AuditEvidence): Promise<readonly KnownReference[]>;
}

/** The rotations of this machine as the view shows them. */
export interface Board {
  readonly changed: Signal;
  readonly loaded: boolean;
  readonly cards: readonly Card[];
  readonly creations: readonly CreationCard[];
  /** Journals that cannot be read: their rotations are missing among the cards. */
  readonly problems: readonly JournalProblem[];
  /** Whether some window of this machine was creating a key when the journals were read; nothing tells when it is killed. */
  readonly creating: boolean;
  card(id: string): Card | undefined;
  /** When a rotation of this machine deleted this key, ms UTC; however long ago. */
  deletedAt(keyId: string): number | undefined;
  /** Whether a rotation under way replaces this key or made it. */
  partOf(keyId: string): 'old' | 'new' | undefined;
  /** Reads the journals again; cards keep what else is known of them. */
  reload(): Promise<void>;
  rescan(id: string, watch?: ScanWatch): Promise<void>;
  readVerdict(id: string): Promise<void>;
  /** Shows a reading that was made elsewhere, unless a newer one is shown. */
  noteReading(id: string, reading: VerdictReading): void;
  tick(id: string, groupId: string, ticked: boolean): void;
  choose(id: string, groupId: string, strategy: Strategy): void;
  /** Marks a part as under way while `task` runs; its error stays on the card until it is tried again, and is thrown. */
  during<T>(id: string, part: CardPart, task: () => Promise<T>): Promise<T>;
}

interface CreationState {
  creation: Creation;
  readonly busy: Set<CardPart>;
  readonly errors: Map<CardPart, unknown>;
}

interface State {
  rotation: Rotation;
  scans: readonly FolderScan[] | undefined;
  reading: VerdictReading | undefined;
  references: readonly KnownReference[] | undefined;
  oldFiles: readonly string[];
  readonly busy: Set<CardPart>;
  readonly errors: Map<CardPart, unknown>;
  readonly ticks: Map<string, boolean>;
  readonly strategies: Map<string, Strategy>;
}

/** A finished rotation stays in the view for this long after its end, ms, or while its old files are still there. */
const SHOWN_AFTER_END_MS = 24 * 60 * 60 * 1000;

export function createBoard(parts: BoardParts, clock: () => number = Date.now): Board {
  const changed = createSignal();
  const states = new Map<string, State>();
  const made = new Map<string, CreationState>();
  /** AAPs for which some window is creating a key: what is found there is under way, not stopped. */
  let creatingAt: ReadonlySet<string> = new Set();
  const deleted = new Map<string, number>();
  let loaded = false;
  let problems: readonly JournalProblem[] = [];
  let reading: Promise<void> | undefined;
  let again = false;

  function stateOf(rotation: Rotation): State {
    const known = states.get(rotation.id);
    if (known) {
      known.rotation = rotation;
      return known;
    }
    const state: State = {
      rotation,
      scans: undefined,
      reading: undefined,
      references: undefined,
      oldFiles: [],
      busy: new Set(),
      errors: new Map(),
      ticks: new Map(),
      strategies: new Map(),
    };
    states.set(rotation.id, state);
    return state;
  }

  async function readJournals(): Promise<void> {
    const rotations = await parts.rotations();
    const all = await rotations.list();
    problems = await rotations.problems();
    const shown = new Set<string>();
    for (const rotation of all) {
      if (rotation.deletion) deleted.set(rotation.oldKey.id, rotation.deletion.at);
      if (rotation.state === 'abandoned') continue;
      const files = rotation.state === 'deleted' ? await rotations.oldFiles(rotation.id) : [];
      const recent = clock() - rotation.updatedAt < SHOWN_AFTER_END_MS;
      if (!isOpen(rotation) && files.length === 0 && !recent) continue;
      shown.add(rotation.id);
      stateOf(rotation).oldFiles = files;
    }
    for (const id of [...states.keys()]) if (!shown.has(id)) states.delete(id);
    const creations = await rotations.creations();
    noteCreations(creations);
    creatingAt = await aapsOfCreating(rotations, [...all, ...creations]);
    loaded = true;
    changed.fire();
  }

  function noteCreations(all: readonly Creation[]): void {
    const known = new Map(made);
    made.clear();
    for (const creation of all) {
      const recent = creation.state === 'finished' && clock() - creation.updatedAt < SHOWN_AFTER_END_MS;
      if (!isOpen(creation) && !recent) continue;
      const { busy, errors } = known.get(creation.id) ?? { busy: new Set(), errors: new Map() };
      made.set(creation.id, { creation, busy, errors });
    }
  }

  /** What is under way, with a creation that this or another window has just begun. */
  function busyOf(of: Rotation | Creation, busy: ReadonlySet<CardPart>): ReadonlySet<CardPart> {
    const begun = of.state === 'creating' && creatingAt.has(aapKey(of.aap));
    return begun ? new Set<CardPart>([...busy, 'action']) : busy;
  }

  const cardOf = (state: State): Card => ({
    ...state,
    busy: busyOf(state.rotation, state.busy),
    isTicked: (groupId, proposed) => state.ticks.get(groupId) ?? proposed,
  });

  /** A call during a reading makes one more follow, so that nothing that changed meanwhile is missed. */
  async function readUntilCurrent(): Promise<void> {
    do {
      again = false;
      await readJournals();
    } while (again);
  }

  async function during<T>(id: string, part: CardPart, task: () => Promise<T>): Promise<T> {
    const state = states.get(id) ?? made.get(id);
    state?.busy.add(part);
    state?.errors.delete(part);
    changed.fire();
    try {
      return await task();
    } catch (error) {
      state?.errors.set(part, error);
      throw error;
    } finally {
      state?.busy.delete(part);
      changed.fire();
    }
  }

  /** Tells what has changed, then who the callers are: what was known of them stays until it is known anew. */
  function tell(state: State): void {
    changed.fire();
    const { scans, reading } = state;
    if (scans === undefined || reading === undefined) return;
    const take = (references: readonly KnownReference[]) => {
      if (state.scans !== scans || state.reading !== reading) return;
      state.references = references;
      changed.fire();
    };
    // It explains, and stands in the way of nothing.
    parts.known(scans, reading.evidence).then(take, () => undefined);
  }

  return {
    changed,
    get loaded() {
      return loaded;
    },
    get cards() {
      return [...states.values()]
        .map(cardOf)
        .sort((one, other) => other.rotation.startedAt - one.rotation.startedAt);
    },
    get creations() {
      return [...made.values()]
        .map((state) => ({ ...state, busy: busyOf(state.creation, state.busy) }))
        .sort((one, other) => other.creation.startedAt - one.creation.startedAt);
    },
    get problems() {
      return problems;
    },
    get creating() {
      return creatingAt.size > 0;
    },
    card(id) {
      const state = states.get(id);
      return state && cardOf(state);
    },
    deletedAt: (keyId) => deleted.get(keyId),
    partOf(keyId) {
      for (const { rotation } of states.values()) {
        if (!isOpen(rotation)) continue;
        if (rotation.oldKey.id === keyId) return 'old';
        if (rotation.newKey?.id === keyId) return 'new';
      }
      return undefined;
    },
    reload() {
      if (reading !== undefined) again = true;
      reading ??= readUntilCurrent().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    async rescan(id, watch) {
      const state = states.get(id);
      if (!state || state.busy.has('scan')) return;
      try {
        state.scans = await during(id, 'scan', () => parts.scan(state.rotation, watch));
      } catch (error) {
        if (watch?.signal?.aborted !== true) throw error;
        // Whoever cancelled knows: what was found before stays.
        state.errors.delete('scan');
      }
      tell(state);
    },
    async readVerdict(id) {
      const state = states.get(id);
      if (!state || state.busy.has('verdict')) return;
      state.reading = await during(id, 'verdict', async () => (await parts.rotations()).verdict(id));
      tell(state);
    },
    noteReading(id, reading) {
      const state = states.get(id);
      if (!state || (state.reading && state.reading.verdict.readAt > reading.verdict.readAt)) return;
      state.reading = reading;
      state.errors.delete('verdict');
      tell(state);
    },
    tick(id, groupId, ticked) {
      states.get(id)?.ticks.set(groupId, ticked);
      changed.fire();
    },
    choose(id, groupId, strategy) {
      states.get(id)?.strategies.set(groupId, strategy);
      changed.fire();
    },
    during,
  };
}

async function aapsOfCreating(
  rotations: Pick<Rotations, 'isBusy'>,
  all: readonly (Rotation | Creation)[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { aap } of all.filter(({ state }) => state === 'creating'))
    if (await rotations.isBusy(aap)) found.add(aapKey(aap));
  return found;
}

/** The groups that the patch of a folder would take: ticked ones that can be edited. */
export function tickedGroups(card: Card, scan: FolderScan): readonly ReferenceGroup[] {
  return scan.old.groups.filter((group) => group.editable && card.isTicked(group.id, group.ticked));
}
