import './lz4Alias';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type AuditOptions, type AuditReader, createAuditReader } from '../../../../src/cloud/audit/index';
import type { InstanceEvidence } from '../../../../src/model/evidence';
import type { AuditReader as AuditPort } from '../../../../src/rotation/ports';
import {
  DEMO_ACCESS_KEY,
  demoWorld,
  type RecordedRequest,
  type Simulator,
  startSimulator,
  type World,
} from '../../../simulator/index';
import { cloudOn, DAY_MS, endpointsOf, environmentOf, PAYMENTS } from '../support';

/** The demo's log with a second, unused key; made anew for every test, because tests change the log. */
export interface DemoLog {
  simulator: Simulator;
  oldKey: { id: string; createdAt: number; notAfter: number };
  newKeyId: string;
}

/** Registers the hooks of a suite. The fields of the result are filled before each test. */
export function useDemoLog(): DemoLog {
  const scene = {} as DemoLog;
  let demo: World;
  before(async () => {
    demo = await demoWorld();
  });
  beforeEach(async () => {
    const [key] = demo.keys;
    assert.ok(key);
    const now = Date.now();
    const newKeyId = `KAAP.${randomUUID()}`;
    const newKey = { ...key, id: newKeyId, createdAt: now, notBefore: now, notAfter: now + 365 * DAY_MS };
    const simulator = await startSimulator({
      world: {
        ...demo,
        keys: [...demo.keys.map((each) => ({ ...each })), newKey],
        instances: demo.instances.map((each) => ({ ...each })),
      },
    });
    const oldKey = { id: key.id, createdAt: key.createdAt, notAfter: key.notAfter };
    Object.assign(scene, { simulator, newKeyId, oldKey });
  });
  afterEach(() => scene.simulator.stop());
  return scene;
}

/** A reader on a simulator; it must fit the port that rotation/ gives it to. */
export function readerOn(
  simulator: Simulator,
  onEvent: (line: string) => void = () => {},
  options: Partial<AuditOptions> = {},
): AuditReader & AuditPort {
  return createAuditReader({
    cloud: cloudOn(simulator, { env: environmentOf(DEMO_ACCESS_KEY) }),
    endpoints: () => endpointsOf(simulator),
    userAgent: 'kms-client-keys/test',
    onEvent,
    ...options,
  });
}

/** The evidence of the demo's one instance. */
export async function readDemo({ simulator, oldKey, newKeyId }: DemoLog): Promise<InstanceEvidence> {
  const evidence = await readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
  assert.equal(evidence.instances.length, 1);
  const [instance] = evidence.instances;
  assert.ok(instance);
  return instance;
}

export async function logRequestsOf(simulator: Simulator): Promise<RecordedRequest[]> {
  return (await simulator.control.requests()).filter((request) => request.service === 'log');
}
