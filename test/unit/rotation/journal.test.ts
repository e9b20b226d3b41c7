import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { diskEffects } from '../../../src/rotation/fileEffects';
import { type Journal, openJournal } from '../../../src/rotation/journal';
import {
  isRotationRecord,
  type JournalRecord,
  NEW_CREATION,
  NEW_ROTATION,
  parseJournal,
  type RotationRecord,
} from '../../../src/rotation/journalRecord';
import { isLeased, withLease } from '../../../src/rotation/lease';
import { isRotationError } from '../../../src/rotation/rotationError';
import { chooseValidity, renewValidity } from '../../../src/rotation/validity';
import { AAP, DAY, OLD_ID, START } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

function record(id: string): RotationRecord {
  return {
    ...NEW_ROTATION,
    id,
    revision: 1,
    stamp: 'first',
    state: 'creating',
    aap: { ...AAP },
    oldKey: { id: OLD_ID, notBefore: 0, notAfter: START },
    files: { credentialFile: '/k/a.json', passwordFile: '/k/a.txt' },
    request: { notBefore: START, notAfter: START + DAY, keysBefore: [OLD_ID] },
    proven: false,
    startedAt: START,
    updatedAt: START,
    oldKeyCreatedAt: 0,
    creation: { attempts: [], folder: '/k', settled: false, generated: true, deletedOrphans: [] },
  };
}

describe('journal', () => {
  let folder: string;
  let journal: Journal;
  const id = '11111111-aaaa-4bbb-8ccc-000000000001';
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'journal-')), 'rotations');
    journal = openJournal(
      folder,
      () => START,
      diskEffects,
      () => undefined,
    );
  });
  afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

  it('keeps one private file per rotation, the newest revision', async () => {
    const first = await journal.begin(record(id));
    const second = await journal.update(first, { state: 'created' });
    assert.equal(second.revision, 2);
    assert.deepEqual(await journal.read(id), second);
    assert.deepEqual(readdirSync(folder), [`${id}.2.json`]);
    assert.equal(statSync(path.join(folder, `${id}.2.json`)).mode & 0o777, 0o600);
  });

  it('lets exactly one of two windows write a revision', async () => {
    let current: JournalRecord = await journal.begin(record(id));
    for (let round = 0; round < 20; round++) {
      const other = openJournal(
        folder,
        () => START,
        diskEffects,
        () => undefined,
      );
      const results: readonly PromiseSettledResult<JournalRecord>[] = await Promise.allSettled([
        journal.update(current, { proven: true }),
        other.update(current, { proven: true }),
      ]);
      const won = results.filter((result) => result.status === 'fulfilled');
      assert.equal(won.length, 1);
      for (const result of results)
        if (result.status === 'rejected') assert.ok(hasCode('conflict')(result.reason));
      current = await journal.read(id);
    }
  });

  it('refuses a window that slept through several revisions, though its number is free again', async () => {
    const stale = await journal.begin(record(id));
    let current = stale;
    for (let round = 0; round < 4; round++) current = await journal.update(current, { proven: true });
    await assert.rejects(journal.update(stale, { state: 'deleting' }), hasCode('conflict'));
    assert.equal((await journal.read(id)).state, 'creating');
    assert.deepEqual(readdirSync(folder), [`${id}.${current.revision}.json`]);
  });

  it('sets a damaged and a newer journal aside and leaves their bytes alone', async () => {
    await journal.begin(record(id));
    const damaged = path.join(folder, '22222222-aaaa.7.json');
    const newer = path.join(folder, '33333333-aaaa.1.json');
    writeFileSync(damaged, '{"format":1,"id":"2222');
    writeFileSync(newer, JSON.stringify({ format: NEW_CREATION.format + 1, anything: true }));
    const { records, problems } = await journal.readAll();
    assert.deepEqual(
      records.map((each) => each.id),
      [id],
    );
    assert.deepEqual(new Map(problems.map(({ file, reason }) => [file, reason])).get(damaged), 'damaged');
    assert.deepEqual(new Map(problems.map(({ file, reason }) => [file, reason])).get(newer), 'newerVersion');
    await assert.rejects(journal.begin(record('22222222-aaaa')), hasCode('conflict'));
    assert.equal(readFileSync(damaged, 'utf8'), '{"format":1,"id":"2222');
    assert.ok(readFileSync(newer, 'utf8').includes('anything'));
  });

  it('reads what version 1 wrote, and takes a rotation without its old key for damaged, not for a creation', () => {
    const { oldKey, oldKeyCreatedAt, ...rest } = record(id);
    const parsed = parseJournal(JSON.stringify({ ...rest, oldKey, oldKeyCreatedAt, format: 1 }));
    assert.ok(typeof parsed !== 'string' && isRotationRecord(parsed));
    assert.equal(parseJournal(JSON.stringify({ ...rest, format: 1 })), 'damaged');
    const creation = parseJournal(JSON.stringify({ ...rest, ...NEW_CREATION }));
    assert.ok(typeof creation !== 'string' && !isRotationRecord(creation));
    assert.ok(!('workspaces' in creation), 'what belongs to an old key alone is not kept');
  });

  it('an empty file under the next number is a name without a revision', async () => {
    const first = await journal.begin(record(id));
    writeFileSync(path.join(folder, `${id}.2.json`), '');
    assert.deepEqual(await journal.read(id), first);
    const { records, problems } = await journal.readAll();
    assert.deepEqual([records.length, problems], [1, []]);
    const second = await journal.update(first, { state: 'created' });
    assert.deepEqual(await journal.read(id), second);
    assert.deepEqual(readdirSync(folder), [`${id}.2.json`]);
    // Of a rotation that never began.
    writeFileSync(path.join(folder, '22222222-aaaa.1.json'), '');
    assert.equal((await journal.readAll()).records.length, 1);
    await assert.rejects(journal.read('22222222-aaaa'), hasCode('notFound'));
  });

  it('refuses to write what it could not read back, and keeps what it has', async () => {
    const first = await journal.begin(record(id));
    const deleting = { verdict: 'inUse', reason: 'r'.repeat(5000) };
    await assert.rejects(journal.update(first, { state: 'deleting', deleting }), hasCode('journalRefused'));
    assert.deepEqual(await journal.read(id), first);
    assert.deepEqual(readdirSync(folder), [`${id}.1.json`]);
  });
});

