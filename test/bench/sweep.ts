import path from 'node:path';
import { type Cloud, createCloud } from '../../src/cloud/index';
import { IN_FLIGHT } from '../../src/cloud/limiter';
import { createInventory } from '../../src/ui/inventory/inventory';
import { startGuarded } from '../host/guardedProcess';
import { step } from '../run/step';
import { type Control, connectControl, DEMO_ACCESS_KEY, type RecordedRequest } from '../simulator';
import { atMost, type Figure } from './figure';

const ACCOUNT = { id: 'environment', kind: 'environment' } as const;
const REGIONS = 25;
const AAPS_PER_REGION = 40;
const KEYS_PER_AAP = 2;
const LATENCY_MS = 80;
const PER_SECOND = 10;
/** The fastest counts: what else runs on the machine only adds to the others. */
const ROUNDS = 3;
const SHORT_ROUNDS = 6;
/** What the service allows when it allows less, and how long a sweep may take to find that out. */
const FEWER_PER_SECOND = 4;
const LEARNING_MS = 5000;

interface Sweep {
  readonly ms: number;
  readonly began: number;
  readonly requests: readonly RecordedRequest[];
}

/**
 * The sweep of a company's account, all AAPs and keys of all regions, against a simulator that answers after 80 ms. The bound is
 * what nobody can beat: the larger of the calls' latency over those in flight, and the calls of a region over its rate.
 */
export async function benchSweep(): Promise<Figure[]> {
  const simulator = startGuarded(process.execPath, [
    ...['--import', 'tsx', path.join(__dirname, 'sweepSimulator.ts')],
    ...[REGIONS, AAPS_PER_REGION, KEYS_PER_AAP].map(String),
  ]);
  try {
    const [, url = ''] = await simulator.waitFor(/listening on (\S+)/, 60_000);
    const control = connectControl(url);
    await control.setLatency(LATENCY_MS);
    // Reading and compiling our own code is not the sweep's time.
    await step('warm-up', () => sweep(url, control));
    await control.setQps(PER_SECOND);
    const together = await sweeps('one call per region', SHORT_ROUNDS, url, control);
    await control.setRegionList('refused');
    const alone = await sweeps('one call per AAP', ROUNDS, url, control);
    await control.setQps(FEWER_PER_SECOND);
    const slow = await step(`one call per AAP, ${FEWER_PER_SECOND} a second`, () => sweep(url, control));
    const late = slow.requests.filter(({ at }) => at > slow.began + LEARNING_MS);
    const throttled = [...together, ...alone].flatMap(({ requests }) => requests.filter(isThrottled));
    const boundTogether = boundOf(REGIONS * 2, 2);
    const boundAlone = boundOf(REGIONS * (1 + AAPS_PER_REGION), 1 + AAPS_PER_REGION);
    const ratio = (runs: readonly Sweep[], bound: number) => Math.min(...runs.map(({ ms }) => ms)) / bound;
    return [
      atMost('sweep', 'boundMs', boundAlone, 'ms', null),
      atMost('sweep', 'ratioToBound', ratio(alone, boundAlone), '', 1.25),
      atMost('sweep', 'boundOneCallMs', boundTogether, 'ms', null),
      atMost('sweep', 'ratioToBoundOneCall', ratio(together, boundTogether), '', 1.25),
      atMost('sweep', 'throttled', throttled.length, '', 0),
      atMost('sweep', 'throttledAfter5s', (late.filter(isThrottled).length / late.length) * 100, '%', 1),
    ];
  } finally {
    await simulator.stop();
  }
}

async function sweeps(name: string, rounds: number, url: string, control: Control): Promise<Sweep[]> {
  const runs: Sweep[] = [];
  for (let round = 1; round <= rounds; round += 1)
    runs.push(await step(`${name} ${round} of ${rounds}`, () => sweep(url, control)));
  return runs;
}

/** ms that so many calls take at least. */
function boundOf(calls: number, callsPerRegion: number): number {
  return Math.max((calls * LATENCY_MS) / IN_FLIGHT.sweep, (callsPerRegion / PER_SECOND) * 1000);
}

/** One sweep by a cloud and an inventory that have just begun and know the regions alone. */
async function sweep(url: string, control: Control): Promise<Sweep> {
  const cloud = cloudAt(url);
  const regionIds = await cloud.listRegions(ACCOUNT.id);
  // What an earlier sweep or the list of regions has used up of the second does not count.
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const inventory = createInventory({
    lists: async (urgency) => (urgency === 'sweep' ? cloud.background : cloud),
  });
  inventory.show([{ account: ACCOUNT }]);
  inventory.takeKnown({
    accountId: ACCOUNT.id,
    clockOffset: 0,
    regions: regionIds.map((regionId) => ({
      accountId: ACCOUNT.id,
      regionId,
      status: 'stale' as const,
      aaps: [],
    })),
  });
  const before = (await control.requests()).length;
  const began = Date.now();
  const start = performance.now();
  await inventory.refresh(ACCOUNT.id, 'sweep');
  const ms = performance.now() - start;
  const keys = inventory.keys().length;
  if (keys !== REGIONS * AAPS_PER_REGION * KEYS_PER_AAP) throw new Error(`The sweep found ${keys} keys.`);
  const requests = (await control.requests()).slice(before);
  const other = requests.find(({ action }) => !/^List(ApplicationAccessPoints|ClientKeys)$/.test(action));
  if (other) throw new Error(`A sweep must not call ${other.action}.`);
  return { ms, began, requests };
}

function cloudAt(url: string): Cloud {
  return createCloud({
    endpoints: () => ({ kms: `${url}/kms/{region}`, log: url }),
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: DEMO_ACCESS_KEY.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEMO_ACCESS_KEY.secret,
    },
    homeFolder: path.join(__dirname, 'no-such-home'),
    userAgent: 'kms-client-keys/bench',
    isTrusted: () => true,
  });
}

function isThrottled(request: RecordedRequest): boolean {
  return request.status === 429;
}
