import type { LogRow } from './log/auditLog';
import type { Call } from './log/callRow';

/** The state of the simulated account. Plain data, so that tests can build any world they need. */

/** An AccessKey that may call KMS and the log service; with `securityToken` it is a temporary one (STS). */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly securityToken?: string;
}

export interface KmsInstance {
  /** `kst-…` */
  readonly id: string;
  readonly regionId: string;
  /** Whether Simple Log Service for KMS was bought: without it the log project does not exist. */
  logging: boolean;
}

/** What an AAP may do, and on which instance. Without `instanceId` its scope is the shared KMS gateway. */
interface Policy {
  readonly name: string;
  readonly regionId: string;
  readonly instanceId?: string;
}

interface AccessPoint {
  readonly name: string;
  readonly regionId: string;
  readonly authenticationMethod: 'ClientKey' | 'RAMRole';
  readonly description: string;
  readonly policies: readonly string[];
}

/** A client key on the server: the private part is never kept, as in the real service. */
export interface StoredKey {
  /** `KAAP.<uuid>` */
  readonly id: string;
  readonly aapName: string;
  readonly regionId: string;
  /** Server times in ms. */
  readonly createdAt: number;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly certificatePem: string;
  /** Server time at which the gateway begins to know the key. */
  readonly knownToGatewayAt: number;
  /** Server time of the deletion, ms. */
  deletedAt?: number;
}

export interface World {
  readonly accountId: string;
  readonly accessKeys: readonly AccessKey[];
  readonly regions: readonly string[];
  readonly instances: KmsInstance[];
  readonly policies: Policy[];
  readonly accessPoints: AccessPoint[];
  readonly keys: StoredKey[];
  /** Calls that are in the log from the beginning, oldest first. */
  readonly history: readonly LogRow[];
  /** The latest call of each application in that history: what `nextDay` goes on with. */
  readonly callers: readonly Call[];
  /** Passwords and credential files of keys that somebody "downloaded" before the simulator began, by key id. */
  readonly downloads: ReadonlyMap<string, DownloadedCredential>;
}

/** What the console would have put into the downloads folder. */
export interface DownloadedCredential {
  readonly keyId: string;
  readonly privateKeyData: string;
  readonly password: string;
}

/** The key with this id that is not deleted. */
export function findKey(world: World, id: string): StoredKey | undefined {
  return world.keys.find((key) => key.id === id && key.deletedAt === undefined);
}

/** The keys of one AAP that are not deleted. */
export function keysOfAap(world: World, regionId: string, aapName: string): StoredKey[] {
  return world.keys.filter(
    (key) => key.regionId === regionId && key.aapName === aapName && key.deletedAt === undefined,
  );
}

/** The instances that the policies of an AAP reach. */
export function instancesOfAap(world: World, regionId: string, aapName: string): string[] {
  const aap = world.accessPoints.find((each) => each.regionId === regionId && each.name === aapName);
  return world.policies
    .filter((policy) => policy.regionId === regionId && aap?.policies.includes(policy.name))
    .flatMap((policy) => policy.instanceId ?? []);
}
