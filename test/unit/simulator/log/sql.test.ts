import assert from 'node:assert/strict';
import { checkSql } from '../../../simulator/log/sql';

const accepted = [
  'select count(*) * 2 as twice, sum(cast(duration as double) * 1000) as us',
  'SELECT count(*) AS n',
  "select client_ip, count(*) as n, max(__time__) as last from log where access_key_id = 'KAAP.1' group by client_ip order by n desc limit 10",
  'select __time__ - __time__ % 3600 as t, approx_distinct(client_ip) as ips group by t order by t limit 100, 200',
  "select date_trunc('hour', __time__) as hour, arbitrary(useragent) as ua, max_by(status_code, __time__) as s group by hour limit 5",
  "select status_code, min(cast(duration as double)) as fastest where error_code is not null and status_code in ('200', '404') and useragent like '%Java%' group by status_code having min(__time__) > 5",
  'select "access_key_id", sum(case when status_code = \'200\' then 1 else 0 end) as ok group by "access_key_id"',
];

const refused = [
  'count(*)',
  'select * from log',
  'select client_ip, * from log',
  'select no_such_column',
  'select foo(client_ip)',
  'select strftime(__time__)',
  "select read_text('x')",
  'select client_ip from other',
  'select client_ip from (select client_ip from log)',
  'select client_ip union select useragent',
  'select client_ip from log join log',
  'select count(*) over ()',
  'select client_ip; drop table log',
  'select client_ip -- comment',
  'select client_ip limit x',
  'select client_ip limit 1, 2, 3',
  'select client_ip limit 5 where status_code',
  'select client_ip limit 1000001',
  'with a as (select 1) select 1',
  'select client_ip::varchar',
  'copy log to x',
];

describe('SQL of the log service', () => {
  for (const sql of accepted) it(`accepts ${sql}`, () => assert.ok(checkSql(sql).duckDb));

  for (const sql of refused) {
    it(`refuses ${sql}`, () => assert.throws(() => checkSql(sql), { code: 'ParameterInvalid' }));
  }

  it('gives 100 rows where no LIMIT is given, and reads LIMIT offset, rows', () => {
    assert.match(checkSql('select client_ip').duckDb, /LIMIT 100$/);
    assert.match(checkSql('select client_ip limit 7').duckDb, /LIMIT 7$/);
    assert.match(checkSql('select client_ip limit 20, 7').duckDb, /LIMIT 7 OFFSET 20$/);
  });

  it('names the columns that have to be loaded', () => {
    assert.deepEqual(checkSql('select client_ip, max(__time__) as t group by client_ip').columns, [
      'client_ip',
      '__time__',
    ]);
  });
});
