import { createIdentity } from './certificate';
import { DEMO_ACCESS_KEY, DEMO_STS_KEY } from './demoWorld';
import { DAY_MS } from './nextDay';
import type { StoredKey, World } from './world';

export interface Estate {
  readonly regions: number;
  readonly aapsPerRegion: number;
  readonly keysPerAap: number;
  /** That of the demo and its AccessKeys, where nothing is said. */
  readonly accountId?: string;
  readonly accessKeys?: World['accessKeys'];
}

/** Regions of KMS, the large ones first. */
const REGIONS = [
  ...['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'cn-shenzhen', 'ap-southeast-1', 'cn-hongkong'],
  ...['cn-guangzhou', 'cn-chengdu', 'cn-zhangjiakou', 'cn-qingdao', 'cn-huhehaote', 'cn-wulanchabu'],
  ...['cn-heyuan', 'us-west-1', 'us-east-1', 'eu-central-1', 'eu-west-1', 'ap-northeast-1'],
  ...['ap-southeast-3', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ap-northeast-2'],
  ...['me-east-1', 'me-central-1'],
];
/** Days that keys still live, in turn: some of every state. */
const DAYS_LEFT = [400, 1500, 200, 900, 80, 1200, 20, 700, 5, 300, 1000, -3];
const VALIDITY_DAYS = 1825;

/**
 * The account of a whole company: many regions with many AAPs by client key, `aap-0001` and so on in every region, each with
 * an instance with an audit log. All keys have the same certificate, so that the world is made at once.
 */
export async function estateWorld(estate: Estate): Promise<World> {
  const accountId = estate.accountId ?? '1000000000000025';
  const now = Math.floor(Date.now() / 1000) * 1000;
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const regions = numbers(estate.regions).map((index) => REGIONS[index] ?? `region-${index + 1}`);
  const { certificatePem } = await createIdentity('aap', now - VALIDITY_DAYS * DAY_MS, now + DAY_MS);
  const instanceOf = (regionId: string) => `kst-estate${regions.indexOf(regionId)}`;
  const accessPoints = regions.flatMap((regionId) =>
    numbers(estate.aapsPerRegion).map((index) => ({
      name: `aap-${String(index + 1).padStart(4, '0')}`,
      regionId,
      authenticationMethod: 'ClientKey' as const,
      description: '',
      policies: ['policy'],
    })),
  );
  const keys = accessPoints.flatMap(({ name, regionId }, aap) =>
    numbers(estate.keysPerAap).map((key): StoredKey => {
      const index = aap * estate.keysPerAap + key;
      const notAfter = now + (DAYS_LEFT[index % DAYS_LEFT.length] ?? 0) * DAY_MS + 3_600_000;
      const createdAt = notAfter - VALIDITY_DAYS * DAY_MS;
      return {
        id: `KAAP.${accountId.slice(-8)}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
        aapName: name,
        regionId,
        createdAt,
        notBefore: createdAt,
        notAfter,
        certificatePem,
        knownToGatewayAt: createdAt,
      };
    }),
  );
  return {
    accountId,
    accessKeys: estate.accessKeys ?? [DEMO_ACCESS_KEY, DEMO_STS_KEY],
    regions,
    instances: regions.map((regionId) => ({ id: instanceOf(regionId), regionId, logging: true })),
    policies: regions.map((regionId) => ({ name: 'policy', regionId, instanceId: instanceOf(regionId) })),
    accessPoints,
    keys,
    history: [],
    callers: [],
    downloads: new Map(),
  };
}
