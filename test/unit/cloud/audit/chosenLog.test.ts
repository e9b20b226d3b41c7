import './lz4Alias';
import assert from 'node:assert/strict';
import { checkPlace, placeOf } from '../../../../src/cloud/audit/logPlace';
import { verdictOf } from '../../../../src/model/verdictOf';
import { DEMO_INSTANCE } from '../../../simulator/index';
import { DAY_MS, PAYMENTS } from '../support';
import { type DemoLog, logRequestsOf, readerOn, useDemoLog } from './demoLog';

const CENTRAL = { project: 'central-audit', logStore: 'all_kms' };

describe('audit log that was chosen by hand', function () {
  this.timeout(60_000);
  const scene = useDemoLog();
  let simulator: DemoLog['simulator'];
  let oldKey: DemoLog['oldKey'];
  let newKeyId: string;
  beforeEach(() => {
    ({ simulator, oldKey, newKeyId } = scene);
  });

  const read = async (logOf: Parameters<typeof readerOn>[2]) => {
    const reader = readerOn(simulator, () => {}, logOf);
    const evidence = await reader.readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
    const [instance] = evidence.instances;
    assert.ok(instance);
    return { evidence, instance, reader };
  };

  it('is read where the setting says, and named', async () => {
    await simulator.control.setLogNames(DEMO_INSTANCE, CENTRAL);
    const asked: string[] = [];
    const { instance, reader } = await read({
      logOf: (id) => {
        asked.push(id);
        return CENTRAL;
      },
    });
    assert.deepEqual(
      [instance.project, instance.logStore, instance.logRegionId, instance.problem],
      ['central-audit', 'all_kms', undefined, undefined],
    );
    assert.equal(instance.oldKeyCalls, simulator.world.history.length);
    assert.ok(instance.callersComplete);
    assert.deepEqual([...new Set(asked)], [DEMO_INSTANCE]);
    const to = await simulator.control.now();
    const ask = { aap: PAYMENTS, from: to - DAY_MS, to };
    assert.ok((await reader.readRange({ ...ask, oldKeyId: oldKey.id })).shares.length > 0);
    assert.equal((await reader.readEntries({ ...ask, keyIds: [oldKey.id] })).entries.length, 100);
  });

  it('is asked for whatever KMS says that it has sold', async () => {
    await simulator.control.setLogNames(DEMO_INSTANCE, CENTRAL);
    await read({ logOf: () => CENTRAL });
    const actions = (await simulator.control.requests()).map(({ action }) => action);
    assert.ok(!actions.includes('GetKmsInstance'));
  });

  it('does not count the entries of other instances as life of this one', async () => {
    await simulator.control.setLogNames(DEMO_INSTANCE, CENTRAL);
    const now = await simulator.control.now();
    await simulator.control.moveClock(3 * DAY_MS);
    await simulator.control.addEntries(
      DEMO_INSTANCE,
      Array.from({ length: 72 }, (_, hour) => ({
        at: now + hour * 3_600_000,
        fields: { instance_id: 'kst-another', access_key_id: 'LTAI', api_name: 'Decrypt' },
      })),
    );
    const { instance } = await read({ logOf: () => CENTRAL });
    assert.ok((instance.newestAny ?? 0) <= now, 'newest entry of this instance');
  });

  it('is believed only if the calls of the new key are in it', async () => {
    await simulator.control.setLogNames(DEMO_INSTANCE, CENTRAL);
    const { evidence } = await read({ logOf: () => CENTRAL });
    const later = { ...evidence, readAt: evidence.readAt + 100 * DAY_MS };
    const verdict = verdictOf(later, { quietPeriodMs: DAY_MS, retired: [] });
    assert.equal(verdict.kind, 'unknown');
    assert.ok(verdict.kind === 'unknown' && verdict.reasons.some(({ code }) => code === 'chosenLogUnproven'));
  });

  it('is missing where the names are not those of a log, one by one', async () => {
    const missing = async (names: object) => (await read({ logOf: () => ({ ...names }) })).instance;
    const noProject = await missing({ project: 'no-such-project' });
    assert.deepEqual([noProject.problem, noProject.project], ['projectMissing', 'no-such-project']);
    const noStore = await missing({ logStore: 'no_such_store' });
    assert.deepEqual([noStore.problem, noStore.logStore], ['logStoreMissing', 'no_such_store']);
    await simulator.control.setIndex(DEMO_INSTANCE, 'none');
    assert.equal((await missing({})).problem, 'indexMissing');
  });

  it('is never asked for by a name that could lead elsewhere', async () => {
    for (const names of [
      { project: 'evil.example.com/' },
      { project: 'a@b' },
      { project: 'UPPER' },
      { project: 'x'.repeat(64) },
      { logStore: '../other' },
      { logStore: 'a b' },
      { regionId: 'cn-hangzhou.evil.example' },
    ]) {
      const { instance } = await read({ logOf: () => names });
      assert.equal(instance.problem, 'failed', JSON.stringify(names));
      assert.match(instance.problemDetail ?? '', /setting clientKeys\.audit\.logs/);
    }
    assert.deepEqual(await logRequestsOf(simulator), []);
  });

  it('has its own region, which the address of the log service follows', async () => {
    assert.deepEqual(placeOf(PAYMENTS, 'kst-a'), {
      instanceId: 'kst-a',
      project: 'kms-log-kst-a',
      logStore: 'kms_audit_log',
      regionId: 'cn-hangzhou',
      chosen: false,
    });
    const place = placeOf(PAYMENTS, 'kst-a', { regionId: 'cn-beijing' });
    assert.deepEqual([place.regionId, place.project, place.chosen], ['cn-beijing', 'kms-log-kst-a', true]);
    checkPlace(place);
    const lines: string[] = [];
    const reader = readerOn(simulator, (line) => lines.push(line), {
      logOf: () => ({ regionId: 'cn-beijing' }),
      endpoints: () => ({
        kms: simulator.settings['clientKeys.endpoints.kms'],
        log: 'https://{region}.log.invalid',
      }),
      backoff: 5,
    });
    const { instances } = await reader.readEvidence({ aap: PAYMENTS, oldKey });
    assert.deepEqual([instances[0]?.logRegionId, instances[0]?.problem], ['cn-beijing', 'failed']);
  });
});
