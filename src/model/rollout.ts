/** Between *patched* and *quiet* lies the deployment: the places where the new key has to arrive. */

export type PlaceState = 'open' | 'done' | 'notNeeded';

/**
 * `workspace`: a folder that was patched and has to be deployed. `manual`: a reference that only a person can change.
 * `caller`: a caller of the old key that nothing in the workspace explains. `own`: added by the user.
 */
export type PlaceKind = 'workspace' | 'manual' | 'caller' | 'own';

/** One place of the roll-out list. */
export interface RolloutPlace {
  /** Stable: the same place has the same id in every reading. Begins with its kind and a colon. */
  readonly id: string;
  readonly kind: PlaceKind;
  /** What it is: the folder, the reference as `file:line`, the caller in short, or what the user wrote. */
  readonly service: string;
  readonly environment?: string;
  readonly owner?: string;
  readonly note?: string;
  readonly state: PlaceState;
}

/** What the journal keeps of a place: what the user said of it, and all of one that the user added. */
export interface KeptPlace {
  readonly id: string;
  readonly state: PlaceState;
  /** ms UTC. */
  readonly at: number;
  /** Of a place that the user added. */
  readonly service?: string;
  readonly environment?: string;
  readonly owner?: string;
  readonly note?: string;
}

/** What a user may write about a place, each field, in UTF-16 units. */
export const MAX_PLACE_TEXT = 200;
