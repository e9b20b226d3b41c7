import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Aap, type ClientKey, isClientKeyId } from '../../model/clientKey';
import type { Inventory, RegionEntry } from './inventory';

/** What the last reading found: names, ids and dates, no secrets. Lets a window show expiry before any network. */
export interface CachedInventory {
  readonly accountId: string;
  /** How far the service's clock was ahead of this machine's, ms. */
  readonly clockOffset: number;
  readonly regions: readonly RegionEntry[];
}

const VERSION = 1;

/** Writes the cache in one rename; two windows may do so at once, the last one wins. */
export async function writeInventoryCache(
  file: string,
  inventory: Inventory,
  clockOffset: number,
): Promise<void> {
  const accountId = inventory.account?.id;
  if (accountId === undefined) return;
  const regions = inventory.regions.map((region) => ({
    regionId: region.regionId,
    aaps: region.aaps.map(({ aap, keys }) => ({
      name: aap.aapName,
      authentication: aap.authentication,
      method: aap.authenticationMethod,
      keys: keys.map(({ id, createdAt, notBefore, notAfter }) => ({ id, createdAt, notBefore, notAfter })),
    })),
  }));
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, JSON.stringify({ version: VERSION, accountId, clockOffset, regions }));
  await rename(temporary, file);
}

/** The cache, or `undefined` if there is none or it cannot be understood: it is only a cache. */
export async function readInventoryCache(file: string): Promise<CachedInventory | undefined> {
  try {
    return parseInventoryCache(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Takes over only what has the expected shape; by hand, because this runs at start-up. */
export function parseInventoryCache(data: unknown): CachedInventory | undefined {
  if (!isRecord(data) || data.version !== VERSION || typeof data.accountId !== 'string') return undefined;
  const { accountId } = data;
  const clockOffset = typeof data.clockOffset === 'number' ? data.clockOffset : 0;
  const regions = list(data.regions).flatMap((region): RegionEntry[] => {
    if (typeof region.regionId !== 'string') return [];
    const { regionId } = region;
    const aaps = list(region.aaps).flatMap((entry) => {
      const aap = parseAap(entry, accountId, regionId);
      return aap
        ? [{ aap, keys: list(entry.keys).flatMap((key) => parseKey(key, aap)), status: 'stale' as const }]
        : [];
    });
    return [{ regionId, status: 'stale', aaps }];
  });
  return { accountId, clockOffset, regions };
}

function parseAap(entry: Record<string, unknown>, accountId: string, regionId: string): Aap | undefined {
  const { name, authentication, method } = entry;
  if (typeof name !== 'string' || typeof method !== 'string') return undefined;
  if (authentication !== 'clientKey' && authentication !== 'other') return undefined;
  return { accountId, regionId, aapName: name, authentication, authenticationMethod: method };
}

function parseKey(key: Record<string, unknown>, aap: Aap): ClientKey[] {
  const { id, createdAt, notBefore, notAfter } = key;
  if (typeof id !== 'string' || !isClientKeyId(id)) return [];
  if (typeof createdAt !== 'number' || typeof notBefore !== 'number' || typeof notAfter !== 'number')
    return [];
  const { accountId, regionId, aapName } = aap;
  return [{ accountId, regionId, aapName, id, createdAt, notBefore, notAfter }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
