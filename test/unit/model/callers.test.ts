import assert from 'node:assert/strict';
import { type CallerMove, callerMoves } from '../../../src/model/callers';
import {
  ago,
  caller,
  DAY,
  evidence,
  HOUR,
  MINUTE,
  NEW,
  OLD,
  OPTIONS,
  quietInstance,
  use,
} from './evidenceFixture';

const OTHER = 'KAAP.00000000-63f6-4625-b8cf-47e1086e0003';
const A = caller('order-svc');

function movesOf(...uses: readonly ReturnType<typeof use>[]): readonly CallerMove[] {
  return callerMoves(evidence({ instances: [quietInstance({ callers: uses })] }), OPTIONS);
}

const summary = (moves: readonly CallerMove[]) =>
  moves.map(({ caller: who, state, holds }) => `${who.userAgent} ${state}${holds ? ' holds' : ''}`);

describe('what has become of the callers', () => {
  it('moved: seen with another key of the AAP since the last call with the old one', () => {
    for (const key of [NEW, OTHER]) {
      const [move] = movesOf(use(A, OLD, ago(2 * DAY)), use(A, key, ago(HOUR)));
      assert.equal(move?.state, 'moved');
      assert.equal(move.holds, false);
      assert.equal(move.otherKeyLast, ago(HOUR));
    }
  });

  it('not moved: seen with another key before, at the same time, or as another class', () => {
    const last = ago(2 * DAY);
    for (const other of [
      use(A, NEW, last - MINUTE),
      use(A, NEW, last),
      use({ ...A, userAgent: 'else' }, NEW, ago(HOUR)),
      use({ ...A, api: 'Decrypt' }, NEW, ago(HOUR)),
      use({ ...A, resource: 'else' }, NEW, ago(HOUR)),
    ])
      assert.deepEqual(summary(movesOf(use(A, OLD, last), other)), ['order-svc silent holds']);
  });

  it('probably moved: seen with another key from another network', () => {
    const elsewhere = { ...A, network: '10.0.9.0/24' };
    const moves = movesOf(use(A, OLD, ago(2 * DAY)), use(elsewhere, NEW, ago(HOUR)));
    assert.deepEqual(summary(moves), ['order-svc probablyMoved']);
    const both = movesOf(use(A, OLD, ago(2 * DAY)), use(elsewhere, NEW, ago(MINUTE)), use(A, NEW, ago(HOUR)));
    assert.equal(both[0]?.state, 'moved');
    assert.equal(both[0]?.otherKeyLast, ago(HOUR));
  });

  it('old key within the quiet period, silent after it, those that hold the verdict first', () => {
    const moves = movesOf(
      use(caller('moved'), OLD, ago(MINUTE)),
      use(caller('moved'), NEW, ago(0)),
      use(caller('gone'), OLD, ago(60 * DAY)),
      use(caller('billing'), OLD, ago(2 * MINUTE)),
      use(caller('month-end'), OLD, ago(26 * DAY)),
    );
    assert.deepEqual(summary(moves), [
      'billing oldKey holds',
      'month-end silent holds',
      'moved moved',
      'gone silent',
    ]);
  });

  it('retired with the reason of the user, but moved where the log says so', () => {
    const options = { ...OPTIONS, retired: [{ caller: A, reason: ' switched off ' }] };
    const silent = evidence({ instances: [quietInstance({ callers: [use(A, OLD, ago(26 * DAY))] })] });
    const [retired] = callerMoves(silent, options);
    assert.equal(retired?.state, 'retired');
    assert.equal(retired.reason, 'switched off');
    assert.equal(retired.holds, false);
    assert.equal(callerMoves(evidence(), options)[0]?.state, 'moved');
  });

  it('takes all instances together: one row per class, the latest call, all calls', () => {
    const second = quietInstance({ instanceId: 'kst-2', callers: [use(A, OLD, ago(HOUR), { calls: 7 })] });
    const moves = callerMoves(evidence({ instances: [quietInstance(), second] }), OPTIONS);
    assert.equal(moves.length, 1);
    assert.equal(moves[0]?.oldCalls, 107);
    assert.equal(moves[0]?.oldLast, ago(HOUR));
    // The new key was seen since then, on the first instance.
    assert.equal(moves[0]?.state, 'moved');
  });

  it('takes the shorter silence of two instances', () => {
    const first = quietInstance({ callers: [use(A, OLD, ago(60 * DAY))] });
    const second = quietInstance({ instanceId: 'kst-2', callers: [use(A, OLD, ago(10 * DAY))] });
    for (const instances of [
      [first, second],
      [second, first],
    ]) {
      const [move] = callerMoves(evidence({ instances }), OPTIONS);
      assert.equal(move?.silentMs, 10 * DAY - 5 * MINUTE);
      assert.equal(move.holds, true);
    }
  });

  it('measures silence inside the log', () => {
    const instance = quietInstance({ newestAny: ago(10 * DAY), callers: [use(A, OLD, ago(40 * DAY))] });
    const [move] = callerMoves(evidence({ instances: [instance] }), OPTIONS);
    assert.equal(move?.silentMs, 30 * DAY);
    assert.equal(move.holds, true);
  });

  it('lists nothing for a key that was never seen', () => {
    assert.deepEqual(movesOf(use(A, NEW, ago(HOUR))), []);
  });
});
