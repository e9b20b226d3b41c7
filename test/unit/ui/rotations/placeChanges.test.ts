import assert from 'node:assert/strict';
import type { KeptPlace, RolloutPlace } from '../../../../src/model/rollout';
import { rolloutOf } from '../../../../src/model/rolloutOf';
import type { Rotation } from '../../../../src/model/rotation';
import type { Answer, TextQuestion } from '../../../../src/ui/rotate/stops';
import { createPlaceChanges } from '../../../../src/ui/rotations/placeChanges';
import { plain } from '../plain';

const SERVICE_NOW = Date.UTC(2026, 10, 24, 12);
const ROTATION = {
  id: 'r1',
  aap: { accountId: 'a', regionId: 'r', aapName: 'payments-aap' },
  workspaces: [],
  retired: [],
  places: [],
} as unknown as Rotation;

/** Answers each question in turn; Enter alone takes what stands there. */
function bench(...answers: ('enter' | 'back' | 'escape' | { readonly type: string })[]) {
  const kept = new Map<string, KeptPlace>();
  const asked: { prompt: string; step: number; of: number; value: string }[] = [];
  let failing = false;
  const changes = createPlaceChanges({
    t: plain,
    now: () => SERVICE_NOW,
    askText: async ({ step, totalSteps }, question: TextQuestion): Promise<Answer<string>> => {
      const value = question.value ?? '';
      asked.push({ prompt: question.prompt, step, of: totalSteps, value });
      const answer = answers.shift() ?? 'enter';
      if (answer === 'back') return 'back';
      if (answer === 'escape') return 'cancelled';
      const text = answer === 'enter' ? value : answer.type;
      const problem = question.check(text);
      if (problem?.blocks) throw new Error(problem.message);
      return { value: text };
    },
    rotations: async () => ({
      keepPlace: async (_id, place) => {
        if (failing) throw new Error('busy');
        kept.set(place.id, place);
        return ROTATION;
      },
      removePlace: async (_id, placeId) => {
        kept.delete(placeId);
        return ROTATION;
      },
    }),
  });
  const places = () =>
    rolloutOf({ ...ROTATION, places: [...kept.values()] }, { manualSteps: [], unexplained: [] });
  return {
    changes,
    kept,
    asked,
    places,
    answers,
    fail: (now: boolean) => {
      failing = now;
    },
  };
}

describe('changes of the roll-out list', () => {
  it('add a place with what was typed, and leave out what was left empty', async () => {
    const { changes, asked, places } = bench({ type: ' billing-job ' }, { type: 'production' }, 'enter', {
      type: 'on Tuesdays',
    });
    await changes.add(ROTATION);
    const [only] = places();
    assert.ok(only?.id.startsWith('own:'));
    assert.deepEqual(only, {
      id: only?.id,
      kind: 'own',
      service: 'billing-job',
      environment: 'production',
      note: 'on Tuesdays',
      state: 'open',
    });
    assert.deepEqual(
      asked.map(({ step, of }) => [step, of]),
      [
        [1, 4],
        [2, 4],
        [3, 4],
        [4, 4],
      ],
    );
  });

  it('go back with what was typed, and begin with it again after Escape', async () => {
    const { changes, asked, places, answers } = bench(
      { type: 'job' },
      'back',
      'enter',
      { type: 'prod' },
      'escape',
    );
    await changes.add(ROTATION);
    assert.deepEqual(places(), []);
    assert.deepEqual(
      asked.map(({ step, value }) => [step, value]),
      [
        [1, ''],
        [2, ''],
        [1, 'job'],
        [2, ''],
        [3, ''],
      ],
    );
    answers.push('enter', 'enter', 'enter', 'enter');
    await changes.add(ROTATION);
    assert.deepEqual(
      places().map(({ service, environment }) => [service, environment]),
      [['job', 'prod']],
    );
    answers.push('escape');
    await changes.add(ROTATION);
    assert.equal(asked.at(-1)?.value, '', 'what was added is no draft any more');
  });

  it('keep what was typed where another window was at it', async () => {
    const { changes, asked, fail, answers } = bench({ type: 'job' }, 'enter', 'enter', 'enter');
    fail(true);
    await assert.rejects(changes.add(ROTATION), /busy/);
    fail(false);
    answers.push('escape');
    await changes.add(ROTATION);
    assert.equal(asked.at(-1)?.value, 'job');
  });

  it('take no place without a name, and none with a text without end', async () => {
    await assert.rejects(bench({ type: '  ' }).changes.add(ROTATION), /needs a name/);
    await assert.rejects(bench({ type: 'x'.repeat(201) }).changes.add(ROTATION), /At most 200/);
  });

  it('mark a place and keep what was written about it', async () => {
    const { changes, kept, places } = bench();
    const place: RolloutPlace = {
      id: 'own:1',
      kind: 'own',
      service: 'job',
      owner: 'team \u202ebilling\u0007',
      state: 'open',
    };
    await changes.setState(ROTATION, place, 'done');
    assert.deepEqual(places(), [{ ...place, owner: 'team billing', state: 'done' }]);
    await changes.setState(ROTATION, place, 'notNeeded');
    assert.equal(places()[0]?.state, 'notNeeded');
    await changes.remove(ROTATION, place);
    assert.equal(kept.size, 0);
  });

  it('name a manual step in the journal, because no other window has its scan', async () => {
    const { changes, places } = bench();
    const step: RolloutPlace = { id: 'manual:x', kind: 'manual', service: 'ci.yml:3: SECRET', state: 'open' };
    await changes.setState(ROTATION, step, 'done');
    assert.deepEqual(places(), [{ ...step, state: 'done' }]);
  });

  it('of a caller are dated by the service, and ask for no name', async () => {
    const { changes, kept, asked } = bench('enter', { type: 'team x' }, 'enter');
    const caller: RolloutPlace = {
      id: 'caller:["a","b","c","d"]',
      kind: 'caller',
      service: 'a',
      state: 'open',
    };
    await changes.edit(ROTATION, caller);
    assert.deepEqual(kept.get(caller.id), { id: caller.id, state: 'open', owner: 'team x', at: SERVICE_NOW });
    assert.equal(asked[0]?.of, 3);
  });
});
