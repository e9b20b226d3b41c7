import './lz4Alias';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type AuditReader, createAuditReader } from '../../../../src/cloud/audit/index';
import { type CloudErrorKind, isCloudError } from '../../../../src/model/cloudError';
import type { AuditEvidence } from '../../../../src/model/evidence';
import { verdictOf } from '../../../../src/model/verdictOf';
import {
  DEMO_ACCESS_KEY,
  DEMO_INSTANCE,
  demoWorld,
  type Fault,
  type Simulator,
  startSimulator,
} from '../../../simulator/index';
import { type Mishap, mishapsOf } from '../mishaps';
import { assertClean, cloudOn, DAY_MS, endpointsOf, environmentOf, PAYMENTS } from '../support';

const HOUR_MS = 60 * 60 * 1000;
const READ_MS = 300;
/** Where nothing has to run out of time, a busy machine must not make it. */
const LONG_MS = 10_000;
/** As often as the caller tries, and as an incomplete answer is asked for again. */
const ATTEMPTS = 5;
const OPTIONS = { quietPeriodMs: DAY_MS, retired: [] };

/** An incomplete answer is no error: `kinds` is empty. */
const INCOMPLETE: Mishap = { fault: () => ({ kind: 'incomplete' }), kinds: [] };
const MISHAPS = mishapsOf(READ_MS);
const LOG_MISHAPS = { ...MISHAPS, incomplete: INCOMPLETE };

/** Once it is known why, a call that is refused or cannot be read is not repeated. */
const ONCE: readonly CloudErrorKind[] = ['noPermission', 'notFound'];

interface Call {
  readonly action: string;
  readonly ramAction: string;
  readonly mishaps: Readonly<Record<string, Mishap>>;
  /** Without SQL, so that GetLogsV2 stands for rows alone. */
  readonly noAnalytics?: boolean;
  /** The fault begins when the figures are there, and lasts for one call, which then is one of the class list. */
  readonly afterFigures?: boolean;
}

const LOG = { action: 'GetLogsV2', ramAction: 'log:GetLogStoreLogs', mishaps: LOG_MISHAPS };
const HISTOGRAMS = { action: 'GetHistograms', ramAction: 'log:GetLogStoreHistogram', mishaps: LOG_MISHAPS };
const INDEX = { action: 'GetIndex', ramAction: 'log:GetIndex', mishaps: MISHAPS };
const kms = (action: string) => ({ action, ramAction: `kms:${action}`, mishaps: MISHAPS });

const EVIDENCE_CALLS: Readonly<Record<string, Call>> = {
  DescribeApplicationAccessPoint: kms('DescribeApplicationAccessPoint'),
  DescribePolicy: kms('DescribePolicy'),
  GetKmsInstance: kms('GetKmsInstance'),
  GetIndex: INDEX,
  GetHistograms: HISTOGRAMS,
  'GetLogsV2, rows': { ...LOG, noAnalytics: true },
  'GetLogsV2, SQL': { ...LOG, afterFigures: true },
  'GetHistograms of the class list': { ...HISTOGRAMS, afterFigures: true },
};

/** What a view shows beside the evidence. */
const VIEW_CALLS: Readonly<Record<string, Call & { readonly read: 'range' | 'entries' }>> = {
  'range: GetIndex': { ...INDEX, read: 'range' },
  'range: GetHistograms': { ...HISTOGRAMS, read: 'range' },
  'range: GetLogsV2, SQL': { ...LOG, read: 'range' },
  'range: GetLogsV2, rows': { ...LOG, noAnalytics: true, read: 'range' },
  'range: DescribePolicy': { ...kms('DescribePolicy'), read: 'range' },
  'entries: GetIndex': { ...INDEX, read: 'entries' },
  'entries: GetLogsV2, rows': { ...LOG, read: 'entries' },
};

