import { randomUUID } from 'node:crypto';
import { createIdentity } from './certificate';
import { DEMO_AAP } from './demoWorld';
import { DAY_MS } from './nextDay';
import type { AccessKey, World } from './world';

/** Of the second account; it exists in the simulator only and is not secret. */
export const SECOND_ACCESS_KEY: AccessKey = {
  id: 'LTAISimulatorSecondKey',
  secret: 'simulator-only-not-a-secret-0003',
};
/** A temporary credential (STS) of the second account, likewise. */
export const SECOND_STS_KEY: AccessKey = {
  id: 'STS.SimulatorSecondKey',
  secret: 'simulator-only-not-a-secret-0004',
  securityToken: 'simulator-only-second-session-token',
};
export const SECOND_ACCOUNT_ID = '1000000000000002';

const REGION = 'cn-hangzhou';
export const SECOND_INSTANCE = 'kst-hzz65f0second0payments';

/**
 * Another Alibaba Cloud account beside that of the demo, with the names of the demo: in the same region an AAP
 * `payments-aap` with one key of its own, which lives for 200 days.
 */
export async function secondWorld(): Promise<World> {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const notAfter = now + 200 * DAY_MS;
  const { certificatePem } = await createIdentity(DEMO_AAP, now, notAfter);
  return {
    accountId: SECOND_ACCOUNT_ID,
    accessKeys: [SECOND_ACCESS_KEY, SECOND_STS_KEY],
    regions: [REGION, 'ap-southeast-1'],
    instances: [{ id: SECOND_INSTANCE, regionId: REGION, logging: true }],
    policies: [{ name: 'payments-policy', regionId: REGION, instanceId: SECOND_INSTANCE }],
    accessPoints: [
      {
        name: DEMO_AAP,
        regionId: REGION,
        authenticationMethod: 'ClientKey',
        description: 'Payments of the second account',
        policies: ['payments-policy'],
      },
    ],
    keys: [
      {
        id: `KAAP.${randomUUID()}`,
        aapName: DEMO_AAP,
        regionId: REGION,
        createdAt: now,
        notBefore: now,
        notAfter,
        certificatePem,
        knownToGatewayAt: now,
      },
    ],
    history: [],
    callers: [],
    downloads: new Map(),
  };
}
