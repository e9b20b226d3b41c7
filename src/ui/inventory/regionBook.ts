import type { AapRef, ClientKey } from '../../model/clientKey';
import type { AapEntry, RegionEntry } from './entries';

/** The regions of one account as far as they are known, with an index of their keys. */
export interface RegionBook {
  readonly regions: ReadonlyMap<string, RegionEntry>;
  key(keyId: string): ClientKey | undefined;
  keys(): Iterable<ClientKey>;
  aap(aap: AapRef): AapEntry | undefined;
  put(region: RegionEntry): void;
  /** Replaces an AAP that is still there. */
  putAap(entry: AapEntry): void;
  /** Drops all other regions and keeps the order of these. */
  keepOnly(regionIds: readonly string[]): void;
}

export function createRegionBook(): RegionBook {
  let regions = new Map<string, RegionEntry>();
  const byId = new Map<string, ClientKey>();

  /** Lists of keys are never changed in place, so a list that is the same needs no look. */
  function index(before: readonly AapEntry[], after: readonly AapEntry[]): void {
    if (before.length === 0) {
      for (const { keys } of after) for (const key of keys) byId.set(key.id, key);
      return;
    }
    const old = new Set(before.map(({ keys }) => keys));
    const current = new Set(after.map(({ keys }) => keys));
    for (const keys of old) if (!current.has(keys)) for (const { id } of keys) byId.delete(id);
    for (const keys of current) if (!old.has(keys)) for (const key of keys) byId.set(key.id, key);
  }

  function put(region: RegionEntry): void {
    index(regions.get(region.regionId)?.aaps ?? [], region.aaps);
    regions.set(region.regionId, region);
  }

  return {
    get regions() {
      return regions;
    },
    key: (keyId) => byId.get(keyId),
    keys: () => byId.values(),
    aap: ({ regionId, aapName }) => regions.get(regionId)?.aaps.find(({ aap }) => aap.aapName === aapName),
    put,
    putAap(entry) {
      const region = regions.get(entry.aap.regionId);
      if (!region) return;
      const aaps = region.aaps.map((old) => (old.aap.aapName === entry.aap.aapName ? entry : old));
      put({ ...region, aaps });
    },
    keepOnly(regionIds) {
      const kept = new Map<string, RegionEntry>();
      for (const id of regionIds) {
        const region = regions.get(id);
        if (region) kept.set(id, region);
      }
      for (const [id, region] of regions) if (!kept.has(id)) index(region.aaps, []);
      regions = kept;
    },
  };
}
