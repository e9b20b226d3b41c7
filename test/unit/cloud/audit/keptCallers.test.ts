import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCallers } from '../../../../src/cloud/audit/callers';
import { createPartMemory, type KeptList } from '../../../../src/cloud/audit/keptParts';
import { createTurns } from '../../../../src/cloud/audit/turns';
import { classKey } from '../../../../src/model/callers';
import { type MemoryCall, type MemoryLog, memoryLog } from './memoryLog';

const HOUR = 3600;
const DAY = 24 * HOUR;
const OLD = 'KAAP.00000000-0000-4000-8000-00000000000a';
const NEW = 'KAAP.00000000-0000-4000-8000-00000000000b';
const START = 1_800_000_000;
const RETENTION = 180 * DAY;

const listOf = (): KeptList => createPartMemory()('list');

/** @param present Unix seconds */
function read(memory: MemoryLog, list: KeptList, present: number) {
  const ms = present * 1000;
  return readCallers(memory.log, list, {
    search: 'any',
    keyIds: [OLD, NEW],
    aapName: 'aap',
    span: { from: ms - RETENTION * 1000, to: ms + 60_000 },
    present: ms,
  });
}

/** What a reading without anything kept says, in a form that is easily compared. */
async function freshly(memory: MemoryLog, present: number) {
  const most = memory.most;
  memory.most = Number.POSITIVE_INFINITY;
  const { callers } = await read(memory, listOf(), present);
  memory.most = most;
  return callers;
}

const named = (callers: Awaited<ReturnType<typeof freshly>>) =>
  new Map(callers.map((use) => [`${use.keyId} ${classKey(use.caller)}`, use]));

const call = (at: number, userAgent = 'a', keyId = OLD): MemoryCall => ({ at, keyId, userAgent });
/** A call every hour. */
const hourly = (from: number, to: number, userAgent = 'a') =>
  Array.from({ length: Math.floor((to - from) / HOUR) }, (_, i) => call(from + i * HOUR, userAgent));

