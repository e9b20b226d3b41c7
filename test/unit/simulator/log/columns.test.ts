import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogRow } from '../../../simulator/log/auditLog';
import { type EntryColumns, entryAt, type Pattern } from '../../../simulator/log/entryColumns';
import { readGrouping } from '../../../simulator/log/grouping';
import { type LogQuery, runHistogram, runQuery } from '../../../simulator/log/query';
import { createSimulation, type Simulation } from '../../../simulator/simulation';
import { failure, INSTANCE, smallWorld } from '../support';

const NOW = Date.parse('2026-11-24T06:00:00Z');
const SECOND = NOW / 1000;
const DAY_S = 86_400;
const OLD = 'KAAP.00000000-0000-0000-0000-00000000000a';
const NEW = 'KAAP.00000000-0000-0000-0000-00000000000b';

/** Statements as the product sends them, and others of the kind; each is one that columns answer themselves. */
const CLASS = 'access_key_id, principal_id, useragent, api_name, resource_id, client_ip';
const FIGURES = 'count(*) as calls, min(__time__) as first_time, max(__time__) as last_time';
const GROUPINGS = [
  `select ${CLASS}, status_code, ${FIGURES} from log group by ${CLASS}, status_code limit 10000`,
  `select ${CLASS}, __time__ - __time__ % 7200 as slot, ${FIGURES} from log group by ${CLASS}, slot limit 10000`,
  'select access_key_id, api_name, status_code, gateway_type, count(*) as calls, max(__time__) as last_time from log group by access_key_id, api_name, status_code, gateway_type order by calls desc, access_key_id, api_name, status_code limit 3',
  `select api_name, status_code, count(*) as calls, max(__time__) as last_time from log where access_key_id in ('${OLD}', '${NEW}') group by api_name, status_code limit 50`,
  'select client_ip as ip, count(1) as n group by ip order by ip desc limit 1, 2',
];
/** Statements for DuckDB alone. */
const OTHERS = [
  'select count(*) as n, max(__time__) as last',
  "select api_name, count(*) as n from log where status_code = '200' group by api_name limit 100",
  'select api_name, min(duration) as quick from log group by api_name limit 100',
];
const SEARCHES = [
  '*',
  `access_key_id: "${OLD}"`,
  `access_key_id: "${OLD}" or access_key_id: "${NEW}" or principal_id: "unit-aap"`,
  `"${NEW}"`,
  `not access_key_id: "${OLD}"`,
  'status_code: 403 and api_name: Decrypt',
  'error_code: *',
  'useragent: java*',
  // What is an entry's own has to be looked at one by one.
  'time: "2026-11-24" or duration: 1.5*',
  '"200"',
];

const pattern: fc.Arbitrary<Pattern> = fc.record(
  {
    access_key_id: fc.constantFrom(OLD, NEW, 'KAAP.other'),
    principal_id: fc.constantFrom('unit-aap', ''),
    api_name: fc.constantFrom('Decrypt', 'Sign'),
    client_ip: fc.constantFrom('10.0.0.1', '10.0.0.2'),
    status_code: fc.constantFrom('200', '403'),
    error_code: fc.constantFrom('', 'Forbidden'),
    useragent: fc.constantFrom('AlibabaCloud (linux) Java/17 orders', ''),
    resource_id: fc.constantFrom('a', 'b'),
  },
  { requiredKeys: ['access_key_id', 'api_name'] },
);
const second = fc.integer({ min: SECOND - 2 * DAY_S, max: SECOND + 60 });
const columnsOf: fc.Arbitrary<EntryColumns> = fc
  .record({
    patterns: fc.array(pattern, { minLength: 1, maxLength: 12 }),
    entries: fc.array(fc.tuple(second, fc.nat()), { maxLength: 150 }),
    seed: fc.nat(),
  })
  .map(({ patterns, entries, seed }) => {
    const sorted = entries.sort(([a], [b]) => a - b);
    return {
      seed,
      patterns,
      seconds: Uint32Array.from(sorted, ([at]) => at),
      patternOf: Uint16Array.from(sorted, ([, place]) => place % patterns.length),
    };
  });
const ordinary: fc.Arbitrary<LogRow> = fc.record({
  at: second.map((at) => at * 1000),
  fields: pattern.map((fields) => ({ ...fields, request_id: 'r', duration: '2.000', time: 'then' })),
});
const range = fc
  .tuple(second, fc.integer({ min: 1, max: 2 * DAY_S }))
  .map(([from, length]) => ({ from, to: from + length }));

