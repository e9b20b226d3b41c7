import assert from 'node:assert/strict';
import { type News, newsOf, type OpenRotation } from '../../../../src/ui/watch/news';
import { type NewsFacts, newsText } from '../../../../src/ui/watch/newsText';
import type { RotationNotes } from '../../../../src/ui/watch/watchNotes';
import type { WatchRecord } from '../../../../src/ui/watch/watchRecord';
import { plain } from '../plain';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 24);

function rotation(id: string, extra: Partial<OpenRotation> = {}): OpenRotation {
  return { id, waiting: true, watched: true, now: NOW, untouchedMs: HOUR, oldKeyLeftMs: 60 * DAY, ...extra };
}

function notes(extra: Partial<WatchRecord> = {}, about: Partial<RotationNotes> = {}): RotationNotes {
  const watch: WatchRecord = { revision: 1, dueAt: NOW + HOUR, asked: 1, failures: 0, ...extra };
  return { watch, recalled: [], ...about };
}

const isQuiet = { readAt: NOW, kind: 'quiet', moved: 2, total: 2 } as const;
const wentQuiet = { last: isQuiet, news: { kind: 'quiet', at: NOW - DAY } } as const;

describe('what is to be told of rotations', () => {
  it('is nothing while one waits in peace', () => {
    assert.deepEqual(newsOf([rotation('a')], { a: notes() }), []);
  });

  it('is a key that wakes up first, then one that is quiet, then what was forgotten', () => {
    const told = newsOf([rotation('old', { untouchedMs: 3 * DAY }), rotation('quiet'), rotation('woke')], {
      old: notes(),
      quiet: notes(wentQuiet),
      woke: notes({ news: { kind: 'woke', at: NOW } }),
    });
    assert.deepEqual(
      told.map(({ rotationId, kind }) => [rotationId, kind]),
      [
        ['woke', 'woke'],
        ['quiet', 'quiet'],
        ['old', 'reminder'],
      ],
    );
  });

  it('is a rotation untouched for 3 days, and one whose old key ends within 14, once each', () => {
    const due = (extra: Partial<OpenRotation>, about: Partial<RotationNotes> = {}) =>
      newsOf([rotation('a', extra)], { a: notes({}, about) })[0]?.recalls;
    assert.equal(due({ untouchedMs: 3 * DAY - 1 }), undefined);
    assert.deepEqual(due({ untouchedMs: 3 * DAY }), ['untouched']);
    assert.equal(due({ untouchedMs: 9 * DAY }, { recalled: ['untouched'] }), undefined);
    assert.equal(due({ oldKeyLeftMs: 14 * DAY + 1 }), undefined);
    assert.deepEqual(due({ oldKeyLeftMs: 14 * DAY }), ['ending']);
    assert.deepEqual(due({ oldKeyLeftMs: -DAY, untouchedMs: 9 * DAY }, { recalled: ['untouched'] }), [
      'ending',
    ]);
    assert.deepEqual(due({ oldKeyLeftMs: DAY, untouchedMs: 9 * DAY }), ['untouched', 'ending']);
  });

  it('is no reminder that the user does not want, but still that the key wakes up', () => {
    const old = rotation('a', { untouchedMs: 9 * DAY });
    assert.deepEqual(newsOf([old], { a: notes({}, { silenced: true }) }), []);
    const woke = notes({ news: { kind: 'woke', at: NOW } }, { silenced: true });
    assert.equal(newsOf([old], { a: woke })[0]?.kind, 'woke');
  });

  it('reminds of a rotation that has not been patched, too', () => {
    const stopped = rotation('a', { waiting: false, watched: false, untouchedMs: 4 * DAY });
    assert.deepEqual(newsOf([stopped], {})[0]?.recalls, ['untouched']);
  });

  it('reminds after the log was read, unless it cannot be read here', () => {
    const old = { untouchedMs: 9 * DAY };
    const overdue = notes({ dueAt: NOW });
    assert.deepEqual(newsOf([rotation('a', old)], { a: overdue }), []);
    assert.deepEqual(newsOf([rotation('a', old)], {}), []);
    assert.equal(newsOf([rotation('a', { ...old, watched: false })], { a: overdue }).length, 1);
  });

  it('does not tell that a key is quiet once that is no longer true', () => {
    const doubtful = notes({ ...wentQuiet, last: { ...isQuiet, kind: 'unknown' } });
    assert.deepEqual(newsOf([rotation('a')], { a: doubtful }), []);
  });

  it('makes one notification of a key that went quiet while nobody touched its rotation', () => {
    const [news] = newsOf([rotation('a', { untouchedMs: 9 * DAY })], { a: notes(wentQuiet) });
    assert.deepEqual([news?.kind, news?.recalls], ['quiet', ['untouched']]);
  });
});

