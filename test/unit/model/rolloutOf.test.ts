import assert from 'node:assert/strict';
import { type CallerMove, classKey } from '../../../src/model/callers';
import type { KeptPlace, RolloutPlace } from '../../../src/model/rollout';
import { openPlaces, rolloutOf } from '../../../src/model/rolloutOf';
import { ago, caller, DAY, HOUR } from './evidenceFixture';

type Given = Parameters<typeof rolloutOf>[0];
const FOLDER = '/home/me/shop';
const patched = (at: number, patchedGroups = 2) => ({
  folder: FOLDER,
  at,
  patchedGroups,
  leftGroups: 0,
  manualSteps: 0,
  edits: [],
});
const rotation = (more: Partial<Given> = {}): Given => ({
  workspaces: [patched(ago(2 * DAY))],
  places: [],
  retired: [],
  ...more,
});

function move(state: CallerMove['state'], more: Partial<CallerMove> = {}): CallerMove {
  return {
    caller: caller('report-svc'),
    state,
    holds: state === 'silent' || state === 'oldKey',
    oldCalls: 3,
    oldLast: ago(2 * DAY),
    refused: false,
    silentMs: 2 * DAY,
    neededMs: DAY,
    ...more,
  };
}
const CALLER = `caller:${classKey(caller('report-svc'))}`;

const states = (places: readonly RolloutPlace[]) => places.map(({ kind, state }) => `${kind} ${state}`);
const placesOf = (given: Given, unexplained: readonly CallerMove[] = []) =>
  rolloutOf(given, { manualSteps: [], unexplained });
const kept = (id: string, state: KeptPlace['state'], at: number, more: Partial<KeptPlace> = {}) => ({
  id,
  state,
  at,
  ...more,
});

describe('roll-out list', () => {
  it('has workspaces, manual steps, unexplained callers and own places, in this order', () => {
    const own = kept('own:1', 'open', ago(HOUR), { service: 'batch', environment: 'prod', owner: 'ops' });
    const places = rolloutOf(rotation({ places: [own] }), {
      manualSteps: [{ id: 'step', label: 'deploy.yaml:3' }],
      unexplained: [move('oldKey')],
    });
    assert.deepEqual(places, [
      { id: `workspace:${FOLDER}`, kind: 'workspace', service: FOLDER, state: 'open' },
      { id: 'manual:step', kind: 'manual', service: 'deploy.yaml:3', state: 'open' },
      {
        id: CALLER,
        kind: 'caller',
        service: 'report-svc (GetSecretValue, db-password, 10.0.2.0/24)',
        state: 'open',
      },
      { id: 'own:1', kind: 'own', service: 'batch', environment: 'prod', owner: 'ops', state: 'open' },
    ]);
    assert.equal(openPlaces(places).length, 4);
  });

  it('names every place once and the same in every reading', () => {
    const facts = {
      manualSteps: [
        { id: 's', label: 'a:1' },
        { id: 's', label: 'a:2' },
      ],
      unexplained: [],
    };
    const ids = rolloutOf(rotation(), facts).map(({ id }) => id);
    assert.deepEqual(ids, [`workspace:${FOLDER}`, 'manual:s']);
    assert.deepEqual(
      rolloutOf(rotation(), facts).map(({ id }) => id),
      ids,
    );
  });

  it('has no place for a folder in which nothing was patched', () => {
    assert.deepEqual(placesOf(rotation({ workspaces: [patched(ago(DAY), 0)] })), []);
  });

  it('says of a caller what the log says', () => {
    const cases: readonly [CallerMove, string][] = [
      [move('oldKey'), 'caller open'],
      [move('silent'), 'caller open'],
      [move('silent', { holds: false }), 'caller notNeeded'],
      [move('moved'), 'caller done'],
      [move('probablyMoved'), 'caller done'],
      [move('retired'), 'caller notNeeded'],
    ];
    for (const [one, state] of cases)
      assert.deepEqual(states(placesOf(rotation({ workspaces: [] }), [one])), [state], one.state);
  });

  it('opens again for a retired caller that calls after it was marked', () => {
    const retired = [{ caller: caller('report-svc'), reason: 'gone', at: ago(3 * DAY) }];
    const given = rotation({ workspaces: [], retired });
    assert.deepEqual(states(placesOf(given, [move('retired')])), ['caller open']);
    assert.deepEqual(states(placesOf(given, [move('retired', { oldLast: ago(4 * DAY) })])), [
      'caller notNeeded',
    ]);
  });

  it('takes the word of the user, until it is outdated', () => {
    const done = (at: number) => rotation({ places: [kept(`workspace:${FOLDER}`, 'done', at)] });
    assert.deepEqual(states(placesOf(done(ago(DAY)))), ['workspace done']);
    assert.deepEqual(states(placesOf(done(ago(3 * DAY)))), ['workspace open'], 'patched again since');
    const caller = (state: KeptPlace['state'], at: number) =>
      rotation({ workspaces: [], places: [kept(CALLER, state, at)] });
    assert.deepEqual(states(placesOf(caller('done', ago(DAY)), [move('oldKey')])), ['caller done']);
    const calling = move('oldKey', { oldLast: ago(HOUR) });
    assert.deepEqual(states(placesOf(caller('done', ago(DAY)), [calling])), ['caller open']);
    assert.deepEqual(states(placesOf(caller('notNeeded', ago(DAY)), [calling])), ['caller notNeeded']);
    assert.deepEqual(states(placesOf(caller('open', ago(DAY)), [move('moved')])), ['caller open']);
  });

  it('forgets a place that is gone, unless the user spoke of it', () => {
    assert.deepEqual(placesOf(rotation({ workspaces: [] })), []);
    const places = [
      kept(CALLER, 'done', ago(DAY), { note: 'asked the team' }),
      kept('manual:a.yaml', 'notNeeded', ago(DAY)),
      kept('caller:no list', 'done', ago(DAY)),
      kept('else:x', 'done', ago(DAY)),
    ];
    assert.deepEqual(placesOf(rotation({ workspaces: [], places })), [
      { id: 'manual:a.yaml', kind: 'manual', service: 'a.yaml', state: 'notNeeded' },
      {
        id: CALLER,
        kind: 'caller',
        service: 'report-svc (GetSecretValue, db-password, 10.0.2.0/24)',
        note: 'asked the team',
        state: 'done',
      },
      { id: 'caller:no list', kind: 'caller', service: 'no list', state: 'done' },
    ]);
  });
});