/** Two logs of the same entries: in columns, and as ordinary rows. */
function twoLogs(
  columns: EntryColumns,
  rows: readonly LogRow[],
  bytesPerRow?: number,
): [Simulation, Simulation] {
  const clock = { now: () => NOW, move: () => undefined };
  const quick = createSimulation(smallWorld(), clock);
  const plain = createSimulation(smallWorld(), clock);
  quick.log.setColumns(INSTANCE, columns);
  plain.log.appendTo(
    INSTANCE,
    Array.from(columns.seconds, (_, i) => entryAt(columns, i)),
  );
  for (const simulation of [quick, plain]) {
    simulation.log.appendTo(INSTANCE, rows);
    simulation.knobs.bytesPerRow = bytesPerRow;
  }
  return [quick, plain];
}

const lines = (data: readonly object[]) =>
  data.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

describe('entries in columns', function () {
  this.timeout(60_000);

  it('answer search, pages and histograms as ordinary rows do', async () => {
    const ask = fc.record({
      query: fc.constantFrom(...SEARCHES, '#"linux) java"'),
      reverse: fc.boolean(),
      offset: fc.nat(60),
      line: fc.nat(100),
    });
    await fc.assert(
      fc.asyncProperty(
        columnsOf,
        fc.array(ordinary, { maxLength: 40 }),
        range,
        ask,
        fc.boolean(),
        async (columns, rows, span, { query, reverse, offset, line }, partial) => {
          const [quick, plain] = twoLogs(columns, rows);
          const asked: LogQuery = { ...span, query, reverse, offset, line };
          assert.deepEqual(
            await runQuery(quick, INSTANCE, asked, partial),
            await runQuery(plain, INSTANCE, asked, partial),
          );
          assert.deepEqual(
            runHistogram(quick, INSTANCE, asked, partial),
            runHistogram(plain, INSTANCE, asked, partial),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('answer SQL as DuckDB does over ordinary rows, up to the same entry', async () => {
    for (const sql of GROUPINGS) assert.ok(readGrouping(sql), sql);
    for (const sql of OTHERS) assert.equal(readGrouping(sql), undefined, sql);
    await fc.assert(
      fc.asyncProperty(
        columnsOf,
        fc.array(ordinary, { maxLength: 40 }),
        range,
        fc.constantFrom(...SEARCHES),
        fc.constantFrom(...GROUPINGS, ...GROUPINGS, ...OTHERS),
        fc.constantFrom(undefined, 5 * 1024 * 1024, 40 * 1024 * 1024),
        fc.boolean(),
        async (columns, rows, span, search, sql, bytesPerRow, partial) => {
          const [quick, plain] = twoLogs(columns, rows, bytesPerRow);
          const asked = { ...span, query: `${search} | ${sql}`, reverse: false, offset: 0, line: 100 };
          const { data, ...facts } = await runQuery(quick, INSTANCE, asked, partial);
          const expected = await runQuery(plain, INSTANCE, asked, partial);
          assert.deepEqual({ ...facts, data: lines(data) }, { ...expected, data: lines(expected.data) });
        },
      ),
      { numRuns: 250 },
    );
  });

  it('count the bytes of every field against the 400 MB', async () => {
    const columns: EntryColumns = {
      seed: 3,
      patterns: [{ access_key_id: OLD, useragent: 'x'.repeat(9_000_000) }],
      seconds: Uint32Array.from({ length: 50 }, (_, i) => SECOND - 100 + i),
      patternOf: new Uint16Array(50),
    };
    for (const simulation of twoLogs(columns, [])) {
      const ask = { from: SECOND - DAY_S, to: SECOND, reverse: false, offset: 0, line: 100 };
      const query = '* | select access_key_id, count(*) as n group by access_key_id';
      const { isAccurate, processedRows } = await runQuery(simulation, INSTANCE, { ...ask, query }, false);
      // 46 × 9,000,113 bytes are the last that fit.
      assert.deepEqual([isAccurate, processedRows], [false, 46]);
    }
  });

  it('refuse to look for what is an entry’s own among very many', async () => {
    const many = 200_001;
    const columns: EntryColumns = {
      seed: 3,
      patterns: [{ access_key_id: OLD }],
      seconds: new Uint32Array(many).fill(SECOND - 5),
      patternOf: new Uint16Array(many),
    };
    const quick = createSimulation(smallWorld(), { now: () => NOW, move: () => undefined });
    quick.log.setColumns(INSTANCE, columns);
    const ask = {
      from: SECOND - DAY_S,
      to: SECOND,
      reverse: false,
      offset: 0,
      line: 1,
      query: 'duration: 1.5',
    };
    assert.match((await failure(runQuery(quick, INSTANCE, ask, false))).message, /at most 200000/);
    assert.equal((await runQuery(quick, INSTANCE, { ...ask, query: '*' }, false)).processedRows, many);
  });
});
