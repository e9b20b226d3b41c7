import '../unit/cloud/audit/lz4Alias';
import path from 'node:path';
import { type AuditReader, createAuditReader } from '../../src/cloud/audit/index';
import { createCloud } from '../../src/cloud/index';
import type { AuditEvidence, RangeUse } from '../../src/model/evidence';
import { startGuarded } from '../host/guardedProcess';
import { step } from '../run/step';
import { type Control, connectControl, DEMO_ACCESS_KEY, type RecordedRequest } from '../simulator';
import { isRightEvidence, isRightRange, type Truth } from './auditTruth';
import { atLeast, atMost, type Figure } from './figure';

const ACCOUNT = 'environment';
const AAP = { accountId: ACCOUNT, regionId: 'cn-hangzhou', aapName: 'aap-0001' };
const INSTANCE = 'kst-estate0';
const VOLUMES = [10_000, 1_000_000, 10_000_000] as const;
/** As for the sweep: without any latency, the ratio would tell of this machine's loopback. */
const LATENCY_MS = 80;
const DAY_MS = 24 * 60 * 60_000;
/** The fastest counts: what else runs on the machine only adds to the others. */
const ROUNDS = 3;
/** A list that one reading may not afford is there after some more. */
const MOST_READINGS = 5;

interface Reading<Result> {
  readonly result: Result;
  readonly ms: number;
  readonly requests: readonly RecordedRequest[];
}

/**
 * The audit view over logs of three sizes, whose entries fill 179 days; ordinary SQL reads 400 MB of them, as the service's does.
 * What opens the view is a reading of 24 h; the verdict's reading comes behind it and is printed apart.
 */
export async function benchAudit(): Promise<Figure[]> {
  const simulator = startGuarded(process.execPath, [
    ...['--import', 'tsx', path.join(__dirname, 'sweepSimulator.ts')],
    ...['1', '1', '2'],
  ]);
  try {
    const [, url = ''] = await simulator.waitFor(/listening on (\S+)/, 60_000);
    const control = connectControl(url);
    await control.setLatency(LATENCY_MS);
    const figures: Figure[] = [];
    for (const volume of VOLUMES)
      figures.push(...(await ofVolume(url, control, volume)).map((figure) => ({ ...figure, volume })));
    return figures;
  } finally {
    await simulator.stop();
  }
}