describe('class list that is kept', () => {
  it('asks only for what is new', async () => {
    const memory = memoryLog();
    memory.calls.push(...hourly(START - 100 * DAY, START));
    const list = listOf();
    const first = await read(memory, list, START);
    assert.equal(first.complete, true);
    assert.equal(first.callers[0]?.calls, 2400);
    assert.equal(memory.statements.length, 4);
    memory.calls.push(...hourly(START, START + 2 * HOUR));
    memory.statements.length = 0;
    const next = await read(memory, list, START + 2 * HOUR);
    assert.equal(next.callers[0]?.calls, 2402);
    assert.deepEqual(
      memory.statements.map(({ from }) => from / 1000 >= START - HOUR),
      [true, true],
    );
    // Once enough has settled, it is kept as well.
    memory.calls.push(...hourly(START + 2 * HOUR, START + 30 * HOUR));
    await read(memory, list, START + 30 * HOUR);
    memory.statements.length = 0;
    await read(memory, list, START + 30 * HOUR);
    assert.ok(memory.statements.every(({ from }) => from / 1000 >= START + 29 * HOUR));
  });

  it('sees what is delivered late, days after its stamp, and reads that part again', async () => {
    const memory = memoryLog();
    memory.calls.push(...hourly(START - 100 * DAY, START));
    // So that there are several parts.
    memory.most = 500;
    const list = listOf();
    assert.equal((await read(memory, list, START)).complete, true);
    assert.ok(list.parts.length > 4, `${list.parts.length}`);
    memory.calls.push(call(START - 50 * DAY, 'late', NEW));
    memory.statements.length = 0;
    const { callers, complete } = await read(memory, list, START + 60);
    assert.equal(complete, true);
    const late = callers.find((use) => use.caller.userAgent === 'late');
    assert.deepEqual([late?.keyId, late?.last], [NEW, (START - 50 * DAY) * 1000]);
    assert.ok(memory.statements.length <= 6, `${memory.statements.length}`);
    memory.statements.length = 0;
    assert.deepEqual(named((await read(memory, list, START + 60)).callers), named(callers));
    assert.equal(memory.statements.length, 2, 'the part is known again');
  });

  it('is not complete as long as it cannot be known whether something was delivered late', async () => {
    const memory = memoryLog();
    memory.calls.push(...hourly(START - 10 * DAY, START));
    const list = listOf();
    await read(memory, list, START);
    memory.incompleteCounts = true;
    const { callers, complete } = await read(memory, list, START);
    assert.deepEqual([callers.length, complete], [1, false]);
    memory.incompleteCounts = false;
    assert.equal((await read(memory, list, START)).complete, true);
  });

  for (const failWith of ['serverError', 'cancelled'] as const)
    it(`goes on where a reading ended: ${failWith}`, async () => {
      const memory = memoryLog();
      memory.calls.push(...hourly(START - 150 * DAY, START), call(START - 149 * DAY, 'early'));
      memory.most = 60;
      memory.failWith = failWith;
      const list = listOf();
      let readings = 0;
      for (let complete = false; !complete; readings += 1) {
        assert.ok(readings < 60);
        memory.failAfter = memory.statements.length + 25;
        try {
          ({ complete } = await read(memory, list, START));
        } catch (error) {
          assert.equal(failWith, 'cancelled', String(error));
        }
      }
      assert.ok(readings > 3, `${readings}`);
      memory.failAfter = Number.POSITIVE_INFINITY;
      assert.deepEqual(
        [...named((await read(memory, list, START)).callers).keys()].sort(),
        [...named(await freshly(memory, START)).keys()].sort(),
      );
    });

  it('goes on where the budget of a reading ended', async () => {
    const memory = memoryLog();
    memory.calls.push(...hourly(START - 170 * DAY, START));
    memory.most = 20;
    const list = listOf();
    const sizes: number[] = [];
    for (let complete = false; !complete; ) {
      memory.statements.length = 0;
      const reading = await read(memory, list, START);
      complete = reading.complete;
      assert.ok(memory.statements.length <= 140, `${memory.statements.length} statements`);
      sizes.push(reading.callers[0]?.calls ?? 0);
      assert.ok(sizes.length < 30);
    }
    assert.ok(sizes.length > 2);
    assert.deepEqual(
      sizes,
      [...sizes].sort((a, b) => a - b),
    );
    assert.equal(sizes.at(-1), 170 * 24);
  });

  it('forgets what the log forgets', async () => {
    const memory = memoryLog();
    memory.calls.push(
      ...hourly(START - 179 * DAY, START - 170 * DAY, 'gone'),
      ...hourly(START - 9 * DAY, START),
    );
    const list = listOf();
    assert.equal((await read(memory, list, START)).callers.length, 2);
    const later = START + 15 * DAY;
    memory.calls.splice(0, memory.calls.length, ...memory.calls.filter(({ at }) => at >= later - RETENTION));
    const { callers, complete } = await read(memory, list, later);
    assert.deepEqual([callers.map((use) => use.caller.userAgent), complete], [['a'], true]);
  });

  it('keeps no more than it has room for, and says the same', async () => {
    const memory = memoryLog();
    memory.calls.push(...hourly(START - 20 * DAY, START, 'x'.repeat(10_000)), ...hourly(START - DAY, START));
    const lists = createPartMemory(5000);
    const { callers, complete } = await read(memory, lists('small'), START);
    assert.deepEqual([callers.length, complete], [2, true]);
    assert.ok(lists('small').parts.every(({ uses }) => uses.length === 0));
    memory.statements.length = 0;
    assert.deepEqual(named((await read(memory, lists('small'), START)).callers), named(callers));
  });

  it('makes room by forgetting other lists, never by refusing a class', async () => {
    const memory = memoryLog();
    memory.calls.push(...hourly(START - 20 * DAY, START));
    const lists = createPartMemory(300);
    await read(memory, lists('one'), START);
    assert.ok(lists('one').parts.some(({ uses }) => uses.length > 0));
    await read(memory, lists('two'), START);
    assert.ok(lists('two').parts.some(({ uses }) => uses.length > 0));
    assert.equal(lists('one').parts.length, 0);
  });

  it('says, whatever happened before, what a reading of everything says', async () => {
    const AGENTS = ['a', 'b', 'c'];
    const event = fc.oneof(
      fc.record({
        kind: fc.constant('calls' as const),
        /** How long ago they are stamped, seconds; beyond an hour they come late. */
        ago: fc.oneof(fc.integer({ min: 0, max: 2 * HOUR }), fc.integer({ min: 0, max: 170 * DAY })),
        count: fc.integer({ min: 1, max: 40 }),
        step: fc.integer({ min: 1, max: 20 * HOUR }),
        agent: fc.constantFrom(...AGENTS),
        keyId: fc.constantFrom(OLD, NEW),
      }),
      fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 20 * DAY }) }),
      fc.record({
        kind: fc.constant('read' as const),
        failAfter: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
        incomplete: fc.boolean(),
        most: fc.constantFrom(10, 60, Number.POSITIVE_INFINITY),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 25 }), async (events) => {
        const memory = memoryLog();
        const list = listOf();
        let present = START;
        for (const each of events) {
          if (each.kind === 'wait') present += each.seconds;
          else if (each.kind === 'calls') {
            const to = present - each.ago;
            for (let i = 0; i < each.count && to - i * each.step > START - 175 * DAY; i += 1)
              memory.calls.push(call(to - i * each.step, each.agent, each.keyId));
          } else {
            memory.most = each.most;
            memory.incompleteCounts = each.incomplete;
            memory.failAfter =
              each.failAfter === undefined
                ? Number.POSITIVE_INFINITY
                : memory.statements.length + each.failAfter;
            await read(memory, list, present);
          }
          memory.calls.splice(
            0,
            memory.calls.length,
            ...memory.calls.filter(({ at }) => at >= present - RETENTION),
          );
        }
        memory.most = Number.POSITIVE_INFINITY;
        memory.incompleteCounts = false;
        memory.failAfter = Number.POSITIVE_INFINITY;
        const { callers, complete } = await read(memory, list, present);
        const kept = named(callers);
        const fresh = named(await freshly(memory, present));
        assert.equal(complete, true);
        assert.deepEqual([...kept.keys()].sort(), [...fresh.keys()].sort());
        for (const [name, use] of fresh) {
          const mine = kept.get(name);
          assert.equal(mine?.last, use.last, name);
          const times = memory.calls
            .filter(({ userAgent }) => userAgent === use.caller.userAgent)
            .map(({ at }) => at * 1000)
            .filter((at) => at <= use.last)
            .filter((at) => at <= use.last)
            .sort((x, y) => x - y);
          const gap = Math.max(0, ...times.slice(1).map((at, i) => at - (times[i] ?? at)));
          assert.ok((mine?.longestGapMs ?? 0) >= gap, `${mine?.longestGapMs} < ${gap}`);
        }
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);
});

describe('turns', () => {
  it('run work of one name one after the other, also where some fail or give up', async () => {
    const turns = createTurns('ReadAuditLog');
    const order: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const work = (name: string, wait?: Promise<void>) => async () => {
      order.push(`${name} begins`);
      await wait;
      order.push(`${name} ends`);
      if (name === 'fails') throw new Error('no');
      return name;
    };
    const abort = new AbortController();
    const first = turns('log', undefined, work('first', held));
    const failing = turns('log', undefined, work('fails'));
    const waiting = turns('log', abort.signal, work('given up'));
    const last = turns('log', undefined, work('last'));
    assert.equal(await turns('other', undefined, work('other')), 'other');
    abort.abort();
    await assert.rejects(waiting, { kind: 'cancelled' });
    release();
    assert.equal(await first, 'first');
    await assert.rejects(failing, /no/);
    assert.equal(await last, 'last');
    assert.deepEqual(order, [
      'first begins',
      'other begins',
      'other ends',
      'first ends',
      'fails begins',
      'fails ends',
      'last begins',
      'last ends',
    ]);
  });
});
