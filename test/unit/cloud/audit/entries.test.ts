import './lz4Alias';
import assert from 'node:assert/strict';
import { type InstanceEntries, joinEntries } from '../../../../src/cloud/audit/entries';
import type { EntryCursor, LogEntry } from '../../../../src/model/evidence';
import { DEMO_INSTANCE } from '../../../simulator/index';
import { DAY_MS, failureOf, PAYMENTS } from '../support';
import { type DemoLog, logRequestsOf, readerOn, useDemoLog } from './demoLog';

const RIGHT_TO_LEFT = String.fromCharCode(0x202e);
const HOSTILE = [
  '<img src=x onerror="alert(1)">',
  '</script><script>alert(1)</script>',
  `${String.fromCharCode(0, 7, 27)}[31mred`,
  `${RIGHT_TO_LEFT}gpj.exe`,
  'x'.repeat(10_000),
  ' '.repeat(10_000),
  '=cmd|calc',
  '__proto__',
  "'; drop table log; --",
];

describe('entries of an audit log', function () {
  this.timeout(60_000);
  const scene = useDemoLog();
  let simulator: DemoLog['simulator'];
  let oldKey: DemoLog['oldKey'];
  let newKeyId: string;
  beforeEach(() => {
    ({ simulator, oldKey, newKeyId } = scene);
  });

  const readAll = async (ask: { keyIds: readonly string[]; from: number; to: number }) => {
    const reader = readerOn(simulator);
    const pages: (readonly LogEntry[])[] = [];
    let complete = true;
    for (let cursor: EntryCursor | undefined; pages.length < 100; ) {
      const page = await reader.readEntries({ aap: PAYMENTS, ...ask, ...(cursor && { cursor }) });
      pages.push(page.entries);
      complete &&= page.complete;
      if (!page.next) break;
      cursor = page.next;
    }
    return { pages, complete };
  };

  it('come 100 a page, newest first, each once, to the end', async () => {
    const to = await simulator.control.now();
    const from = to - 2 * DAY_MS;
    const { pages, complete } = await readAll({ keyIds: [oldKey.id, newKeyId], from, to });
    const rows = simulator.world.history.filter((row) => row.at >= Math.floor(from / 1000) * 1000);
    assert.ok(rows.length > 400);
    assert.equal(complete, true);
    assert.ok(pages.slice(0, -1).every((page) => page.length === 100));
    const entries = pages.flat();
    assert.deepEqual(
      entries.map(({ requestId }) => requestId).sort(),
      rows.map(({ fields }) => fields.request_id).sort(),
    );
    assert.ok(entries.every((entry, i) => i === 0 || entry.at <= (entries[i - 1]?.at ?? 0)));
    const fields = rows.at(-1)?.fields;
    assert.ok(fields);
    assert.deepEqual(entries[0], {
      at: Math.floor((rows.at(-1)?.at ?? 0) / 1000) * 1000,
      instanceId: DEMO_INSTANCE,
      keyId: oldKey.id,
      api: fields.api_name,
      resource: fields.resource_id,
      status: '200',
      errorCode: '',
      errorMessage: '',
      clientIp: fields.client_ip,
      userAgent: fields.useragent,
      gateway: 'dedicated',
      requestId: fields.request_id,
    });
  });

  it('leave out what only mentions a key, however much of it there is', async () => {
    const now = Math.floor((await simulator.control.now()) / 1000) * 1000;
    await simulator.control.moveClock(DAY_MS);
    // It is found by the word, and yet its key is another one.
    const mention = (i: number) => ({
      at: now + 2000 + i * 1000,
      fields: { access_key_id: `${newKeyId} unknown`, request_id: `m${i}` },
    });
    const own = { at: now + 1000, fields: { access_key_id: newKeyId, request_id: 'own' } };
    await simulator.control.addEntries(DEMO_INSTANCE, [
      own,
      ...Array.from({ length: 700 }, (_, i) => mention(i)),
    ]);
    const { pages, complete } = await readAll({ keyIds: [newKeyId], from: now, to: now + DAY_MS });
    assert.deepEqual([pages.flat().map(({ requestId }) => requestId), complete], [['own'], true]);
    assert.deepEqual(
      pages.map((page) => page.length),
      [0, 1],
    );
  });

  it('are text, whatever the log holds', async () => {
    const now = Math.floor((await simulator.control.now()) / 1000) * 1000;
    await simulator.control.moveClock(DAY_MS);
    const at = (i: number) => now + (i + 1) * 1000;
    const odd = [7, true, null, { a: ['b'] }, ['x']];
    await simulator.control.addEntries(DEMO_INSTANCE, [
      ...HOSTILE.map((text, i) => ({
        at: at(i),
        fields: { access_key_id: newKeyId, useragent: text, client_ip: text, status_code: 200 },
      })),
      ...odd.map((value, i) => ({
        at: at(HOSTILE.length + i),
        fields: { access_key_id: newKeyId, useragent: value, api_name: value },
      })),
    ]);
    const { pages, complete } = await readAll({ keyIds: [newKeyId], from: now, to: now + DAY_MS });
    assert.equal(complete, true);
    const entries = pages.flat().reverse();
    assert.deepEqual(
      entries.map(({ userAgent }) => userAgent),
      [...HOSTILE, '7', 'true', '', '{"a":["b"]}', '["x"]'],
    );
    assert.ok(entries.slice(0, HOSTILE.length).every(({ clientIp, userAgent }) => clientIp === userAgent));
    assert.ok(entries.slice(0, HOSTILE.length).every(({ status }) => status === '200'));
    for (const entry of entries)
      for (const [name, value] of Object.entries(entry))
        assert.equal(typeof value, name === 'at' ? 'number' : 'string');

    // The evidence has a class for each of them, and is complete.
    const { instances } = await readerOn(simulator).readEvidence({ aap: PAYMENTS, oldKey, newKeyId });
    const [instance] = instances;
    assert.deepEqual(
      [instance?.problem, instance?.complete, instance?.callersComplete],
      [undefined, true, true],
    );
    const agents = new Set(
      instance?.callers.filter(({ keyId }) => keyId === newKeyId).map(({ caller }) => caller.userAgent),
    );
    assert.ok(agents.has(HOSTILE[0] ?? '') && agents.has(HOSTILE[2] ?? '') && agents.has('x'.repeat(10_000)));
    assert.equal(instance?.newKeyCalls, HOSTILE.length + odd.length);
  });

  it('say why there are none where no log can be read, and refuse other searches', async () => {
    const to = await simulator.control.now();
    const ask = { aap: PAYMENTS, keyIds: [oldKey.id], from: to - DAY_MS, to };
    await simulator.control.denyAction('log:GetLogStoreLogs', true);
    const error = await failureOf(readerOn(simulator).readEntries(ask));
    assert.deepEqual([error.kind, error.deniedAction], ['noPermission', 'log:GetLogStoreLogs']);
    const count = (await logRequestsOf(simulator)).length;
    for (const keyIds of [[], ['*'], [oldKey.id, `${oldKey.id}" or *`]])
      assert.equal(
        (await failureOf(readerOn(simulator).readEntries({ ...ask, keyIds }))).kind,
        'invalidRequest',
      );
    assert.equal((await logRequestsOf(simulator)).length, count);
  });

  it('say that they are not complete, and can be asked for again', async () => {
    const to = await simulator.control.now();
    const ask = { aap: PAYMENTS, keyIds: [oldKey.id], from: to - DAY_MS, to };
    await simulator.control.injectFault({ kind: 'incomplete', action: 'GetLogsV2' });
    const page = await readerOn(simulator, () => {}, { backoff: 5 }).readEntries(ask);
    assert.equal(page.complete, false);
    assert.ok(page.next);
  });
});

