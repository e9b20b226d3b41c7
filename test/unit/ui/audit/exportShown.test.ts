import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditReading } from '../../../../src/ui/audit/auditReading';
import { writeAtOnce } from '../../../../src/ui/audit/exportFile';
import { toCsv, toJson } from '../../../../src/ui/audit/exportFormats';
import { exportRecords } from '../../../../src/ui/audit/exportRecords';
import {
  DAY,
  entryOf,
  evidenceOf,
  inUse,
  NEW_KEY,
  NOW,
  OLD_KEY,
  readingOf,
  rotationOf,
  t,
  use,
} from './fixtures';

const reading: AuditReading = {
  ...readingOf(inUse()),
  histogram: {
    status: 'ready',
    from: NOW - DAY,
    to: NOW,
    buckets: [{ from: NOW - DAY, to: NOW, oldKey: 5, newKey: 6 }],
    complete: false,
  },
  shares: {
    shares: [
      { keyId: NEW_KEY, api: 'GetSecretValue', status: '200', gateway: 'dedicated', calls: 6, last: NOW },
    ],
    sharesQuality: 'approximate',
  },
  entries: { status: 'ready', list: [entryOf({ requestId: 'REQ-7' })], more: true, complete: true },
};

/** RFC 4180, read by hand: rows of cells. */
function readCsv(text: string): string[][] {
  assert.equal(text.charCodeAt(0), 0xfeff);
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

function csvRecords(of: AuditReading): Record<string, string>[] {
  const [header = [], ...rows] = readCsv(toCsv(exportRecords(of, t)));
  return rows.map((cells) => {
    assert.equal(cells.length, header.length);
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  });
}

/** A caller and an entry that call themselves so. */
const hostile = (userAgent: string): AuditReading => ({
  ...readingOf(evidenceOf(NOW - 1000, [use(userAgent, OLD_KEY, NOW - DAY, NOW - 1000)])),
  entries: { status: 'ready', list: [entryOf({ userAgent })], more: false, complete: true },
});

describe('export of the audit view', () => {
  it('holds callers, bars, shares and entries as one table, times in UTC', () => {
    const records = csvRecords(reading);
    assert.deepEqual(
      records.map(({ record }) => record),
      ['about', 'caller', 'caller', 'bucket', 'share', 'entry'],
    );
    const [about, billing, , bucket, share, entry] = records;
    assert.deepEqual(
      [about?.oldKeyId, about?.newKeyId, about?.verdict, about?.readAt, about?.bucketsComplete],
      [OLD_KEY, NEW_KEY, 'inUse', '2026-11-24T10:00:00.000Z', 'false'],
    );
    assert.deepEqual([about?.sharesQuality, about?.entriesComplete], ['approximate', 'false']);
    assert.deepEqual(
      [billing?.state, billing?.userAgent, billing?.oldKeyLast],
      ['oldKey', 'billing-job Python', '2026-11-24T09:58:00.000Z'],
    );
    assert.deepEqual([bucket?.from, bucket?.oldKeyCalls], ['2026-11-23T10:00:00.000Z', '5']);
    assert.deepEqual([share?.gateway, share?.calls], ['dedicated', '6']);
    assert.deepEqual([entry?.time, entry?.requestId], ['2026-11-24T09:59:00.000Z', 'REQ-7']);
  });

  it('says the same as JSON', () => {
    const whole: unknown = JSON.parse(toJson(exportRecords(reading, t)));
    assert.ok(typeof whole === 'object' && whole !== null);
    const list = (name: string): unknown[] => {
      const value: unknown = Reflect.get(whole, name);
      assert.ok(Array.isArray(value));
      return value;
    };
    assert.equal(Reflect.get(whole, 'range'), '24h');
    assert.deepEqual(
      ['callers', 'buckets', 'shares', 'entries'].map((name) => list(name).length),
      [2, 1, 1, 1],
    );
    assert.deepEqual(list('buckets'), [
      { from: '2026-11-23T10:00:00.000Z', to: '2026-11-24T10:00:00.000Z', oldKeyCalls: 5, newKeyCalls: 6 },
    ]);
  });

  it('lets no caller write a formula', () => {
    for (const start of ['=', '+', '-', '@', '＝']) {
      const agent = `${start}HYPERLINK("http://x","y")`;
      const [, caller, entry] = csvRecords(hostile(agent));
      assert.deepEqual([caller?.userAgent, entry?.userAgent], [`'${agent}`, `'${agent}`]);
      // A machine that reads JSON calculates nothing.
      assert.ok(toJson(exportRecords(hostile(agent), t)).includes(JSON.stringify(agent)));
    }
  });

  it('lets no caller break out of its cell, nor write controls', () => {
    const [, caller, entry] = csvRecords(hostile('a,"b"\r\n\t=1+1\u202Ec\u0000'));
    assert.deepEqual([caller?.userAgent, entry?.userAgent], ['a,"b" =1+1 c', 'a,"b" =1+1 c']);
    const long = csvRecords(hostile('x'.repeat(10_000)))[2]?.userAgent ?? '';
    assert.equal(long.length, 2000);
  });

  it('tells nothing of where the credential files are', () => {
    const text = toJson(exportRecords(readingOf(inUse(), rotationOf()), t));
    assert.ok(!text.includes('/keys/new'));
  });
});

describe('file of an export', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-export-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('takes the place of an older one at once, and leaves nothing beside it', async () => {
    const file = join(folder, 'audit.csv');
    await writeFile(file, 'old');
    await writeAtOnce(file, '\uFEFFé');
    assert.deepEqual([...(await readFile(file))], [0xef, 0xbb, 0xbf, 0xc3, 0xa9]);
    assert.deepEqual(await readdir(folder), ['audit.csv']);
  });

  it('leaves everything as it was if it cannot be written', async () => {
    await writeFile(join(folder, 'inside'), '');
    // A folder that is not empty cannot be replaced by a file.
    await assert.rejects(writeAtOnce(folder, 'x'));
    await assert.rejects(writeAtOnce(join(folder, 'missing', 'audit.csv'), 'x'), /ENOENT/);
    assert.deepEqual(await readdir(folder), ['inside']);
    const beside = (await readdir(join(folder, '..'))).filter((name) => name.includes('.part'));
    assert.deepEqual(
      beside.filter((name) => name.startsWith(folder.split('/').at(-1) ?? '')),
      [],
    );
  });
});