async function ofVolume(url: string, control: Control, entries: number): Promise<Figure[]> {
  const name = `${entries.toLocaleString('en')} entries`;
  const [oldKey, newKey] = await control.keys();
  if (!oldKey || !newKey) throw new Error('The simulator has no two keys.');
  const keys = { oldKeyId: oldKey.id, newKeyId: newKey.id };
  const to = Math.floor((await control.now()) / 1000) * 1000;
  const range = { from: to - DAY_MS, to };
  const truth: Truth = await step(`${name}: generating`, () =>
    control.addVolume({
      ...{ ...keys, entries, instanceId: INSTANCE, aapName: AAP.aapName, within: range },
    }),
  );
  const measure = createMeasure(control);

  // Reading and compiling our own code is not the opening's time.
  await step(`${name}: warm-up`, () => readerAt(url).readRange({ aap: AAP, ...keys, ...range }));
  const openings: Reading<RangeUse>[] = [];
  let reader = readerAt(url);
  for (let round = 1; round <= ROUNDS; round += 1) {
    // One that knows nothing yet: the way to the log belongs to the opening.
    reader = readerAt(url);
    openings.push(
      await step(`${name}: opening ${round} of ${ROUNDS}`, () =>
        measure(() => reader.readRange({ aap: AAP, ...keys, ...range })),
      ),
    );
  }
  const read = () => measure(() => reader.readEvidence({ aap: AAP, oldKey, newKeyId: newKey.id }));
  const first = await step(`${name}: the verdict's reading`, read);
  const second = await step(`${name}: its next reading`, read);
  let last = second;
  let readings = 2;
  for (; !isWhole(last.result) && readings < MOST_READINGS; readings += 1)
    last = await step(`${name}: reading ${readings + 1}`, read);

  const isRight =
    openings.every(({ result }) => isRightRange(result, keys, truth)) &&
    [first, second, last].every(({ result }) => isRightEvidence(result, keys, truth));
  const most = (value: (opening: Reading<RangeUse>) => number) => Math.max(...openings.map(value));
  const least = (value: (opening: Reading<RangeUse>) => number) => Math.min(...openings.map(value));
  const figures = [
    atMost(
      'audit',
      'requests',
      most(({ requests }) => requests.length),
      '',
      12,
    ),
    atMost('audit', 'receivedKB', most(kilobytes), 'KB', 64),
    atMost(
      'audit',
      'ratioToServer',
      least((opening) => opening.ms / logMs(opening)),
      '',
      1.5,
    ),
    atMost(
      'audit',
      'ratioToBusy',
      least((opening) => opening.ms / busyMs(opening)),
      '',
      1.5,
    ),
    atMost(
      'audit',
      'openMs',
      least(({ ms }) => ms),
      'ms',
      null,
    ),
    atMost('audit', 'serverMs', least(logMs), 'ms', null),
    atLeast('audit', 'countsRight', Number(isRight), '', 1),
    ...told('verdict', first),
    ...told('verdictAgain', second),
    atLeast('audit', 'classListComplete', Number(isWhole(last.result)), '', 1),
    atMost('audit', 'classListReadings', isWhole(first.result) ? 1 : readings, '', null),
  ];
  return figures;
}

function told(name: string, reading: Reading<unknown>): Figure[] {
  return [
    atMost('audit', `${name}Requests`, reading.requests.length, '', null),
    atMost('audit', `${name}KB`, kilobytes(reading), 'KB', null),
    atMost('audit', `${name}Ms`, reading.ms, 'ms', null),
  ];
}

/** Measures a piece of work and keeps what the simulator answered in its course. */
function createMeasure(control: Control) {
  let before: string | undefined;
  return async <Result>(work: () => Promise<Result>): Promise<Reading<Result>> => {
    before = (await control.requests()).at(-1)?.requestId;
    const start = performance.now();
    const result = await work();
    const ms = performance.now() - start;
    const all = await control.requests();
    return { result, ms, requests: all.slice(all.findIndex(({ requestId }) => requestId === before) + 1) };
  };
}

function readerAt(url: string): AuditReader {
  const endpoints = () => ({ kms: `${url}/kms/{region}`, log: url });
  const cloud = createCloud({
    endpoints,
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: DEMO_ACCESS_KEY.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEMO_ACCESS_KEY.secret,
    },
    homeFolder: path.join(__dirname, 'no-such-home'),
    userAgent: 'kms-client-keys/bench',
    isTrusted: () => true,
  });
  return createAuditReader({ cloud, endpoints, userAgent: 'kms-client-keys/bench' });
}

function isWhole(evidence: AuditEvidence): boolean {
  return evidence.instances.length > 0 && evidence.instances.every(({ callersComplete }) => callersComplete);
}

function kilobytes({ requests }: Reading<unknown>): number {
  return requests.reduce((sum, { bytes }) => sum + bytes, 0) / 1024;
}

/** What the log server itself spent on the queries, ms. */
function logMs({ requests }: Reading<unknown>): number {
  return requests.filter(({ service }) => service === 'log').reduce((sum, { ms }) => sum + ms, 0);
}

/** How long KMS or the log server had a request of ours in hand, ms: what runs side by side counts once. */
function busyMs({ requests }: Reading<unknown>): number {
  const spans = requests.map(({ at, ms }) => ({ from: at - ms, to: at })).sort((a, b) => a.from - b.from);
  let busy = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return busy;
}
