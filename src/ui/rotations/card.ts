import type { KnownReference } from '../../model/explainCallers';
import type { ReferenceGroup, ScanResult, Strategy } from '../../model/reference';
import type { Creation, Rotation } from '../../model/rotation';
import type { OnProgress, VerdictReading } from '../../rotation/rotations';

/** What a scan of one workspace folder found: references to the old key, and those that name the new one already. */
export interface FolderScan {
  readonly folder: string;
  readonly old: ScanResult;
  readonly patched: readonly ReferenceGroup[];
}

/** How a scan is followed and stopped. */
export interface ScanWatch {
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

export type CardPart = 'scan' | 'verdict' | 'action';

/** A rotation with what this window knows beyond its journal. */
export interface Card {
  readonly rotation: Rotation;
  readonly scans: readonly FolderScan[] | undefined;
  readonly reading: VerdictReading | undefined;
  /** Clients of the workspace as they may be recognised in the log; undefined until both have been read. */
  readonly references: readonly KnownReference[] | undefined;
  readonly oldFiles: readonly string[];
  /** What is under way, for a spinning icon. */
  readonly busy: ReadonlySet<CardPart>;
  readonly errors: ReadonlyMap<CardPart, unknown>;
  /** Chosen instead of the proposed one, by id of the group. */
  readonly strategies: ReadonlyMap<string, Strategy>;
  isTicked(groupId: string, proposed: boolean): boolean;
}

/** The creation of a client key that replaces none. */
export interface CreationCard {
  readonly creation: Creation;
  readonly busy: ReadonlySet<CardPart>;
  readonly errors: ReadonlyMap<CardPart, unknown>;
}