describe('entries of several instances', () => {
  const entry = (instanceId: string, at: number) => ({ at, instanceId }) as LogEntry;
  const log = (
    instanceId: string,
    times: readonly number[],
    state: InstanceEntries['state'],
  ): { instanceId: string; entries: InstanceEntries } => ({
    instanceId,
    entries: {
      instanceId,
      found: times.map((at, i) => ({ entry: entry(instanceId, at), passed: i + 1 })),
      seen: times.length,
      state,
      complete: state !== 'cut',
    },
  });
  const timesOf = (page: ReturnType<typeof joinEntries>) => page.entries.map(({ at }) => at);

  it('come in one order', () => {
    const page = joinEntries([log('a', [9, 5, 1], 'ended'), log('b', [8, 7, 2], 'ended')], {});
    assert.deepEqual([timesOf(page), page.next, page.complete], [[9, 8, 7, 5, 2, 1], undefined, true]);
  });

  it('stop where one of them may have newer ones, and go on there', () => {
    const page = joinEntries([log('a', [9, 5, 1], 'ended'), log('b', [8, 7], 'more')], { b: 0 });
    assert.deepEqual([timesOf(page), page.next], [[9, 8, 7], { a: 1, b: 2 }]);
  });

  it('do not wait for one that cannot be read, and ask it again', () => {
    const page = joinEntries([log('a', [9, 5], 'ended'), { instanceId: 'b', entries: undefined }], {
      a: 4,
      b: 3,
    });
    assert.deepEqual([timesOf(page), page.next, page.complete], [[9, 5], { a: 2, b: 3 }, false]);
    const cut = joinEntries([log('a', [9, 5], 'ended'), log('b', [7], 'cut')], {});
    assert.deepEqual([timesOf(cut), cut.next, cut.complete], [[9, 7, 5], { a: 2, b: 1 }, false]);
  });

  it('are 100 a page, and what did not fit comes next', () => {
    const times = (from: number) => Array.from({ length: 100 }, (_, i) => from - i * 2);
    const page = joinEntries([log('a', times(1000), 'more'), log('b', times(999), 'more')], {});
    assert.deepEqual([page.entries.length, page.next], [100, { a: 50, b: 50 }]);
  });
});