describe('lease', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lease-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is held by one at a time and free afterwards, also after a failure', async () => {
    await withLease(folder, AAP, () =>
      assert.rejects(
        withLease(folder, AAP, async () => undefined),
        hasCode('busy'),
      ),
    );
    await assert.rejects(
      withLease(folder, AAP, () => Promise.reject(new Error('failed inside'))),
      /failed inside/,
    );
    assert.equal(await withLease(folder, AAP, async () => 'free'), 'free');
  });

  it('tells other windows that somebody acts on this AAP, as long as it is so', async () => {
    const now = () => isLeased(folder, AAP);
    assert.equal(await now(), false);
    assert.equal(await withLease(folder, AAP, now), true);
    assert.equal(await withLease(folder, { ...AAP, aapName: 'another' }, now), false);
    assert.equal(await now(), false);
  });

  it('is taken over at once from a process that was killed', async () => {
    await withLease(folder, AAP, async () => undefined);
    const owner = readdirSync(folder).find((name) => name.endsWith('.owner')) ?? '';
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(path.join(folder, owner.replace(/owner$/, 'lock')));
    writeFileSync(path.join(folder, owner), JSON.stringify({ pid: gone, host: hostname() }));
    assert.equal(await isLeased(folder, AAP), false, 'nobody acts there any more');
    assert.equal(await withLease(folder, AAP, async () => 'taken'), 'taken');
    mkdirSync(path.join(folder, owner.replace(/owner$/, 'lock')));
    writeFileSync(path.join(folder, owner), JSON.stringify({ pid: gone, host: 'another-machine' }));
    await assert.rejects(
      withLease(folder, AAP, async () => undefined),
      hasCode('busy'),
    );
  });
});

describe('validity', () => {
  it('never falls short of the years asked for, never exceeds five, and carries a second of its own', () => {
    const marks = new Set<number>();
    for (let round = 0; round < 200; round++) {
      const { notBefore, notAfter } = chooseValidity({ years: 1 }, START + 432);
      assert.equal(notBefore, START);
      assert.ok(notAfter > Date.UTC(2027, 10, 24, 8) && notAfter < Date.UTC(2027, 10, 24, 9));
      assert.equal(notAfter % 1000, 0);
      marks.add(notAfter);
      assert.ok(chooseValidity({ years: 5 }, START).notAfter < Date.UTC(2031, 10, 24, 8));
    }
    assert.ok(marks.size > 100);
    const again = renewValidity({ notBefore: START, notAfter: Date.UTC(2031, 10, 24, 8) }, START + DAY);
    assert.ok(again.notAfter < Date.UTC(2031, 10, 25, 8));
  });

  it('refuses what the service cannot give', () => {
    for (const validity of [
      { years: 0 },
      { years: 6 },
      { years: 1.5 },
      { notAfter: START },
      { notAfter: Number.NaN },
    ])
      assert.throws(() => chooseValidity(validity, START), hasCode('badRequest'));
  });
});