describe('words of what is told of rotations', () => {
  const KEY = 'KAAP.66abf237-0000-4000-8000-00000006b8cf';

  function told(
    news: Partial<News>,
    facts: Partial<NewsFacts> = {},
    about: Partial<NewsFacts['rotation']> = {},
  ) {
    const rotation: NewsFacts['rotation'] = {
      state: 'watching',
      unsaved: false,
      aap: { accountId: 'a', regionId: 'r', aapName: 'payments-aap' },
      oldKey: { id: KEY, notBefore: 0, notAfter: NOW + 12 * DAY },
      workspaces: [{ folder: '/shop', at: 0, patchedGroups: 1, leftGroups: 0, manualSteps: 0, edits: [] }],
      ...about,
    };
    const all: NewsFacts = {
      rotation,
      now: NOW,
      untouchedMs: 4 * DAY,
      moved: 0,
      total: 0,
      deletable: false,
      openPlaces: 0,
      ...facts,
    };
    const whole: News = { rotationId: 'a', kind: 'reminder', recalls: ['untouched'], ...news };
    return newsText(whole, all, { t: plain, locale: 'en' });
  }

  it('say since when a key is quiet, and when it was called again', () => {
    assert.match(
      told({ kind: 'quiet', at: NOW - DAY }),
      /^The old client key KAAP\.66abf237…6b8cf of payments-aap has gone quiet: no call since Nov 2[23], 2026, .+\. It can be deleted now\.$/,
    );
    assert.equal(
      told({ kind: 'woke', at: NOW - 2 * HOUR }),
      'The old client key KAAP.66abf237…6b8cf of payments-aap had been quiet and is called again: last call 2 hours ago. Do not delete it before you know by whom.',
    );
  });

  it('say why a rotation is recalled', () => {
    const wait = 'Left to do: wait until the old key is quiet, then delete it.';
    assert.equal(told({}), `Nothing was done about the rotation of payments-aap for 4 days. ${wait}`);
    assert.equal(
      told({ recalls: ['ending'] }),
      `The old client key of payments-aap ends in 12 days. ${wait}`,
    );
    const ended = { oldKey: { id: KEY, notBefore: 0, notAfter: NOW - 1 } };
    assert.equal(
      told({ recalls: ['untouched', 'ending'] }, {}, ended),
      `The old client key of payments-aap has ended. Nothing was done about the rotation of payments-aap for 4 days. ${wait}`,
    );
  });

  it('say what is left to do', () => {
    const left = (...about: Parameters<typeof told> extends [unknown, ...infer Rest] ? Rest : never) =>
      told({}, ...about).split('Left to do: ')[1];
    assert.equal(
      left({ openPlaces: 2, moved: 3, total: 5 }),
      'see to 2 places of the roll-out list and move 2 of 5 callers.',
    );
    assert.equal(
      left({ moved: 5, total: 5, deletable: true }),
      'delete the old key, which nothing holds back.',
    );
    assert.equal(left({ openPlaces: 1 }), 'see to 1 place of the roll-out list.');
    assert.equal(left({}, { state: 'creating' }), 'resume or abandon the creation.');
    assert.equal(left({}, { state: 'deleting' }), 'finish the deletion of the old key.');
    assert.equal(
      left({}, { state: 'created', unsaved: true, workspaces: [] }),
      'save the new credential and patch the references.',
    );
  });

  it('keep hostile names in one line', () => {
    const aap = { accountId: 'a', regionId: 'r', aapName: 'a\nb\u202ec' };
    assert.doesNotMatch(told({}, {}, { aap }), /[\n\u202e]/);
  });
});
