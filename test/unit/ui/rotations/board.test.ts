import assert from 'node:assert/strict';
import type { KnownReference } from '../../../../src/model/explainCallers';
import type { Creation, Rotation } from '../../../../src/model/rotation';
import type { Rotations } from '../../../../src/rotation/rotations';
import { type BoardParts, createBoard } from '../../../../src/ui/rotations/board';
import { quiet, readingOf } from '../audit/fixtures';

const HOUR = 3_600_000;

function rotation(id: string, extra: Partial<Rotation> = {}): Rotation {
  return {
    id,
    revision: 1,
    state: 'watching',
    aap: { accountId: 'a', regionId: 'r', aapName: 'aap' },
    oldKey: { id: `old-${id}`, notBefore: 0, notAfter: 1 },
    newKey: { id: `new-${id}`, notBefore: 0, notAfter: 1 },
    files: { credentialFile: 'c', passwordFile: 'p' },
    request: { notBefore: 0, notAfter: 1, keysBefore: [] },
    unsaved: false,
    proven: true,
    workspaces: [],
    retired: [],
    places: [],
    startedAt: 0,
    updatedAt: 0,
    ...extra,
  };
}

function creation(id: string, extra: Partial<Creation> = {}): Creation {
  const { oldKey: _oldKey, workspaces: _w, retired: _r, places: _p, state: _state, ...rest } = rotation(id);
  return { ...rest, state: 'creating', ...extra };
}

function boardOf(
  list: () => readonly Rotation[],
  oldFiles: readonly string[] = [],
  creations: () => readonly Creation[] = () => [],
  busyAap: () => string | undefined = () => undefined,
  known: BoardParts['known'] = async () => [],
) {
  const rotations: Pick<Rotations, 'list' | 'creations' | 'oldFiles' | 'problems' | 'isBusy'> = {
    list: async () => list(),
    creations: async () => creations(),
    isBusy: async ({ aapName }) => aapName === busyAap(),
    oldFiles: async () => oldFiles,
    problems: async () => [{ file: '/storage/damaged.json', reason: 'damaged' }],
  };
  return createBoard(
    {
      // Only what the board asks for here.
      rotations: async () => rotations as Rotations,
      scan: async () => [],
      known,
    },
    () => 100 * HOUR,
  );
}