describe('the audit log when a call of its reading fails', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let oldKey: AuditEvidence['oldKey'];
  const newKeyId = `KAAP.${randomUUID()}`;
  let cells = 0;
  let failures = 0;
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);

  before(async () => {
    const world = await demoWorld();
    simulator = await startSimulator({ world: { ...world, history: [] } });
    const [key] = world.keys;
    assert.ok(key);
    oldKey = { id: key.id, createdAt: key.createdAt, notAfter: key.notAfter };
    const now = await simulator.control.now();
    // A call every six hours, since four days with the new key: so the old one is quiet.
    const entries = Array.from({ length: 160 }, (_, i) => {
      const ago = i * 6 * HOUR_MS + HOUR_MS;
      return {
        at: now - ago,
        fields: {
          access_key_id: ago < 4 * DAY_MS ? newKeyId : key.id,
          principal_id: PAYMENTS.aapName,
          useragent: 'orders',
          api_name: 'Decrypt',
          resource_id: 'r',
          client_ip: '10.0.0.1',
          status_code: '200',
          gateway_type: 'dedicated',
          instance_id: DEMO_INSTANCE,
        },
      };
    });
    await simulator.control.addEntries(DEMO_INSTANCE, entries);
    process.on('unhandledRejection', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await simulator.stop();
    console.log(`    fault matrix: ${cells} cells, ${failures} failures`);
  });
  beforeEach(() => {
    cells += 1;
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') failures += 1;
    await simulator.control.clearFaults();
    await simulator.control.setIndex(DEMO_INSTANCE, 'full');
  });

  const readerFor = (lines: string[], kmsMs = LONG_MS, logMs = LONG_MS): AuditReader => {
    const onEvent = (line: string) => lines.push(line);
    return createAuditReader({
      cloud: cloudOn(simulator, {
        env: environmentOf(DEMO_ACCESS_KEY),
        onEvent,
        timeouts: { read: kmsMs, backoff: 2 },
        requestsPerSecond: () => 1000,
      }),
      endpoints: () => endpointsOf(simulator),
      userAgent: 'kms-client-keys/test',
      timeout: logMs,
      backoff: 2,
      onEvent,
    });
  };

  /** Only the calls that shall run out of time have little of it. */
  const readerOf = (lines: string[], call: Call, mishap: Mishap) => {
    const ms = mishap.kinds.includes('timeout') ? READ_MS : LONG_MS;
    return call.ramAction.startsWith('kms:') ? readerFor(lines, ms) : readerFor(lines, LONG_MS, ms);
  };

  const inject = (call: Call, mishap: Mishap) =>
    simulator.control.injectFault({
      ...mishap.fault(call.ramAction),
      action: call.action,
      ...(call.afterFigures &&
        mishap !== INCOMPLETE && { times: mishap.kinds.some((kind) => ONCE.includes(kind)) ? 1 : ATTEMPTS }),
    } as Fault);

  const evidenceBy = async (reader: AuditReader, onFigures?: () => void) => {
    const evidence = await reader.readEvidence({ aap: PAYMENTS, oldKey, newKeyId }, undefined, (figures) => {
      assert.notEqual(verdictOf(figures, OPTIONS).kind, 'quiet', 'without its callers');
      onFigures?.();
    });
    return { evidence, verdict: verdictOf(evidence, OPTIONS) };
  };

  /** Nothing secret in what was said, and nothing left behind. */
  const checkSaid = (lines: readonly string[], ...texts: (string | undefined)[]) => {
    for (const text of [...lines, ...texts]) assertClean(new Error(text ?? ''));
    assert.deepEqual(unhandled, []);
  };

  it('is read as quiet where none fails', async () => {
    const { verdict, evidence } = await evidenceBy(readerFor([]));
    assert.equal(verdict.kind, 'quiet', JSON.stringify([verdict, evidence.instances]));
  });

  for (const [callName, call] of Object.entries(EVIDENCE_CALLS))
    for (const [mishapName, mishap] of Object.entries(call.mishaps))
      it(`${callName}: ${mishapName}`, async () => {
        const lines: string[] = [];
        const reader = readerOf(lines, call, mishap);
        if (call.noAnalytics) await simulator.control.setIndex(DEMO_INSTANCE, 'noAnalytics');
        if (!call.afterFigures) await inject(call, mishap);
        try {
          const { evidence, verdict } = await evidenceBy(
            reader,
            () => void (call.afterFigures && inject(call, mishap)),
          );
          const [instance] = evidence.instances;
          assert.ok(instance);
          if (call.action === 'GetKmsInstance')
            assert.equal(verdict.kind, 'quiet', 'the log itself was read');
          else {
            assert.equal(verdict.kind, 'unknown', JSON.stringify(instance));
            checkWhy(call, mishap, evidence);
          }
          checkSaid(lines, instance.problemDetail);
        } catch (error) {
          // Without the way to the instances there is no evidence at all.
          assert.ok(isCloudError(error) && call.ramAction.startsWith('kms:'), String(error));
          assert.ok(mishap.kinds.includes(error.kind), `${error.kind}: ${error.message}`);
          assert.ok(error.message.startsWith(`${call.action}: `), error.message);
          assertClean(error);
          checkSaid(lines);
        }
        await simulator.control.clearFaults();
        await simulator.control.setIndex(DEMO_INSTANCE, 'full');
        // An index without analytics is remembered for some seconds; what failed is not.
        const next = mishap.kinds.includes('timeout') || call.noAnalytics ? readerFor([]) : reader;
        assert.equal((await evidenceBy(next)).verdict.kind, 'quiet', 'the next reading');
        assert.deepEqual(unhandled, []);
      });

  const checkWhy = (call: Call, mishap: Mishap, evidence: AuditEvidence) => {
    const [instance] = evidence.instances;
    const verdict = verdictOf(evidence, OPTIONS);
    const codes = verdict.kind === 'unknown' ? verdict.reasons.map(({ code }) => code) : [];
    if (instance?.problem === undefined) {
      // An answer that stays incomplete, or a class list that could not be read, is no failure of the log.
      assert.ok(mishap === INCOMPLETE || call.afterFigures, JSON.stringify(instance));
      assert.ok(codes.includes('incomplete') || codes.includes('stillReading'), codes.join());
      return;
    }
    assert.ok(mishap !== INCOMPLETE, instance.problem);
    const refused = mishap.kinds.includes('noPermission');
    assert.equal(instance.problem, refused ? 'noPermission' : 'failed');
    assert.ok(codes.includes(refused ? 'noPermission' : 'readFailed'), codes.join());
    assert.ok(instance.problemDetail?.startsWith(`${call.action}: `), instance.problemDetail);
    if (refused) assert.ok(instance.problemDetail?.includes(call.ramAction), instance.problemDetail);
  };

  for (const [callName, call] of Object.entries(VIEW_CALLS))
    for (const [mishapName, mishap] of Object.entries(call.mishaps))
      it(`${callName}: ${mishapName}`, async () => {
        const lines: string[] = [];
        const reader = readerOf(lines, call, mishap);
        if (call.noAnalytics) await simulator.control.setIndex(DEMO_INSTANCE, 'noAnalytics');
        const to = await simulator.control.now();
        const read = async (by: AuditReader) => {
          const span = { aap: PAYMENTS, from: to - 30 * DAY_MS, to };
          if (call.read === 'entries') {
            const page = await by.readEntries({ ...span, keyIds: [oldKey.id, newKeyId] });
            return { complete: page.complete, count: page.entries.length };
          }
          const range = await by.readRange({ ...span, oldKeyId: oldKey.id, newKeyId });
          const expected = call.noAnalytics ? 'sampled' : 'exact';
          return {
            complete: range.bucketsComplete && range.sharesQuality === expected,
            count: range.buckets.reduce((sum, bucket) => sum + bucket.oldKey + bucket.newKey, 0),
          };
        };
        await inject(call, mishap);
        try {
          const { complete } = await read(reader);
          // Rows that describe without analytics are partial in any case.
          assert.ok(!complete || (call.noAnalytics && mishap === INCOMPLETE), 'it says nothing');
        } catch (error) {
          assert.ok(isCloudError(error) && mishap.kinds.includes(error.kind), String(error));
          assertClean(error);
        }
        checkSaid(lines);
        await simulator.control.clearFaults();
        const next = mishap.kinds.includes('timeout') ? readerFor([]) : reader;
        assert.deepEqual(await read(next), { complete: true, count: call.read === 'entries' ? 100 : 120 });
        assert.deepEqual(unhandled, []);
      });
});
