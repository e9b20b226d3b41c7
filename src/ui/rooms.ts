import { setTimeout as delay } from 'node:timers/promises';
import type { AuditOptions, createAuditReader } from '../cloud/audit/index';
import type { CloudOptions, createCloud } from '../cloud/index';
import type { NetworkSettings } from '../cloud/network/proxy';
import type { VerdictOptions } from '../model/verdict';
import type { Background, SecretVault } from '../rotation/ports';
import type { Rotations } from '../rotation/rotations';
import { loadAudit, loadCloud, loadRotation } from './lazyRooms';
import { once } from './once';

type Cloud = ReturnType<typeof createCloud>;
type Audit = ReturnType<typeof createAuditReader>;

export interface RoomParts {
  /** Global storage of the extension. */
  readonly storageFolder: string;
  readonly homeFolder: string;
  readonly userAgent: string;
  readonly vault: SecretVault;
  readonly typedKeys: NonNullable<CloudOptions['typedKeys']>;
  readonly background: Background;
  readonly endpoints: () => { kms: string; log: string };
  readonly network: () => NetworkSettings;
  readonly requestsPerSecond: () => number;
  readonly verdictOptions: () => VerdictOptions;
  readonly logOf: NonNullable<AuditOptions['logOf']>;
  readonly isTrusted: () => boolean;
  /** One line without secrets. */
  readonly log: (line: string) => void;
}

/** The rooms below, each built on first use and then kept. */
export interface Rooms {
  cloud(): Promise<Cloud>;
  audit(): Promise<Audit>;
  rotations(): Promise<Rotations>;
  /** The service's present for an account, ms UTC; `undefined` as long as it has not answered in this session. */
  serviceNow(accountId: string): number | undefined;
  dispose(): void;
}

export function createRooms(parts: RoomParts): Rooms {
  const { endpoints, network, userAgent, log } = parts;
  let cloud: Cloud | undefined;
  let rotations: Rotations | undefined;
  const loadedCloud = once(async () => {
    const { createCloud } = await loadCloud();
    cloud = createCloud({
      endpoints,
      network,
      requestsPerSecond: parts.requestsPerSecond,
      env: process.env,
      homeFolder: parts.homeFolder,
      userAgent,
      typedKeys: parts.typedKeys,
      isTrusted: parts.isTrusted,
      onEvent: log,
    });
    return cloud;
  });
  const loadedAudit = once(async () => {
    const { createAuditReader } = await loadAudit();
    return createAuditReader({
      cloud: await loadedCloud(),
      endpoints,
      network,
      logOf: parts.logOf,
      userAgent,
      onEvent: log,
    });
  });
  const loadedRotations = once(async () => {
    const [{ createRotations }, keys, audit] = await Promise.all([
      loadRotation(),
      loadedCloud(),
      loadedAudit(),
    ]);
    rotations = createRotations({
      folder: parts.storageFolder,
      keys,
      audit,
      vault: parts.vault,
      background: parts.background,
      clock: () => Date.now(),
      sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
      log,
      verdictOptions: parts.verdictOptions,
    });
    return rotations;
  });
  return {
    cloud: loadedCloud,
    audit: loadedAudit,
    rotations: loadedRotations,
    serviceNow: (accountId) => cloud?.toldTime(accountId),
    dispose: () => rotations?.dispose(),
  };
}
