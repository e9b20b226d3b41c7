import assert from 'node:assert/strict';
import { MAX_ENTRIES } from '../../../../src/model/auditView';
import type { EntryPage } from '../../../../src/model/evidence';
import { entryOf } from './fixtures';
import { harness } from './sessionHarness';

describe('entries of the audit session', () => {
  const page = (from: number, next?: number, complete = true): EntryPage => ({
    entries: Array.from({ length: 100 }, (_, index) => entryOf({ requestId: `REQ-${from + index}` })),
    complete,
    ...(next === undefined ? {} : { next: { one: next } }),
  });

  it('are read when asked for, page by page, up to the end', async () => {
    const cursors: unknown[] = [];
    const { session, shown } = harness({
      readEntries: async (_target, _span, cursor) => {
        cursors.push(cursor?.one);
        return cursor === undefined ? page(0, 100) : page(100);
      },
    });
    await session.receive({ type: 'ready' });
    assert.deepEqual([shown.at(-1)?.entries.status, cursors], ['closed', []]);
    await session.receive({ type: 'entries' });
    assert.deepEqual([shown.at(-1)?.entries.list.length, shown.at(-1)?.entries.more], [100, true]);
    await session.receive({ type: 'entries' });
    await session.receive({ type: 'entries' });
    assert.deepEqual([shown.at(-1)?.entries.list.length, shown.at(-1)?.entries.more], [200, false]);
    assert.deepEqual(cursors, [undefined, 100]);
  });

  it('never hold more than the limit, nor an entry twice that a late one has moved', async () => {
    const { session, shown } = harness({
      readEntries: async (_target, _span, cursor) =>
        page((cursor?.one ?? 0) * 0.99, (cursor?.one ?? 0) + 100),
    });
    await session.receive({ type: 'ready' });
    for (let asked = 0; asked < 15; asked += 1) await session.receive({ type: 'entries' });
    const entries = shown.at(-1)?.entries;
    assert.deepEqual([entries?.list.length, entries?.more], [MAX_ENTRIES, false]);
    assert.equal(new Set(entries?.list.map(({ requestId }) => requestId)).size, MAX_ENTRIES);
  });

  it('stay when a page fails, which is then tried again', async () => {
    const cursors: unknown[] = [];
    const { session, shown } = harness({
      readEntries: async (_target, _span, cursor) => {
        cursors.push(cursor?.one);
        if (cursors.length === 2) throw new Error('slow');
        return page(cursor?.one ?? 0, (cursor?.one ?? 0) + 100, cursors.length !== 1);
      },
    });
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'entries' });
    await session.receive({ type: 'entries' });
    const { status, error, list } = shown.at(-1)?.entries ?? {};
    assert.deepEqual([status, error, list?.length], ['error', 'worded: slow', 100]);
    await session.receive({ type: 'entries' });
    // The first page was not complete, so the whole is not.
    const last = shown.at(-1)?.entries;
    assert.deepEqual([cursors, last?.list.length, last?.complete], [[undefined, 100, 100], 200, false]);
  });

  it('are read again with the range and with a refresh once they are open', async () => {
    const { session, calls, shown } = harness();
    await session.receive({ type: 'ready' });
    await session.receive({ type: 'range', range: '7d' });
    assert.deepEqual(calls.slice(2), ['range 168 h']);
    await session.receive({ type: 'entries' });
    const changed = session.receive({ type: 'range', range: '1h' });
    assert.deepEqual(shown.at(-1)?.entries.list, []);
    await changed;
    await session.receive({ type: 'refresh' });
    assert.deepEqual(calls.slice(3), [
      'entries 168 h from 0',
      'range 1 h',
      'entries 1 h from 0',
      'range 1 h',
      'entries 1 h from 0',
      'verdict',
    ]);
  });

  it('of a range that was left are given up and never shown', async () => {
    const answers: ((page: EntryPage) => void)[] = [];
    const signals: AbortSignal[] = [];
    const { session, shown } = harness({
      readEntries: (_target, _span, _cursor, signal) => {
        signals.push(signal);
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    await session.receive({ type: 'ready' });
    const old = session.receive({ type: 'entries' });
    // Twice in a row asks once.
    await session.receive({ type: 'entries' });
    const changed = session.receive({ type: 'range', range: '7d' });
    await new Promise(setImmediate);
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [true, false],
    );
    answers[0]?.({ entries: [entryOf({ requestId: 'OLD' })], complete: true });
    answers[1]?.({ entries: [entryOf({ requestId: 'NEW' })], complete: true });
    await Promise.all([old, changed]);
    const ids = shown.flatMap(({ entries }) => entries.list.map(({ requestId }) => requestId));
    assert.deepEqual([...new Set(ids)], ['NEW']);
  });
});
