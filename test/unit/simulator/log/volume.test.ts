import '../../cloud/audit/lz4Alias';
import assert from 'node:assert/strict';
import { connectControl, type Simulator, startSimulator } from '../../../simulator';
import { INSTANCE, logClient, smallWorld } from '../support';

const OLD = 'KAAP.00000000-0000-4000-8000-00000000000a';
const NEW = 'KAAP.00000000-0000-4000-8000-00000000000b';
const DAY_MS = 24 * 3600_000;
const ENTRIES = 120_000;

describe('generated log', function () {
  this.timeout(60_000);
  let sim: Simulator;
  let client: ReturnType<typeof logClient>;
  let now: number;
  const volume = (seed: number) => ({
    ...{ instanceId: INSTANCE, entries: ENTRIES, oldKeyId: OLD, newKeyId: NEW, aapName: 'unit-aap', seed },
    within: { from: now - DAY_MS, to: now },
  });
  beforeEach(async () => {
    sim = await startSimulator({ world: smallWorld() });
    client = logClient(sim);
    now = Math.floor((await sim.control.now()) / 1000) * 1000;
  });
  afterEach(() => sim.stop());
  const range = () => ({ from: now / 1000 - 180 * 86_400, to: now / 1000 + 60 });

  it('holds what its generator says it has written, over 179 days', async () => {
    const { keys, callers } = await connectControl(sim.url).addVolume(volume(7));
    assert.equal(
      keys.reduce((sum, { calls }) => sum + calls, 0),
      ENTRIES,
    );
    for (const keyId of [OLD, NEW]) {
      const key = keys.find((each) => each.keyId === keyId);
      assert.ok(key && key.calls > 1000);
      const query = `access_key_id: "${keyId}"`;
      const count = async (span: { from: number; to: number }) =>
        Number((await client.histogram({ ...span, query })).headers?.['x-log-count']);
      assert.equal(await count(range()), key.calls);
      assert.equal(await count({ from: (now - DAY_MS) / 1000, to: now / 1000 }), key.callsWithin);
      const edge = async (reverse: boolean) =>
        Number((await client.logs({ ...range(), query, line: 1, reverse }))?.data?.[0]?.__time__);
      assert.deepEqual([await edge(false), await edge(true)], [key.first, key.last]);
    }
    const [first] = (await client.logs({ ...range(), query: '*', line: 1 }))?.data ?? [];
    assert.ok(Number(first?.__time__) * 1000 - (now - 179 * DAY_MS) < 3600_000);
    assert.match(first?.request_id ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const query =
      'principal_id: "unit-aap" | select useragent, count(*) as calls group by useragent limit 1000';
    const groups = (await client.logs({ ...range(), query }))?.data ?? [];
    const sorted = (pairs: readonly (readonly [string, number])[]) => [...pairs].sort();
    assert.deepEqual(
      sorted(groups.map((row) => [row.useragent ?? '', Number(row.calls)])),
      sorted(callers.map((caller) => [caller.userAgent, caller.calls])),
    );
    assert.equal(callers.length, 24);
  });

  it('has applications that move to the new key one after the other, a nightly and a weekly job among them', async () => {
    await sim.control.addVolume(volume(7));
    const query = `access_key_id: "${OLD}" | select useragent, max(__time__) as last group by useragent limit 100`;
    const last = ((await client.logs({ ...range(), query }))?.data ?? []).map((row) => Number(row.last));
    assert.ok(Math.min(...last) < now / 1000 - 29 * 86_400);
    assert.ok(Math.max(...last) < now / 1000 - 2 * 86_400);
    const weekly = 'useragent: "ours-service-x" | select __time__ limit 1000';
    const times = ((await client.logs({ ...range(), query: weekly }))?.data ?? []).map((row) =>
      Number(row.__time__),
    );
    assert.ok(times.length > 10);
    assert.deepEqual([...new Set(times.map((at) => Math.floor(at / 3600) % (24 * 7)))].length, 1);
  });

  it('is the same for the same seed, and loses what the log loses', async () => {
    const rows = async () => (await client.logs({ ...range(), query: '*', line: 50 }))?.data;
    await sim.control.addVolume(volume(7));
    const seven = (await rows())?.map((row) => row.useragent);
    await sim.control.addVolume(volume(8));
    assert.notDeepEqual(
      (await rows())?.map((row) => row.useragent),
      seven,
    );
    await sim.control.addVolume(volume(7));
    assert.deepEqual(
      (await rows())?.map((row) => row.useragent),
      seven,
    );
    const total = async () =>
      Number((await client.histogram({ ...range(), query: '*' })).headers?.['x-log-count']);
    const outage = { from: now - 20 * DAY_MS, to: now - 10 * DAY_MS };
    const gone = await client.histogram({ from: outage.from / 1000, to: outage.to / 1000, query: '*' });
    await sim.control.loseEntries(INSTANCE, outage);
    assert.equal(await total(), ENTRIES - Number(gone.headers?.['x-log-count']));
    // What is lost stays lost when a log is generated anew.
    await sim.control.addVolume(volume(7));
    assert.equal(await total(), ENTRIES - Number(gone.headers?.['x-log-count']));
  });
});
