import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CloudError, isCloudError } from '../../../../src/model/cloudError';
import type { Inventory } from '../../../../src/ui/inventory/entries';
import { createInventory } from '../../../../src/ui/inventory/inventory';
import {
  type AccessKey,
  DEMO_ACCESS_KEY,
  DEMO_STS_KEY,
  estateWorld,
  type Fault,
  type Simulator,
  startSimulator,
  type World,
} from '../../../simulator';
import { type Mishap, mishapsOf } from '../../cloud/mishaps';
import { assertClean, cloudOn, environmentOf, withFolder } from '../../cloud/support';

/** The account whose calls fail, and one beside it whose calls do not. */
const ACCOUNT = { id: 'environment', kind: 'environment' } as const;
const OTHER_KEY: AccessKey = { id: 'LTAIOther', secret: 'canary-secret-of-the-other' };
const REGION = 'cn-hangzhou';
const FIRST = { accountId: ACCOUNT.id, regionId: REGION, aapName: 'aap-0001' };
const READ_MS = 300;
/** Where nothing has to run out of time, a busy machine must not make it. */
const LONG_MS = 10_000;

const MISHAPS = mishapsOf(READ_MS);

/** The part of the tree that a call fills: what stands for it, and how a user asks for it again. */
interface Part {
  readonly error: (inventory: Inventory) => unknown;
  readonly retry: (inventory: Inventory) => Promise<void>;
  /** What is left of a right tree when this part is missing. */
  readonly rest: (tree: Tree) => Tree;
}

const WHOLE_ACCOUNT: Part = {
  error: (inventory) => inventory.account(ACCOUNT.id)?.error,
  retry: (inventory) => inventory.refresh(ACCOUNT.id),
  rest: (tree) => tree.filter(([place]) => !place.startsWith(`${ACCOUNT.id}/`)),
};
const ONE_REGION: Part = {
  error: (inventory) => inventory.region(ACCOUNT.id, REGION)?.error,
  retry: (inventory) => inventory.refreshRegion(ACCOUNT.id, REGION),
  rest: (tree) => tree.filter(([place]) => !place.startsWith(`${ACCOUNT.id}/${REGION}/`)),
};
const ONE_AAP: Part = {
  error: (inventory) => inventory.aap(FIRST)?.error,
  retry: (inventory) => inventory.refreshAap(FIRST),
  rest: (tree) => tree.filter(([place]) => !place.startsWith(`${ACCOUNT.id}/${REGION}/${FIRST.aapName}/`)),
};
/** The call for all keys of a region is a short cut: without it, everything is found the other way. */
const NOTHING: Part = { error: () => undefined, retry: () => Promise.resolve(), rest: (tree) => tree };

interface Call {
  readonly action: string;
  readonly where?: Readonly<Record<string, string>>;
  readonly part: Part;
  readonly key: AccessKey;
}

const CALLS: Readonly<Record<string, Call>> = {
  'DescribeRegions, signed by the KMS SDK': {
    action: 'DescribeRegions',
    part: WHOLE_ACCOUNT,
    key: DEMO_ACCESS_KEY,
  },
  'DescribeRegions with a session token': {
    action: 'DescribeRegions',
    part: WHOLE_ACCOUNT,
    key: DEMO_STS_KEY,
  },
  ListApplicationAccessPoints: {
    action: 'ListApplicationAccessPoints',
    part: ONE_REGION,
    key: DEMO_STS_KEY,
  },
  'ListApplicationAccessPoints, page 2': {
    action: 'ListApplicationAccessPoints',
    where: { PageNumber: '2' },
    part: ONE_REGION,
    key: DEMO_ACCESS_KEY,
  },
  'ListClientKeys of an AAP': {
    action: 'ListClientKeys',
    where: { AapName: FIRST.aapName },
    part: ONE_AAP,
    key: DEMO_STS_KEY,
  },
  'ListClientKeys of a region': {
    action: 'ListClientKeys',
    where: { AapName: '' },
    part: NOTHING,
    key: DEMO_ACCESS_KEY,
  },
};

/** Every key with its place, in a form that is easily compared. */
type Tree = readonly (readonly [place: string, status: string])[];

function treeOf(inventory: Inventory): Tree {
  return inventory.accounts.flatMap(({ account, regions }) =>
    regions.flatMap(({ regionId, aaps }) =>
      aaps.flatMap(({ aap, keys, status }) =>
        (aap.authentication === 'clientKey' ? keys.map(({ id }) => id) : ['by role']).map(
          (id) => [`${account.id}/${regionId}/${aap.aapName}/${id}`, status] as const,
        ),
      ),
    ),
  );
}

