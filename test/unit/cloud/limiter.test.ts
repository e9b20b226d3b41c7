import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCloudError } from '../../../src/cloud/errors';
import { createLimiter, type Limiter, type Turn } from '../../../src/cloud/limiter';

/** Calls that stay under way until they are let go. */
function createCalls(limiter: Limiter) {
  const begun: string[] = [];
  const open: (() => void)[] = [];
  return {
    begun,
    /** Asks for a call; `turn` says where. */
    add: (name: string, turn: Partial<Turn> = {}) =>
      limiter.run({ account: 'one', lane: 'cn-hangzhou', urgency: 'click', ...turn }, async () => {
        begun.push(name);
        await new Promise<void>((resolve) => open.push(resolve));
        return name;
      }),
    /** Ends the call that has been under way the longest, and waits until the next one has begun. */
    endOne: async () => {
      await sleep(1);
      open.shift()?.();
      await sleep(1);
    },
    endAll: async () => {
      for (; open.length > 0; await sleep(1)) open.shift()?.();
    },
  };
}

const unlimited = () => Number.POSITIVE_INFINITY;

describe('the limiter', () => {
  it('keeps to 4 calls under way per lane, one less for a sweep', async () => {
    for (const [urgency, most] of [
      ['click', 4],
      ['sweep', 3],
    ] as const) {
      const calls = createCalls(createLimiter(unlimited));
      const work = Array.from({ length: 9 }, (_, index) => calls.add(`${index}`, { urgency }));
      await sleep(5);
      assert.equal(calls.begun.length, most);
      await calls.endOne();
      assert.equal(calls.begun.length, most + 1);
      await calls.endAll();
      assert.deepEqual(await Promise.all(work), ['0', '1', '2', '3', '4', '5', '6', '7', '8']);
    }
  });

  it('keeps to 12 calls under way per account, two less for a sweep, and accounts do not share', async () => {
    const calls = createCalls(createLimiter(unlimited));
    const many = (account: string, urgency: Turn['urgency']) =>
      Array.from({ length: 20 }, (_, index) =>
        calls.add(account, { account, urgency, lane: `region-${index}` }),
      );
    const work = [...many('one', 'sweep'), ...many('two', 'sweep')];
    await sleep(5);
    const count = (account: string) => calls.begun.filter((name) => name === account).length;
    assert.deepEqual([count('one'), count('two')], [10, 10]);
    work.push(...many('one', 'click'));
    await sleep(5);
    assert.deepEqual([count('one'), count('two')], [12, 10]);
    await calls.endAll();
    await Promise.all(work);
  });

  it('begins the calls of clicks before those of a sweep, in whichever lane', async () => {
    const calls = createCalls(createLimiter(unlimited));
    const work = Array.from({ length: 12 }, (_, index) => calls.add('first', { lane: `region-${index}` }));
    work.push(calls.add('sweep', { urgency: 'sweep', lane: 'region-20' }));
    work.push(calls.add('other sweep', { urgency: 'sweep', lane: 'region-0' }));
    work.push(calls.add('click', { lane: 'region-0' }));
    work.push(calls.add('other click', { lane: 'region-21' }));
    for (let ended = 0; ended < 12; ended += 1) await calls.endOne();
    assert.deepEqual(calls.begun.slice(12).sort(), ['click', 'other click', 'other sweep', 'sweep'].sort());
    assert.deepEqual(new Set(calls.begun.slice(12, 14)), new Set(['click', 'other click']));
    await calls.endAll();
    await Promise.all(work);
  });

  it('begins a click before a sweep that has waited longer for the same moment', async () => {
    const limiter = createLimiter(() => 200);
    const run = (urgency: Turn['urgency'], work: () => Promise<void>) =>
      limiter.run({ account: 'one', lane: 'a', urgency }, work);
    const pause = createCloudError({ kind: 'throttled', action: 'A', message: 'no', retryAfterMs: 500 });
    await assert.rejects(
      run('click', () => Promise.reject(pause)),
      /no/,
    );
    const order: string[] = [];
    await Promise.all([
      run('sweep', async () => void order.push('sweep')),
      run('click', async () => void order.push('click')),
    ]);
    assert.deepEqual(order, ['click', 'sweep']);
  });

  it('serves the lane next that was served the longest ago, and within a lane who came first', async () => {
    const calls = createCalls(createLimiter(unlimited));
    const hold = Array.from({ length: 10 }, (_, index) =>
      calls.add('hold', { urgency: 'sweep', lane: `held-${index}` }),
    );
    const lanes = ['a', 'b', 'c'];
    const work = lanes.flatMap((lane) =>
      [1, 2, 3].map((number) => calls.add(`${lane}${number}`, { urgency: 'sweep', lane })),
    );
    for (let ended = 0; ended < 9; ended += 1) await calls.endOne();
    assert.deepEqual(calls.begun.slice(10), ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3']);
    await calls.endAll();
    await Promise.all([...hold, ...work]);
  });

  it('lets a cancelled call leave the queue at once, and never begins it', async () => {
    const calls = createCalls(createLimiter(unlimited));
    const abort = new AbortController();
    const held = Array.from({ length: 4 }, () => calls.add('held'));
    const cancelled = calls.add('cancelled', { signal: abort.signal });
    const last = calls.add('last');
    abort.abort(new Error('stop'));
    await assert.rejects(cancelled, /stop/);
    await assert.rejects(calls.add('too late', { signal: abort.signal }), /stop/);
    await calls.endOne();
    assert.deepEqual(calls.begun, ['held', 'held', 'held', 'held', 'last']);
    await calls.endAll();
    await Promise.all([...held, last]);
  });

  it('lets thousands of calls leave by one signal, without a warning of too many listeners', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const calls = createCalls(createLimiter(unlimited));
    const abort = new AbortController();
    const held = Array.from({ length: 4 }, () => calls.add('held'));
    const waiting = Array.from({ length: 3000 }, () => calls.add('waiting', { signal: abort.signal }));
    abort.abort(new Error('stop'));
    const ends = await Promise.allSettled(waiting);
    assert.ok(ends.every(({ status }) => status === 'rejected'));
    await calls.endAll();
    await Promise.all(held);
    process.off('warning', note);
    assert.deepEqual(calls.begun, ['held', 'held', 'held', 'held']);
    assert.deepEqual(warnings, []);
  });

  it('begins as many calls a second as the setting allows, and follows it', async () => {
    let perSecond = 50;
    const limiter = createLimiter(() => perSecond);
    const times: number[] = [];
    const add = (count: number) =>
      Promise.all(
        Array.from({ length: count }, () =>
          limiter.run({ account: 'one', lane: 'a', urgency: 'click' }, async () => {
            times.push(performance.now());
          }),
        ),
      );
    await add(30);
    // 4 at once, then one every 20 ms.
    assert.ok((times.at(-1) ?? 0) - (times[0] ?? 0) >= 26 * 20 - 5);
    perSecond = 1000;
    const before = performance.now();
    await add(30);
    assert.ok(performance.now() - before < 26 * 20, 'as slow as before the setting was raised');
  });

  it('slows all lanes of an account down when three of them were refused', async () => {
    const limiter = createLimiter(() => 200);
    const refuse = async (lane: string) => {
      const refusal = createCloudError({ kind: 'throttled', action: 'A', message: 'no' });
      const turn = { account: 'one', lane, urgency: 'click' } as const;
      await assert.rejects(
        limiter.run(turn, () => Promise.reject(refusal)),
        /no/,
      );
    };
    const takes = async (account: string, count: number) => {
      const began = performance.now();
      const turn = { account, lane: 'other', urgency: 'click' } as const;
      await Promise.all(Array.from({ length: count }, () => limiter.run(turn, async () => {})));
      return performance.now() - began;
    };
    await takes('one', 1);
    for (const lane of ['a', 'b', 'c']) await refuse(lane);
    // Each halved its 200: 4 calls at once and 40 more at 100 a second, minus what it had to spare.
    assert.ok((await takes('one', 44)) >= 390);
  });

  it('slows a lane down by a refusal, not the others', async () => {
    const limiter = createLimiter(() => 200);
    const run = (lane: string, work: () => Promise<void>) =>
      limiter.run({ account: 'one', lane, urgency: 'click' }, work);
    const refusal = createCloudError({ kind: 'throttled', action: 'A', message: 'no', retryAfterMs: 150 });
    await assert.rejects(
      run('a', () => Promise.reject(refusal)),
      /no/,
    );
    const order: string[] = [];
    await Promise.all([
      run('a', async () => void order.push('a')),
      sleep(100).then(() => run('b', async () => void order.push('b'))),
    ]);
    assert.deepEqual(order, ['b', 'a']);
  });
});
