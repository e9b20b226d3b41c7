import assert from 'node:assert/strict';
import {
  afterChange,
  afterFailure,
  afterReading,
  isDue,
  newRecord,
  type WatchReading,
  type WatchRecord,
} from '../../../../src/ui/watch/watchRecord';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 24);
const middle = () => 0.5;

function reading(readAt: number, extra: Partial<WatchReading> = {}): WatchReading {
  return { readAt, kind: 'inUse', lastCall: readAt - MINUTE, moved: 1, total: 5, ...extra };
}

/** A record after these readings, each made at its own moment. */
function readAll(...readings: readonly WatchReading[]): WatchRecord {
  return readings.reduce(
    (record, one) => afterReading(record, one, one.readAt, middle),
    newRecord(1, NOW, middle),
  );
}

describe('when the log of a rotation is asked next', () => {
  it('is after 5 minutes, then ever later, at last every 8 hours', () => {
    let record = newRecord(1, NOW, middle);
    const pauses: number[] = [];
    for (let at = NOW; pauses.length < 7; ) {
      pauses.push((record.dueAt - at) / MINUTE);
      at = record.dueAt;
      record = afterReading(record, reading(at), at, middle);
    }
    assert.deepEqual(pauses, [5, 15, 60, 240, 480, 480, 480]);
  });

  it('varies by a tenth, so that not everybody asks at once', () => {
    assert.equal(newRecord(1, NOW, () => 0).dueAt - NOW, 4.5 * MINUTE);
    assert.ok(newRecord(1, NOW, () => 0.999).dueAt - NOW <= 5.5 * MINUTE);
  });

  it('is soon again when a caller has moved, or the verdict is another one', () => {
    const long = readAll(reading(NOW), reading(NOW + HOUR), reading(NOW + 2 * HOUR), reading(NOW + 3 * HOUR));
    const at = NOW + 11 * HOUR;
    const pause = (one: Partial<WatchReading>) => afterReading(long, reading(at, one), at, middle).dueAt - at;
    assert.deepEqual(
      [pause({}), pause({ moved: 2 }), pause({ kind: 'unknown' })],
      [8 * HOUR, 5 * MINUTE, 5 * MINUTE],
    );
  });

  it('is soon again after a patch, and never later than it was', () => {
    const long = readAll(reading(NOW), reading(NOW + HOUR));
    const at = NOW + HOUR + 1;
    const changed = afterChange(long, { revision: 2 }, at, middle);
    assert.deepEqual([changed.dueAt - at, changed.revision], [5 * MINUTE, 2]);
    assert.equal(afterChange(changed, { revision: 3 }, at + MINUTE, middle).dueAt, changed.dueAt);
  });

  it('comes a minute after a failure that may pass, then ever later, and in its turn after any other', () => {
    const long = readAll(reading(NOW), reading(NOW + HOUR), reading(NOW + 2 * HOUR));
    let record = long;
    const pauses: number[] = [];
    for (let at = long.dueAt; pauses.length < 10; at = record.dueAt) {
      record = afterFailure(record, true, at, middle);
      pauses.push((record.dueAt - at) / MINUTE);
    }
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
    assert.equal(afterReading(record, reading(record.dueAt), record.dueAt, middle).failures, 0);
    assert.equal(afterFailure(long, false, long.dueAt, middle).dueAt - long.dueAt, 8 * HOUR);
  });

  it('is at once when the moment has passed, however long ago, or lies further ahead than any pause', () => {
    const record = newRecord(1, NOW, middle);
    const at = (ms: number) => isDue(record, record.dueAt + ms);
    assert.deepEqual([at(-1), at(0), at(90 * 24 * HOUR), at(-30 * HOUR)], [false, true, true, true]);
  });

  it('goes on after a clock that was set back', () => {
    const record = readAll(reading(NOW + 30 * HOUR));
    const next = afterReading(record, reading(NOW), NOW, middle);
    assert.ok(!isDue(next, NOW + MINUTE));
  });
});

