import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPace, type Pace, type Urgency } from '../../../src/cloud/pace';

const MINUTE = 60_000;
const NUMBER_OF_CALLS = 60;

/** A call as the service sees it: it arrives at some moment between its beginning and its end. */
interface Call {
  readonly began: number;
  readonly arrived: number;
  readonly ended: number;
}

interface Ask {
  /** Time that passes before somebody wants the call, ms. */
  readonly idle: number;
  readonly onTheWay: number;
  readonly onTheWayBack: number;
  readonly urgency: Urgency;
}

const asks = fc.array(
  fc.record({
    idle: fc.oneof(fc.constant(0), fc.nat(1500)),
    onTheWay: fc.nat(700),
    onTheWayBack: fc.nat(300),
    urgency: fc.constantFrom<Urgency>('click', 'sweep'),
  }),
  { minLength: 10, maxLength: NUMBER_OF_CALLS },
);

/** Lets calls begin as early as the pace allows, one asked for after the other, in simulated time. */
function run(pace: Pace, wanted: readonly Ask[], most: number): Call[] {
  let now = 0;
  let underWay: Call[] = [];
  const calls: Call[] = [];
  const endBefore = (time: number) => {
    const over = underWay.filter((call) => call.ended <= time).sort((a, b) => a.ended - b.ended);
    underWay = underWay.filter((call) => call.ended > time);
    for (const call of over) pace.end(call.ended, call.began, most);
  };
  for (const { idle, onTheWay, onTheWayBack, urgency } of wanted) {
    now += idle;
    endBefore(now);
    for (;;) {
      const wait = pace.waitFor(now, urgency, most);
      if (wait === 0) break;
      const nextEnd = Math.min(...underWay.map((call) => call.ended));
      assert.ok(Number.isFinite(wait) || Number.isFinite(nextEnd), 'nothing would ever let the call begin');
      now = Math.min(now + Math.max(wait, 1e-6), Math.max(now, nextEnd));
      endBefore(now);
    }
    pace.begin(now, most);
    const call = { began: now, arrived: now + onTheWay, ended: now + onTheWay + onTheWayBack };
    underWay.push(call);
    calls.push(call);
  }
  return calls;
}

/** Calls that arrived within any second, at most. */
function mostInASecond(calls: readonly Call[]): number {
  const times = calls.map((call) => call.arrived).sort((a, b) => a - b);
  return Math.max(...times.map((end) => times.filter((time) => time <= end && time > end - 1000).length));
}

describe('the pace of one account and region', () => {
  it('never lets more calls reach the service within any second, however long each was on its way', () => {
    fc.assert(
      fc.property(asks, fc.integer({ min: 1, max: 12 }), (wanted, most) => {
        assert.ok(mostInASecond(run(createPace(), wanted, most)) <= most);
      }),
    );
  });

  it('keeps the rate busy: calls of 80 ms that always wait come at 9 of 10 a second', () => {
    const wanted = Array.from({ length: 100 }, () => ({
      idle: 0,
      onTheWay: 40,
      onTheWayBack: 40,
      urgency: 'sweep' as const,
    }));
    const calls = run(createPace(), wanted, 10);
    const seconds = (calls.at(-1)?.began ?? 0) / 1000;
    assert.ok(seconds < 100 / 9, `${seconds} s`);
  });

  it('lets a few calls begin at once after a pause, more of a click than of a sweep', () => {
    const atOnce = (urgency: Urgency) => {
      const pace = createPace();
      let calls = 0;
      for (; pace.waitFor(0, urgency, 10) === 0; calls += 1) pace.begin(0, 10);
      return calls;
    };
    assert.equal(atOnce('click'), 4);
    assert.equal(atOnce('sweep'), 2);
  });

  /** A service that accepts `limit` calls a second of a lane that always has calls waiting; the times of those it refused. */
  const refusals = (pace: Pace, limit: () => number, from: number, until: number, most = 10): number[] => {
    const accepted: number[] = [];
    const refused: number[] = [];
    const latency = 80;
    let underWay: { began: number; ended: number; throttled: boolean }[] = [];
    for (let now = from; now < until; now += 1) {
      const over = underWay.filter((call) => call.ended <= now);
      underWay = underWay.filter((call) => call.ended > now);
      for (const call of over) pace.end(now, call.began, most, call.throttled ? {} : undefined);
      if (pace.waitFor(now, 'sweep', most) > 0) continue;
      pace.begin(now, most);
      const throttled = accepted.filter((at) => at > now - 1000).length >= limit();
      (throttled ? refused : accepted).push(now);
      underWay.push({ began: now, ended: now + latency, throttled });
    }
    return refused;
  };

  it('finds the limit of a service that allows less within seconds, and stays below it for minutes', () => {
    for (const limit of [1, 2, 3, 4, 6, 9]) {
      const refused = refusals(createPace(), () => limit, 0, 3 * MINUTE);
      assert.ok(refused.length > 0 && refused.length <= 12, `${limit}: ${refused.length} refused`);
      assert.ok(
        refused.every((at) => at < 5000),
        `${limit}: refused at ${refused}`,
      );
    }
  });

  it('uses most of what the service allows', () => {
    const pace = createPace();
    refusals(pace, () => 4, 0, 10_000);
    const rate = pace.rate(10_000, 10);
    assert.ok(rate >= 3 && rate <= 4, `${rate}`);
  });

  it('goes up again after some minutes, and waits longer each time that this fails', () => {
    const pace = createPace();
    refusals(pace, () => 4, 0, 10_000);
    assert.ok(pace.rate(2 * MINUTE, 10) < 4);
    assert.ok(pace.rate(5 * MINUTE, 10) > 4);
    assert.equal(pace.rate(60 * MINUTE, 10), 10);
    const again = refusals(pace, () => 4, 6 * MINUTE, 6 * MINUTE + 20_000);
    assert.ok(again.length > 0);
    assert.ok(pace.rate(11 * MINUTE, 10) <= 4, `${pace.rate(11 * MINUTE, 10)}`);
  });

  it('halves at most for one refusal of a lane that had been idle', () => {
    const pace = createPace();
    pace.begin(0, 10);
    pace.end(80, 0, 10, {});
    assert.equal(pace.rate(81, 10), 5);
  });

  it('takes refusals of calls that had begun before the last step down for the same', () => {
    const pace = createPace();
    pace.begin(0, 10);
    pace.begin(0, 10);
    pace.end(80, 0, 10, {});
    pace.end(81, 0, 10, {});
    assert.equal(pace.rate(82, 10), 5);
  });

  it('pauses for as long as the service says, at most half a minute', () => {
    const pace = createPace();
    pace.begin(0, 10);
    pace.end(80, 0, 10, { pauseMs: 2000 });
    assert.equal(pace.waitFor(80, 'click', 10), 2000);
    pace.begin(3000, 10);
    pace.end(3080, 3000, 10, { pauseMs: 3_600_000 });
    assert.equal(pace.waitFor(3080, 'click', 10), 30_000);
  });

  it('follows a changed setting at once', () => {
    const pace = createPace();
    for (let calls = 0; calls < 4; calls += 1) pace.begin(0, 10);
    assert.ok(pace.waitFor(0, 'click', 10) > 0);
    assert.equal(pace.waitFor(100, 'click', 100), 0);
    assert.ok(pace.waitFor(100, 'click', 1) > 800);
  });
});
