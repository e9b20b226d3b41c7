import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { errnoOf } from '../credential/durableFile';
import type { FileEffects } from './fileEffects';
import { type JournalChange, type JournalRecord, parseJournal } from './journalRecord';
import { RotationError } from './rotationError';
import type { JournalProblem } from './rotations';

/** `<rotation id>.<revision>.json`: each revision is a file of its own, so that creating it is the comparison. */
const REVISION_FILE = /^([0-9a-f-]{8,40})\.(\d{1,9})\.json$/;

/**
 * The journals of all rotations, in one folder of global storage. A revision is written in full to a temporary file,
 * synced, and then given its number without replacing: that fails if another window has written the revision, which makes the
 * compare-and-set real, also without the lease. Older revisions are removed afterwards; the highest is the journal. Where there
 * are no hard links, a crash can leave an empty file under the next number: it is a name without a revision.
 */
export interface Journal {
  readAll(): Promise<{
    readonly records: readonly JournalRecord[];
    readonly problems: readonly JournalProblem[];
  }>;
  /** @throws RotationError `notFound` or `journalDamaged` */
  read(id: string): Promise<JournalRecord>;
  /** @throws RotationError `conflict` if the id is taken */
  begin<R extends JournalRecord>(record: R): Promise<R>;
  /**
   * Writes the next revision; durable when it resolves.
   * @param clear optional members to take out
   * @throws RotationError `conflict` if `record` is no longer the newest revision, `journalRefused` for a record that could
   *   not be read back
   */
  update<R extends JournalRecord>(
    record: R,
    change: JournalChange<R>,
    clear?: readonly ('failure' | 'pending' | 'deleting' | 'newKey' | 'createdAt')[],
  ): Promise<R>;
}

/**
 * @param folder made on the first write
 * @param clock ms UTC, for `updatedAt`
 * @param onWrite called after each durable write
 */
export function openJournal(
  folder: string,
  clock: () => number,
  effects: FileEffects,
  onWrite: (id: string) => void,
): Journal {
  async function revisions(): Promise<Map<string, number[]>> {
    const found = new Map<string, number[]>();
    for (const name of await readFolder(folder)) {
      const match = REVISION_FILE.exec(name);
      if (match?.[1] === undefined) continue;
      const numbers = found.get(match[1]) ?? [];
      numbers.push(Number(match[2]));
      found.set(
        match[1],
        numbers.sort((one, other) => other - one),
      );
    }
    return found;
  }

  const fileOf = (id: string, revision: number) => path.join(folder, `${id}.${revision}.json`);

  /** One revision; `missing` if it was removed in between because a newer one is there now, `empty` for a mere name. */
  async function readRevision(
    id: string,
    revision: number,
  ): Promise<JournalRecord | JournalProblem | 'missing' | 'empty'> {
    const file = fileOf(id, revision);
    let content: string;
    try {
      content = await fs.readFile(file, 'utf8');
    } catch (error) {
      return errnoOf(error) === 'ENOENT' ? 'missing' : { file, reason: 'damaged' };
    }
    if (content === '') return 'empty';
    const parsed = parseJournal(content);
    if (typeof parsed === 'string') return { file, reason: parsed };
    return parsed.id === id && parsed.revision === revision ? parsed : { file, reason: 'damaged' };
  }

  /** The newest of these revisions that is more than a name; undefined if there is none. */
  async function readNewest(
    id: string,
    numbers: readonly number[],
  ): Promise<JournalRecord | JournalProblem | 'missing' | undefined> {
    for (const revision of numbers) {
      const result = await readRevision(id, revision);
      if (result !== 'empty') return result;
    }
    return undefined;
  }

  async function load(id: string): Promise<JournalRecord | JournalProblem | undefined> {
    for (let round = 0; round < 20; round++) {
      const result = await readNewest(id, (await revisions()).get(id) ?? []);
      if (result !== 'missing') return result;
    }
    throw new RotationError('conflict', { id });
  }

  async function write<R extends JournalRecord>(record: R): Promise<R> {
    const file = fileOf(record.id, record.revision);
    const temporary = path.join(folder, `${record.id}.${randomUUID()}.tmp`);
    const content = `${JSON.stringify(record, null, 1)}\n`;
    // A revision that cannot be read back would hide the whole rotation.
    if (typeof parseJournal(content) === 'string')
      throw new RotationError('journalRefused', { id: record.id });
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      await effects.create(temporary, Buffer.from(content));
      // Under the lease nobody else is between claiming this name and filling it.
      if ((await readRevision(record.id, record.revision)) === 'empty') await effects.remove(file);
      await effects.settle(temporary, file);
    } catch (error) {
      await effects.remove(temporary);
      throw errnoOf(error) === 'EEXIST' ? new RotationError('conflict', { id: record.id }) : error;
    }
    const all = (await revisions()).get(record.id) ?? [];
    if ((all[0] ?? 0) > record.revision) {
      // A window that slept through several revisions: its number had been free again.
      await effects.remove(file);
      throw new RotationError('conflict', { id: record.id });
    }
    for (const older of all.filter((revision) => revision < record.revision))
      await effects.remove(fileOf(record.id, older));
    onWrite(record.id);
    return record;
  }

  return {
    async readAll() {
      const loaded = await Promise.all([...(await revisions()).keys()].map(load));
      const entries = loaded.filter((entry) => entry !== undefined);
      const records = entries.filter((entry): entry is JournalRecord => 'revision' in entry);
      return {
        records: records.sort((one, other) => other.startedAt - one.startedAt),
        problems: entries.filter((entry): entry is JournalProblem => 'reason' in entry),
      };
    },
    async read(id) {
      const entry = await load(id);
      if (entry === undefined) throw new RotationError('notFound', { id });
      if ('reason' in entry)
        throw new RotationError('journalDamaged', { file: entry.file, reason: entry.reason });
      return entry;
    },
    async begin(record) {
      if ((await revisions()).has(record.id)) throw new RotationError('conflict', { id: record.id });
      return write(record);
    },
    async update(record, change, clear = []) {
      const next = {
        ...record,
        ...change,
        revision: record.revision + 1,
        stamp: randomUUID(),
        updatedAt: clock(),
      };
      for (const member of clear) Reflect.deleteProperty(next, member);
      return write(next);
    },
  };
}

async function readFolder(folder: string): Promise<readonly string[]> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
