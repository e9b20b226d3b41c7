import type { AapReach } from '../../model/accessPointReach';
import { type Aap, type ClientKey, isClientKeyId } from '../../model/clientKey';
import type { AapEntry, KnownAccount, RegionEntry } from './entries';

const VERSION = 2;

/** The text of a cache file. Keys are short lists: twenty thousand of them are parsed before anything is shown. */
export function cachedText({ accountId, identity, clockOffset, regions }: KnownAccount): string {
  return JSON.stringify({
    version: VERSION,
    accountId,
    identity,
    clockOffset,
    regions: regions.map(({ regionId, readAt, oneCall, oneCallAt, aaps }) => ({
      regionId,
      readAt,
      oneCall,
      oneCallAt,
      aaps: aaps.map((entry) => ({
        name: entry.aap.aapName,
        authentication: entry.aap.authentication,
        method: entry.aap.authenticationMethod,
        readAt: entry.readAt,
        reach: entry.reach,
        keys: entry.keys.map(({ id, createdAt, notBefore, notAfter }) => [
          id,
          createdAt,
          notBefore,
          notAfter,
        ]),
      })),
    })),
  });
}

/**
 * Takes over only what has the expected shape; by hand, because this runs before anything is shown.
 * @throws SyntaxError for what is not JSON
 */
export function parseCache(text: string): KnownAccount | undefined {
  const data: unknown = JSON.parse(text);
  if (!isRecord(data) || data.version !== VERSION || typeof data.accountId !== 'string') return undefined;
  const { accountId, identity } = data;
  return {
    accountId,
    ...(typeof identity === 'string' && { identity }),
    clockOffset: numberIn(data, 'clockOffset') ?? 0,
    regions: records(data.regions).flatMap((region) => parseRegion(region, accountId)),
  };
}

function parseRegion(region: Record<string, unknown>, accountId: string): RegionEntry[] {
  const { regionId, oneCall } = region;
  if (typeof regionId !== 'string') return [];
  const readAt = numberIn(region, 'readAt');
  const oneCallAt = numberIn(region, 'oneCallAt');
  return [
    {
      accountId,
      regionId,
      status: 'stale',
      aaps: records(region.aaps).flatMap((entry) => parseAap(entry, accountId, regionId)),
      ...(readAt !== undefined && { readAt }),
      ...((oneCall === 'works' || oneCall === 'doesNot') && { oneCall }),
      ...(oneCallAt !== undefined && { oneCallAt }),
    },
  ];
}

function parseAap(entry: Record<string, unknown>, accountId: string, regionId: string): AapEntry[] {
  const { name, authentication, method, keys } = entry;
  if (typeof name !== 'string' || typeof method !== 'string') return [];
  if (authentication !== 'clientKey' && authentication !== 'other') return [];
  const aap: Aap = { accountId, regionId, aapName: name, authentication, authenticationMethod: method };
  const readAt = numberIn(entry, 'readAt');
  const reach = parseReach(entry.reach);
  return [
    {
      aap,
      keys: Array.isArray(keys) ? keys.flatMap((key) => parseKey(key, aap)) : [],
      status: 'stale',
      ...(readAt !== undefined && { readAt }),
      ...(reach && { reach }),
    },
  ];
}

function parseKey(key: unknown, { accountId, regionId, aapName }: Aap): ClientKey[] {
  if (!Array.isArray(key)) return [];
  const [id, createdAt, notBefore, notAfter]: unknown[] = key;
  if (typeof id !== 'string' || !isClientKeyId(id)) return [];
  if (typeof createdAt !== 'number' || typeof notBefore !== 'number' || typeof notAfter !== 'number')
    return [];
  return [{ accountId, regionId, aapName, id, createdAt, notBefore, notAfter }];
}

function parseReach(reach: unknown): AapReach | undefined {
  if (!isRecord(reach) || typeof reach.sharedGateway !== 'boolean') return undefined;
  const { arn, uid, sharedGateway } = reach;
  return {
    ...(typeof arn === 'string' && { arn }),
    ...(typeof uid === 'string' && { uid }),
    sharedGateway,
    instances: records(reach.instances).flatMap(({ id, logBought }) =>
      typeof id === 'string'
        ? [{ id, logBought: typeof logBought === 'boolean' ? logBought : undefined }]
        : [],
    ),
  };
}

function numberIn(record: Record<string, unknown>, name: string): number | undefined {
  const value = record[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
