import type { AapReach } from '../../model/accessPointReach';
import { type Aap, type ClientKey, isClientKeyId } from '../../model/clientKey';
import type { AapEntry, KnownAccount, RegionEntry } from './entries';

/*
 * Twenty thousand keys are read before anything is shown, so what is usual is left out, the keys of an AAP are one flat list
 * (id, created, valid from, valid until, and the next id; times in seconds, as the service has them), and each region is a
 * line of its own, whose raw form is garbage before the next one is parsed.
 */

const VERSION = 2;
/** The method of an AAP that says none. */
const USUAL_METHOD = 'ClientKey';

/** The text of a cache file. */
export function cachedText({ accountId, identity, clockOffset, regions }: KnownAccount): string {
  const head = { version: VERSION, accountId, identity, clockOffset, regions: regions.length };
  const lines = regions.map(({ regionId, readAt, oneCall, oneCallAt, aaps }) => ({
    regionId,
    readAt,
    oneCall,
    oneCallAt,
    aaps: aaps.map((entry) => cachedAap(entry, readAt ?? 0)),
  }));
  return [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function cachedAap({ aap, readAt, reach, keys }: AapEntry, regionReadAt: number) {
  const method = aap.authenticationMethod;
  return {
    name: aap.aapName,
    ...(method !== USUAL_METHOD && { method }),
    ...(aap.authentication !== 'clientKey' && { other: true }),
    // After its region, ms.
    ...(readAt !== undefined && readAt !== regionReadAt && { after: readAt - regionReadAt }),
    ...(readAt === undefined && { unread: true }),
    ...(keys.length > 0 && {
      keys: keys.flatMap(({ id, createdAt, notBefore, notAfter }) => [
        id,
        ...[createdAt, notBefore, notAfter].map((ms) => ms / 1000),
      ]),
    }),
    ...(reach && { reach }),
  };
}

/**
 * Takes over only what has the expected shape; by hand, because this runs before anything is shown.
 * @throws SyntaxError for what is not JSON
 */
export function parseCache(text: string): KnownAccount | undefined {
  const [first = '', ...lines] = text.split('\n');
  const head: unknown = JSON.parse(first);
  if (!isRecord(head) || head.version !== VERSION || typeof head.accountId !== 'string') return undefined;
  // Behind the last line feed there is nothing; without it, the file was cut.
  if (lines.pop() !== '' || lines.length !== head.regions) return undefined;
  const { accountId, identity } = head;
  return {
    accountId,
    ...(typeof identity === 'string' && { identity }),
    clockOffset: numberIn(head, 'clockOffset') ?? 0,
    regions: lines.flatMap((line) => parseRegion(JSON.parse(line), accountId)),
  };
}

function parseRegion(region: unknown, accountId: string): RegionEntry[] {
  if (!isRecord(region) || typeof region.regionId !== 'string') return [];
  const { regionId, oneCall } = region;
  const readAt = numberIn(region, 'readAt');
  const oneCallAt = numberIn(region, 'oneCallAt');
  const aaps: AapEntry[] = [];
  for (const entry of records(region.aaps)) {
    const parsed = parseAap(entry, accountId, regionId, readAt ?? 0);
    if (parsed) aaps.push(parsed);
  }
  return [
    {
      accountId,
      regionId,
      status: 'stale',
      aaps,
      ...(readAt !== undefined && { readAt }),
      ...((oneCall === 'works' || oneCall === 'doesNot') && { oneCall }),
      ...(oneCallAt !== undefined && { oneCallAt }),
    },
  ];
}

function parseAap(
  entry: Record<string, unknown>,
  accountId: string,
  regionId: string,
  regionReadAt: number,
): AapEntry | undefined {
  const { name, method = USUAL_METHOD, other, unread } = entry;
  if (typeof name !== 'string' || typeof method !== 'string') return undefined;
  const aap: Aap = {
    accountId,
    regionId,
    aapName: name,
    authentication: other === true ? 'other' : 'clientKey',
    authenticationMethod: method,
  };
  const parsed: Writable<AapEntry> = { aap, keys: parseKeys(entry.keys, aap), status: 'stale' };
  if (unread !== true) parsed.readAt = regionReadAt + (numberIn(entry, 'after') ?? 0);
  const reach = parseReach(entry.reach);
  if (reach) parsed.reach = reach;
  return parsed;
}

/** Filled in step by step: spreading thousands of objects takes its time. */
type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

function parseKeys(list: unknown, { accountId, regionId, aapName }: Aap): ClientKey[] {
  if (!Array.isArray(list)) return [];
  const flat: readonly unknown[] = list;
  const keys: ClientKey[] = [];
  for (let at = 0; at + 3 < flat.length; at += 4) {
    const id = flat[at];
    const createdAt = millisecondsOf(flat[at + 1]);
    const notBefore = millisecondsOf(flat[at + 2]);
    const notAfter = millisecondsOf(flat[at + 3]);
    if (typeof id !== 'string' || !isClientKeyId(id)) continue;
    if (createdAt === undefined || notBefore === undefined || notAfter === undefined) continue;
    keys.push({ accountId, regionId, aapName, id, createdAt, notBefore, notAfter });
  }
  return keys;
}

function millisecondsOf(seconds: unknown): number | undefined {
  // Beyond that there is no date, and no words for it.
  const isTime = typeof seconds === 'number' && Math.abs(seconds) <= 8.64e12;
  return isTime ? Math.round(seconds * 1000) : undefined;
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
