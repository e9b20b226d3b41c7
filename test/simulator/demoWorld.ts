import { randomUUID } from 'node:crypto';
import { BILLING_JOB, ORDER_SERVICE } from './applications/callers';
import { createIdentity, createKeyPair, type Identity, type KeyPair } from './certificate';
import type { Call } from './log/callRow';
import { DAY_MS, rowsOfCalls } from './nextDay';
import { writePkcs12 } from './pkcs12';
import type { AccessKey, DownloadedCredential, StoredKey, World } from './world';

/** Credentials that exist in the simulator only; they are not secret. */
export const DEMO_ACCESS_KEY: AccessKey = {
  id: 'LTAISimulatorDemoKey',
  secret: 'simulator-only-not-a-secret-0001',
};
/** A temporary credential (STS), likewise. */
export const DEMO_STS_KEY: AccessKey = {
  id: 'STS.SimulatorDemoKey',
  secret: 'simulator-only-not-a-secret-0002',
  securityToken: 'simulator-only-session-token',
};

export const DEMO_ACCOUNT_ID = '1000000000000001';
export const DEMO_INSTANCE = 'kst-hzz65f0demo0payments';
export const DEMO_SHANGHAI_INSTANCE = 'kst-shh65f0demo0inventory';
export const DEMO_AAP = 'payments-aap';

const HISTORY_DAYS = 40;
const YEAR_DAYS = 365;

/** Keys of the demo: days before now at which they were made, and days that they still live: 12 and some hours stay 12. */
const KEYS = [
  { aapName: DEMO_AAP, regionId: 'cn-hangzhou', age: YEAR_DAYS - 12, left: 12.25 },
  { aapName: 'reports-aap', regionId: 'cn-hangzhou', age: 900, left: 5 * YEAR_DAYS - 900 },
  { aapName: 'reports-aap', regionId: 'cn-hangzhou', age: 400, left: 5 * YEAR_DAYS - 400 },
  { aapName: 'reports-aap', regionId: 'cn-hangzhou', age: 30, left: 5 * YEAR_DAYS - 30 },
  { aapName: 'inventory-aap', regionId: 'cn-shanghai', age: YEAR_DAYS - 300, left: 300 },
] as const;

/**
 * The world of the demo: `payments-aap` with one key that expires in 12 days and 40 days of calls by two applications, `reports-aap`
 * with three keys on the shared gateway, `batch-aap` by RAM role, and an AAP in Shanghai whose instance has no log.
 * Dates count from the machine's present.
 */
export async function demoWorld(): Promise<World> {
  const now = Math.floor(Date.now() / 1000) * 1000;
  // Nobody holds the private part of the others, so they can share a pair: generating one takes long.
  const [held, shared] = await Promise.all([createKeyPair(), createKeyPair()]);
  const [first, ...others] = KEYS;
  const payments = await makeKey(held, first, now);
  const unheld = await Promise.all(others.map((key) => makeKey(shared, key, now)));
  const keys = [payments, ...unheld].map(({ key }) => key);
  const world = createWorld(keys, downloadOf(payments));
  const history = world.callers.flatMap((call) => rowsOfCalls(world, call, now - HISTORY_DAYS * DAY_MS, now));
  history.sort((a, b) => a.at - b.at);
  return { ...world, history };
}

function createWorld(keys: StoredKey[], download: DownloadedCredential): World {
  const hangzhou = { regionId: 'cn-hangzhou' };
  const shanghai = { regionId: 'cn-shanghai' };
  const clientKey = { authenticationMethod: 'ClientKey' } as const;
  const callers = [ORDER_SERVICE, BILLING_JOB].map(
    (caller): Call => ({
      ...caller,
      ...hangzhou,
      at: 0,
      durationMs: 1,
      instanceId: DEMO_INSTANCE,
      keyId: download.keyId,
    }),
  );
  return {
    accountId: DEMO_ACCOUNT_ID,
    accessKeys: [DEMO_ACCESS_KEY, DEMO_STS_KEY],
    regions: ['cn-hangzhou', 'cn-shanghai', 'ap-southeast-1'],
    instances: [
      { id: DEMO_INSTANCE, ...hangzhou, logging: true },
      { id: DEMO_SHANGHAI_INSTANCE, ...shanghai, logging: false },
    ],
    policies: [
      { name: 'payments-policy', ...hangzhou, instanceId: DEMO_INSTANCE },
      { name: 'reports-policy', ...hangzhou },
      { name: 'batch-policy', ...hangzhou, instanceId: DEMO_INSTANCE },
      { name: 'inventory-policy', ...shanghai, instanceId: DEMO_SHANGHAI_INSTANCE },
    ],
    accessPoints: [
      {
        name: DEMO_AAP,
        ...hangzhou,
        ...clientKey,
        description: 'Orders and billing',
        policies: ['payments-policy'],
      },
      {
        name: 'reports-aap',
        ...hangzhou,
        ...clientKey,
        description: 'Reports',
        policies: ['reports-policy'],
      },
      {
        name: 'batch-aap',
        ...hangzhou,
        authenticationMethod: 'RAMRole',
        description: 'Nightly batch on ECS',
        policies: ['batch-policy'],
      },
      {
        name: 'inventory-aap',
        ...shanghai,
        ...clientKey,
        description: 'Inventory',
        policies: ['inventory-policy'],
      },
    ],
    keys,
    history: [],
    callers,
    downloads: new Map([[download.keyId, download]]),
  };
}

async function makeKey(
  pair: KeyPair,
  { aapName, regionId, age, left }: (typeof KEYS)[number],
  now: number,
): Promise<{ key: StoredKey; identity: Identity }> {
  const createdAt = now - age * DAY_MS;
  const notAfter = now + left * DAY_MS;
  const identity = await createIdentity(aapName, createdAt, notAfter, pair);
  const key: StoredKey = {
    id: `KAAP.${randomUUID()}`,
    aapName,
    regionId,
    createdAt,
    notBefore: createdAt,
    notAfter,
    certificatePem: identity.certificatePem,
    knownToGatewayAt: createdAt,
  };
  return { key, identity };
}

/** The password looks like those the console makes: 32 hexadecimal digits (docs/facts.md CRED-8). */
function downloadOf({ key, identity }: { key: StoredKey; identity: Identity }): DownloadedCredential {
  const password = randomUUID().replaceAll('-', '');
  return { keyId: key.id, privateKeyData: writePkcs12(identity, password), password };
}