/** Two regions; the first has its second AAP by client key on the second page. */
async function twoPages(): Promise<World> {
  const world = await estateWorld({ regions: 2, aapsPerRegion: 2, keysPerAap: 2 });
  const byRole = Array.from({ length: 99 }, (_, index) => ({
    name: `role-${index}`,
    regionId: REGION,
    authenticationMethod: 'RAMRole' as const,
    description: '',
    policies: [],
  }));
  world.accessPoints.splice(1, 0, ...byRole);
  return world;
}

describe('the tree when a call of its reading fails', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let cells = 0;
  let failures = 0;
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  before(async () => {
    const other = { accountId: '2000000000000002', accessKeys: [OTHER_KEY] };
    simulator = await startSimulator({
      world: await twoPages(),
      others: [await estateWorld({ regions: 1, aapsPerRegion: 2, keysPerAap: 1, ...other })],
    });
    process.on('unhandledRejection', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await simulator.stop();
    console.log(`    fault matrix: ${cells} cells, ${failures} failures`);
  });
  beforeEach(async () => {
    await simulator.control.clearFaults();
    cells += 1;
  });
  afterEach(function () {
    if (this.currentTest?.state === 'failed') failures += 1;
  });

  /** An inventory of both accounts that has read nothing yet. */
  const start = async (home: string, key: AccessKey, lines: string[], readMs = LONG_MS) => {
    await mkdir(path.join(home, '.aliyun'));
    const profile = { name: 'other', mode: 'AK', access_key_id: OTHER_KEY.id };
    const profiles = [{ ...profile, access_key_secret: OTHER_KEY.secret }];
    await writeFile(path.join(home, '.aliyun', 'config.json'), JSON.stringify({ profiles }));
    const cloud = cloudOn(simulator, {
      env: environmentOf(key),
      homeFolder: home,
      onEvent: (line) => lines.push(line),
      timeouts: { read: readMs, backoff: 5 },
      requestsPerSecond: () => 1000,
    });
    const { accounts } = await cloud.listAccounts();
    const inventory = createInventory({
      lists: async (urgency) => (urgency === 'sweep' ? cloud.background : cloud),
    });
    inventory.show(accounts.map((account) => ({ account })));
    return inventory;
  };

  for (const [callName, call] of Object.entries(CALLS))
    for (const [mishapName, mishap] of Object.entries(MISHAPS))
      it(`${callName}: ${mishapName}`, () =>
        withFolder(async (home) => {
          const lines: string[] = [];
          const readMs = mishap.kinds.includes('timeout') ? READ_MS : LONG_MS;
          const inventory = await start(home, call.key, lines, readMs);
          const right = await rightTree();
          // So that AAPs are asked one by one where it is that call which fails.
          await simulator.control.setRegionList(call.part === ONE_AAP ? 'refused' : 'all');
          await simulator.control.injectFault({
            ...mishap.fault(`kms:${call.action}`),
            action: call.action,
            ...(call.action !== 'DescribeRegions' && { region: REGION }),
            ...(call.where && { where: call.where }),
          } as Fault);

          await inventory.refresh();
          assert.deepEqual(call.part.rest(treeOf(inventory)), call.part.rest(right));
          if (call.part !== NOTHING) await checkError(call.part.error(inventory), call, mishap);
          assert.notDeepEqual(lines, []);
          for (const line of lines) assertClean(new Error(line));

          await simulator.control.clearFaults();
          await call.part.retry(inventory);
          assert.deepEqual(treeOf(inventory), right);
          assert.equal(call.part.error(inventory), undefined);
          assert.deepEqual(unhandled, []);
        }));

  const rightTree = (): Promise<Tree> =>
    withFolder(async (home) => {
      const inventory = await start(home, DEMO_ACCESS_KEY, []);
      await inventory.refresh();
      const tree = treeOf(inventory);
      assert.equal(tree.length, 99 + 4 * 2 + 2);
      assert.ok(tree.every(([, status]) => status === 'ready'));
      return tree;
    });

  const checkError = async (error: unknown, call: Call, mishap: Mishap): Promise<CloudError> => {
    assert.ok(isCloudError(error), 'the failed part does not say why');
    assert.ok(mishap.kinds.includes(error.kind), `${error.kind}: ${error.message}`);
    assert.ok(error.message.startsWith(`${call.action}: `), error.message);
    assertClean(error);
    if (mishap.kinds.includes('noPermission')) assert.equal(error.deniedAction, `kms:${call.action}`);
    if (mishap.named) {
      const ids = (await simulator.control.requests()).map(({ requestId }) => requestId);
      assert.ok(ids.includes(error.requestId ?? ''), `${error.requestId} is no request id`);
    }
    return error;
  };
});
