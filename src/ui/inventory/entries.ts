import type { AapReach } from '../../model/accessPointReach';
import type { Account } from '../../model/account';
import type { Aap, AapRef, ClientKey } from '../../model/clientKey';
import type { Signal } from '../signal';

/** `stale`: from an earlier reading, nothing under way. */
export type LoadStatus = 'stale' | 'loading' | 'ready' | 'failed';

export interface AapEntry {
  readonly aap: Aap;
  /** Without certificates: a thousand of them would be megabytes. */
  readonly keys: readonly ClientKey[];
  readonly status: LoadStatus;
  readonly error?: unknown;
  /** When its keys were last read, ms UTC of this machine; absent as long as they never were. */
  readonly readAt?: number;
  /** Where it leads; read when a user looks at it, then kept. */
  readonly reach?: AapReach;
  /** Why `reach` could not be read. */
  readonly reachError?: unknown;
}

/** What was found out about `ListClientKeys` without an AAP name in a region (docs/facts.md KMS-5). */
export type OneCall = 'works' | 'doesNot';

export interface RegionEntry {
  readonly accountId: string;
  readonly regionId: string;
  readonly status: LoadStatus;
  readonly error?: unknown;
  readonly aaps: readonly AapEntry[];
  /** When its AAPs were last listed, and their keys read, ms UTC of this machine. */
  readonly readAt?: number;
  readonly oneCall?: OneCall;
  /** When that was found out, ms UTC of this machine. */
  readonly oneCallAt?: number;
}

export interface AccountEntry {
  readonly account: Account;
  /** What the user calls it. */
  readonly name?: string;
  /** The regions that the user chose to see; absent: all are read, and those shown that hold AAPs. */
  readonly chosenRegions?: readonly string[];
  readonly status: LoadStatus;
  readonly error?: unknown;
  readonly regions: readonly RegionEntry[];
}

/** An account that the user wants to see. */
export interface ShownAccount {
  readonly account: Account;
  readonly name?: string;
  readonly chosenRegions?: readonly string[];
}

/** What a cache file or another window's reading says about one account. */
export interface KnownAccount {
  readonly accountId: string;
  readonly identity?: string;
  /** How far the service's clock was ahead of this machine's, ms. */
  readonly clockOffset: number;
  readonly regions: readonly RegionEntry[];
}

/** What the inventory asks the cloud. All throw `CloudError` alone. */
export interface KeyLists {
  listRegions(accountId: string, signal?: AbortSignal): Promise<readonly string[]>;
  listAaps(accountId: string, regionId: string, signal?: AbortSignal): Promise<readonly Aap[]>;
  listClientKeys(aap: AapRef, signal?: AbortSignal): Promise<readonly ClientKey[]>;
  /** The client keys of all AAPs of a region by one call, where the service does that. */
  listRegionKeys(accountId: string, regionId: string, signal?: AbortSignal): Promise<readonly ClientKey[]>;
  readReach(aap: AapRef, signal?: AbortSignal): Promise<AapReach>;
}

/** Whether somebody waits for a reading: calls of a `click` go before those of a `sweep`. */
export type Urgency = 'click' | 'sweep';

/** The keys of all accounts that are shown, as far as they are known; entries of an earlier reading stay until newer ones are there. */
export interface Inventory {
  readonly accounts: readonly AccountEntry[];
  /** Why sources of accounts could not be read (a damaged profile file); they stand in the view. */
  readonly problems: readonly unknown[];
  /** Whether a reading that the user can stop is under way. */
  readonly reading: boolean;
  readonly changed: Signal;
  account(accountId: string): AccountEntry | undefined;
  region(accountId: string, regionId: string): RegionEntry | undefined;
  aap(aap: AapRef): AapEntry | undefined;
  /** A key by its id, of whichever account. O(1): decorations and editors ask for each key they show. */
  key(keyId: string): ClientKey | undefined;
  /** Every key of every account. */
  keys(): readonly ClientKey[];
  /**
   * Shows these accounts from now on. Entries of an account that stays are kept if its identity is the same; what of another
   * identity was read is dropped and its readings are stopped.
   */
  show(accounts: readonly ShownAccount[], problems?: readonly unknown[]): void;
  /** Takes over what a cache says about an account that is shown, where it is newer than what is here. */
  takeKnown(known: KnownAccount): void;
  /**
   * Reads an account, or all, again. A call while one runs waits for that one. Never rejects: errors stand in the entries.
   * A `sweep` takes the list of regions from the last reading where there is one: it calls ListApplicationAccessPoints and
   * ListClientKeys, nothing else.
   */
  refresh(accountId?: string, urgency?: Urgency): Promise<void>;
  /** Reads one region, or one AAP of it, again. */
  refreshRegion(accountId: string, regionId: string): Promise<void>;
  refreshAap(aap: AapRef): Promise<void>;
  /**
   * Reads where an AAP leads: once in a session and after each `refresh` by a click, or `again`. Never rejects: what went
   * wrong stands in the entry.
   */
  readReach(aap: AapRef, again?: boolean): Promise<void>;
  /** Stops what is being read of an account, or of all; what has arrived stays. */
  stop(accountId?: string): void;
}