describe('board of rotations', () => {
  it('shows what is open, and what has ended while files remain or for a day', async () => {
    const all = [
      rotation('open'),
      rotation('gone', { state: 'abandoned', updatedAt: 99 * HOUR }),
      rotation('recent', { state: 'deleted', updatedAt: 99 * HOUR }),
      rotation('old', { state: 'deleted', updatedAt: HOUR }),
    ];
    const board = boardOf(() => all);
    await board.reload();
    assert.deepEqual(board.cards.map((card) => card.rotation.id).sort(), ['open', 'recent']);
    const withFiles = boardOf(() => all, ['f']);
    await withFiles.reload();
    assert.deepEqual(withFiles.cards.map((card) => card.rotation.id).sort(), ['old', 'open', 'recent']);
  });

  it('names the journals that cannot be read', async () => {
    const board = boardOf(() => []);
    await board.reload();
    assert.deepEqual(board.problems, [{ file: '/storage/damaged.json', reason: 'damaged' }]);
  });

  it('knows the part a key has in a rotation under way', async () => {
    const board = boardOf(() => [rotation('x'), rotation('y', { state: 'deleted', updatedAt: 99 * HOUR })]);
    await board.reload();
    assert.equal(board.partOf('old-x'), 'old');
    assert.equal(board.partOf('new-x'), 'new');
    assert.equal(board.partOf('new-y'), undefined);
  });

  it('keeps ticks and scans over a reload', async () => {
    let revision = 1;
    const board = boardOf(() => [rotation('x', { revision })]);
    await board.reload();
    board.tick('x', 'g', false);
    await board.rescan('x');
    revision = 2;
    await board.reload();
    const card = board.card('x');
    assert.equal(card?.rotation.revision, 2);
    assert.equal(card?.isTicked('g', true), false);
    assert.deepEqual(card?.scans, []);
  });

  it('reads once more when something changed during a reading', async () => {
    let list = [rotation('x')];
    const board = boardOf(() => list);
    const first = board.reload();
    list = [rotation('x'), rotation('y')];
    await Promise.all([first, board.reload()]);
    assert.equal(board.cards.length, 2);
  });

  it('takes over a reading made elsewhere unless it has a newer one', async () => {
    const board = boardOf(() => [rotation('x')]);
    await board.reload();
    const { result: reading } = readingOf(quiet());
    assert.ok(reading);
    board.noteReading('x', reading);
    board.noteReading('x', {
      ...reading,
      verdict: { ...reading.verdict, readAt: reading.verdict.readAt - 1 },
    });
    assert.equal(board.card('x')?.reading, reading);
    board.noteReading('unknown', reading);
    assert.equal(board.cards.length, 1);
  });

  it('knows the clients by what the newest reading names, and keeps the last answer until the next', async () => {
    const answers: ((references: readonly KnownReference[]) => void)[] = [];
    const board = boardOf(
      () => [rotation('x')],
      [],
      () => [],
      () => undefined,
      () => new Promise((resolve) => answers.push(resolve)),
    );
    await board.reload();
    const { result: reading } = readingOf(quiet());
    assert.ok(reading);
    board.noteReading('x', reading);
    assert.equal(answers.length, 0, 'nothing to recognise before the workspace was looked through');
    await board.rescan('x');
    board.noteReading('x', { ...reading });
    assert.equal(answers.length, 2);
    const known = (label: string) => [{ groupId: 'g', label, resources: [] }];
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    answers[0]?.(known('stale'));
    await settle();
    assert.equal(board.card('x')?.references, undefined);
    answers[1]?.(known('a.go:1'));
    await settle();
    assert.equal(board.card('x')?.references?.[0]?.label, 'a.go:1');
    await board.rescan('x');
    assert.equal(board.card('x')?.references?.[0]?.label, 'a.go:1');
  });

  it('shows a creation that is open, and one that is over for a day', async () => {
    const all = [
      creation('stopped', { startedAt: 2 }),
      creation('unsaved', { state: 'created', startedAt: 1 }),
      creation('gone', { state: 'abandoned', updatedAt: 99 * HOUR }),
      creation('recent', { state: 'finished', updatedAt: 99 * HOUR }),
      creation('old', { state: 'finished', updatedAt: HOUR }),
    ];
    const board = boardOf(
      () => [rotation('r')],
      [],
      () => all,
    );
    await board.reload();
    assert.deepEqual(
      board.creations.map((card) => card.creation.id),
      ['stopped', 'unsaved', 'recent'],
    );
    assert.deepEqual(
      board.cards.map((card) => card.rotation.id),
      ['r'],
      'they are no rotations',
    );
    await assert.rejects(board.during('stopped', 'action', () => Promise.reject(new Error('no'))));
    await board.reload();
    assert.ok(board.creations[0]?.errors.has('action'), 'kept over a reload');
  });

  it('takes a creation for under way, not stopped, while some window acts on its AAP', async () => {
    const other = { accountId: 'a', regionId: 'r', aapName: 'other' };
    let busyAap: string | undefined = 'aap';
    const board = boardOf(
      () => [rotation('begun', { state: 'creating' }), rotation('watched')],
      [],
      () => [creation('begun'), creation('stopped', { aap: other })],
      () => busyAap,
    );
    const busy = () => [...board.creations, ...board.cards].map((card) => card.busy.has('action'));
    await board.reload();
    assert.deepEqual([busy(), board.creating], [[true, false, true, false], true]);
    busyAap = undefined;
    await board.reload();
    assert.deepEqual([busy(), board.creating], [[false, false, false, false], false]);
  });

  it('shows an error until the part is tried again', async () => {
    const board = boardOf(() => [rotation('x')]);
    await board.reload();
    await assert.rejects(board.during('x', 'action', () => Promise.reject(new Error('no'))));
    assert.ok(board.card('x')?.errors.has('action'));
    await board.during('x', 'action', async () => undefined);
    assert.ok(!board.card('x')?.errors.has('action'));
  });
});