describe('what of a reading is news', () => {
  const quiet = (readAt: number, since: number) => reading(readAt, { kind: 'quiet', since, lastCall: since });

  it('is that the key has gone quiet, once', () => {
    const record = readAll(reading(NOW), quiet(NOW + 25 * HOUR, NOW));
    assert.deepEqual(record.news, { kind: 'quiet', at: NOW });
    const { news: _, ...told } = record;
    const later = afterReading(told, quiet(NOW + 33 * HOUR, NOW), NOW + 33 * HOUR, middle);
    assert.equal(later.news, undefined);
  });

  it('is not told again after a log that could not be read for a while, or a longer quiet period', () => {
    const { news: _, ...told } = readAll(quiet(NOW, NOW - 25 * HOUR));
    const doubtful = afterReading(
      told,
      reading(NOW + HOUR, { kind: 'unknown', lastCall: NOW - 25 * HOUR }),
      NOW + HOUR,
      middle,
    );
    const again = afterReading(doubtful, quiet(NOW + 2 * HOUR, NOW - 25 * HOUR), NOW + 2 * HOUR, middle);
    assert.deepEqual([doubtful.news, again.news], [undefined, undefined]);
  });

  it('is that it wakes up, and later that it is quiet once more', () => {
    const { news: _, ...told } = readAll(quiet(NOW, NOW - 25 * HOUR));
    const call = NOW + HOUR;
    const woke = afterReading(told, reading(NOW + 2 * HOUR, { lastCall: call }), NOW + 2 * HOUR, middle);
    assert.deepEqual(woke.news, { kind: 'woke', at: call });
    const { news: __, ...toldTwice } = woke;
    const inUse = afterReading(
      toldTwice,
      reading(NOW + 3 * HOUR, { lastCall: NOW + 2.5 * HOUR }),
      NOW + 3 * HOUR,
      middle,
    );
    assert.equal(inUse.news, undefined);
    const quietAgain = afterReading(inUse, quiet(NOW + 30 * HOUR, NOW + 2.5 * HOUR), NOW + 30 * HOUR, middle);
    assert.deepEqual(quietAgain.news, { kind: 'quiet', at: NOW + 2.5 * HOUR });
  });

  it('is also a call that the machine slept through, though the key is quiet again by then', () => {
    const { news: _, ...told } = readAll(quiet(NOW, NOW - 25 * HOUR));
    const call = NOW + 10 * HOUR;
    const awake = afterReading(told, quiet(NOW + 60 * HOUR, call), NOW + 60 * HOUR, middle);
    assert.deepEqual(awake.news, { kind: 'woke', at: call });
    const next = afterReading(awake, quiet(NOW + 61 * HOUR, call), NOW + 61 * HOUR, middle);
    assert.deepEqual(next.news, { kind: 'woke', at: call }, 'told before the quiet');
    const { news: __, ...toldTwice } = next;
    assert.deepEqual(
      afterReading(toldTwice, quiet(NOW + 62 * HOUR, call), NOW + 62 * HOUR, middle).news?.kind,
      'quiet',
    );
  });

  it('is the first call of a key that was never seen', () => {
    const never = reading(NOW, { kind: 'quiet', since: NOW - 200 * HOUR });
    const { lastCall: __, ...unseen } = never;
    const { news: _, ...told } = readAll(unseen);
    // The log keeps 180 days: where it begins moves on, and is no call.
    const later = afterReading(
      told,
      { ...unseen, readAt: NOW + HOUR, since: NOW - 100 * HOUR },
      NOW + HOUR,
      middle,
    );
    assert.equal(later.news, undefined);
    assert.equal(afterReading(later, reading(NOW + 2 * HOUR), NOW + 2 * HOUR, middle).news?.kind, 'woke');
  });

  it('is not that two queries differ by a moment about one call', () => {
    const { news: _, ...told } = readAll(quiet(NOW, NOW - 25 * HOUR));
    const next = afterReading(told, quiet(NOW + HOUR, NOW - 25 * HOUR + 59_000), NOW + HOUR, middle);
    assert.equal(next.news, undefined);
  });

  it('is nothing where another window was faster', () => {
    const record = readAll(reading(NOW));
    assert.equal(afterReading(record, reading(NOW - 1), NOW, middle), record);
  });
});
