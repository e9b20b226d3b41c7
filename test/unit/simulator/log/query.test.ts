import '../../cloud/audit/lz4Alias';
import assert from 'node:assert/strict';
import { type Simulator, startSimulator } from '../../../simulator';
import { recordRequest } from '../recorder';
import { ACCESS_KEY, failure, INSTANCE, logClient, sendRaw, smallWorld } from '../support';

const OLD = 'KAAP.00000000-0000-0000-0000-00000000000a';
const NEW = 'KAAP.00000000-0000-0000-0000-00000000000b';
const HOUR_MS = 3600_000;

describe('audit log queries', () => {
  let sim: Simulator;
  let client: ReturnType<typeof logClient>;
  let now: number;
  let count: number;
  let range: { from: number; to: number };

  const calls = (keyId: string, from: number, to: number) => ({
    keyId,
    instanceId: INSTANCE,
    from,
    to,
    userAgent: 'orders/1',
    apiName: 'Decrypt',
    resourceId: 'key-1',
    clientIp: '10.0.0.1',
  });

  beforeEach(async () => {
    sim = await startSimulator({ world: smallWorld() });
    client = logClient(sim);
    now = await sim.control.now();
    count = await sim.control.addCalls(calls(OLD, now - 48 * HOUR_MS, now - 24 * HOUR_MS));
    await sim.control.addCalls(calls(NEW, now - 24 * HOUR_MS, now));
    range = { from: Math.floor(now / 1000) - 49 * 3600, to: Math.ceil(now / 1000) + 1 };
  });
  afterEach(() => sim.stop());

  it('gives at most 100 rows per call, pages by offset and turns the order on request', async () => {
    const query = `access_key_id: "${OLD}"`;
    const ids: string[] = [];
    for (let offset = 0; ; offset += 100) {
      const body = await client.logs({ ...range, query, line: 100, offset });
      if (!body?.data?.length) break;
      assert.equal(body.meta?.progress, 'Complete');
      ids.push(...body.data.map((row: Record<string, string>) => row.request_id ?? ''));
    }
    assert.equal(new Set(ids).size, count);
    const newest = await client.logs({ ...range, query, line: 1, reverse: true });
    assert.equal(newest?.data?.[0]?.request_id, ids.at(-1));
    assert.equal(newest?.data?.[0]?.access_key_id, OLD);
    assert.match(newest?.data?.[0]?.__time__ ?? '', /^\d{10}$/);
    assert.equal((await failure(client.logs({ ...range, query, line: 101 }))).code, 'ParameterInvalid');
  });

  it('takes a range from inside to outside, and none that is empty', async () => {
    const first = (await client.logs({ ...range, query: '*', line: 1 }))?.data?.[0];
    const at = Number(first?.__time__);
    const within = async (from: number, to: number) =>
      (await client.logs({ from, to, query: `"${OLD}"` }))?.data?.length;
    assert.equal(await within(at, at + 1), 1);
    assert.equal(await within(at - 1, at), 0);
    for (const to of [at, at - 1]) assert.equal((await failure(within(at, to))).code, 'InvalidTimeRange');
  });

  it('answers GetLogs with the same rows and the facts in headers', async () => {
    const { body, headers } = await client.logsV1({ ...range, query: `"${OLD}"`, line: 5, reverse: true });
    assert.equal(body?.length, 5);
    assert.equal(headers?.['x-log-progress'], 'Complete');
    assert.equal(headers?.['x-log-count'], '5');
  });

  it('counts per bucket without a gap, cut at the ends of the range', async () => {
    const { body = [], headers } = await client.histogram({ ...range, query: `"${OLD}"` });
    assert.equal(body[0]?.from, range.from);
    assert.equal(body.at(-1)?.to, range.to);
    for (const [i, bucket] of body.entries()) {
      if (i > 0) assert.equal(bucket.from, body[i - 1]?.to);
      assert.equal(bucket.progress, 'Complete');
    }
    assert.equal(
      body.reduce((sum, bucket) => sum + (bucket.count ?? 0), 0),
      count,
    );
    assert.equal(headers?.['x-log-count'], String(count));
    const sql = client.histogram({ ...range, query: `"${OLD}" | select count(*) as n` });
    assert.equal((await failure(sql)).code, 'ParameterInvalid');
  });

  it('runs SQL over the rows that the search found, values as text', async () => {
    const sql =
      'SELECT access_key_id, client_ip, count(*) AS n, max(__time__) AS last GROUP BY access_key_id, client_ip LIMIT 10';
    const body = await client.logs({ ...range, query: `access_key_id: "${OLD}" | ${sql}` });
    assert.equal(body?.meta?.hasSQL, true);
    assert.equal(body?.data?.length, 1);
    assert.equal(body?.data?.[0]?.n, String(count));
    assert.ok(Number(body?.data?.[0]?.last) * 1000 < now - 24 * HOUR_MS);
    const hours = "* | SELECT date_trunc('day', __time__) AS d, count(*) AS n GROUP BY d ORDER BY d LIMIT 5";
    assert.match(
      (await client.logs({ ...range, query: hours }))?.data?.[0]?.d ?? '',
      /^\d{4}-\d\d-\d\d 00:00:00\.000$/,
    );
    const refused = await failure(client.logs({ ...range, query: '* | SELECT nothing' }));
    assert.deepEqual([refused.code, refused.statusCode], ['ParameterInvalid', 400]);
  });

  it('gives 100 rows of SQL where no LIMIT is given', async () => {
    const rows = async (sql: string) => (await client.logs({ ...range, query: `* | ${sql}` }))?.data?.length;
    assert.equal(await rows('SELECT request_id'), 100);
    assert.equal(await rows('SELECT request_id LIMIT 110'), 110);
  });

  it('reads at most 400 MB per SQL query, oldest first, and says so', async () => {
    await sim.control.setBytesPerRow(4 * 1024 * 1024);
    const body = await client.logs({
      ...range,
      query: '* | SELECT count(*) AS n, max(__time__) AS last LIMIT 1',
    });
    assert.equal(body?.meta?.isAccurate, false);
    assert.equal(body?.data?.[0]?.n, '100');
    assert.ok(
      Number(body?.data?.[0]?.last) * 1000 < now - 24 * HOUR_MS,
      'the newest rows are the ones left out',
    );
    await sim.control.setBytesPerRow(0);
    const whole = await client.logs({ ...range, query: '* | SELECT count(*) AS n LIMIT 1' });
    assert.equal(whole?.meta?.isAccurate, true);
  });

  it('allows no SQL after a phrase, and no phrase in a histogram', async () => {
    const phrase = `#"${OLD}"`;
    assert.equal((await client.logs({ ...range, query: phrase }))?.data?.length, 100);
    const sql = await failure(client.logs({ ...range, query: `${phrase} | SELECT count(*) AS n` }));
    assert.equal(sql.code, 'ParameterInvalid');
    const { body = [] } = await client.histogram({ ...range, query: '#"1 orders"' });
    assert.ok(body.reduce((sum, bucket) => sum + (bucket.count ?? 0), 0) > count);
  });

  it('can stop half-way: successful, but Incomplete', async () => {
    await sim.control.injectFault({ action: 'GetLogsV2', kind: 'incomplete', times: 1 });
    await sim.control.injectFault({ action: 'GetHistograms', kind: 'incomplete', times: 1 });
    const sql = `"${OLD}" | SELECT count(*) AS n LIMIT 1`;
    const partial = await client.logs({ ...range, query: sql });
    assert.equal(partial?.meta?.progress, 'Incomplete');
    assert.ok(Number(partial?.data?.[0]?.n) < count);
    assert.equal((await client.logs({ ...range, query: sql }))?.data?.[0]?.n, String(count));
    const buckets = await client.histogram({ ...range, query: '*' });
    assert.equal(buckets.headers?.['x-log-progress'], 'Incomplete');
    assert.ok(buckets.body?.some((bucket) => bucket.progress === 'Incomplete'));
  });

  it('shows a call after the set delay, and forgets it after 180 days', async () => {
    await sim.control.setLogDelay(25 * HOUR_MS);
    const { to } = range;
    const rows = async (keyId: string, seconds = to) =>
      (await client.logs({ from: range.from, to: seconds, query: `"${keyId}"` }))?.data?.length;
    assert.equal(await rows(NEW), 0);
    assert.equal(await rows(OLD), 100);
    await sim.control.setLogDelay(0);
    assert.equal(await rows(NEW), 100);
    await sim.control.moveClock(180 * 24 * HOUR_MS);
    assert.equal(await rows(OLD), 0);
  });

  it('compresses as it is asked to, or as the test wants: LZ4, gzip or plain, and the SDK reads each', async () => {
    const ask = { ...range, query: `"${OLD}"`, line: 50 };
    const read = async (acceptEncoding?: string) => {
      const body = await client.logs(ask, 'kms_audit_log', acceptEncoding);
      return { data: body?.data, bytes: (await sim.control.requests()).at(-1)?.bytes ?? 0 };
    };
    const plainly = await recordRequest((at) => logClient(at).logs(ask));
    const compression = async () => (await sendRaw(sim.port, plainly)).headers['x-log-compresstype'];
    assert.equal(plainly.headers['accept-encoding'], 'lz4');
    assert.equal(await compression(), 'lz4');

    await sim.control.setCompression('none');
    const plain = await read();
    assert.equal(await compression(), undefined);
    assert.equal(plain.data?.length, 50);
    await sim.control.setCompression('asked');
    for (const [asked, kind] of [
      [undefined, 'asked'],
      ['gzip', 'asked'],
      ['gzip', 'lz4'],
      [undefined, 'gzip'],
    ] as const) {
      await sim.control.setCompression(kind);
      const { data, bytes } = await read(asked);
      assert.deepEqual(data, plain.data, `${asked} ${kind}`);
      assert.ok(bytes < plain.bytes / 2, `${asked} ${kind}: ${bytes} of ${plain.bytes}`);
    }
  });

  it('shows entries late, out of order, without fields, with other types and with any text, as they were given', async () => {
    const hostile = '<script>alert(1)</script>\u202egnp.exe\u0000\u001b[31m';
    const long = 'x'.repeat(10_240);
    const at = now - HOUR_MS;
    await sim.control.addEntries(INSTANCE, [
      { at: at + 2000, fields: { access_key_id: 'KAAP.odd', useragent: hostile, client_ip: long } },
      { at, fields: { access_key_id: 'KAAP.odd', status_code: 403, client_ip: null, duration: { ms: 1 } } },
      { at: at + 1000, deliveredAt: now + HOUR_MS, fields: { access_key_id: 'KAAP.odd' } },
    ]);
    const rows = async () =>
      (await client.logs({ ...range, query: 'access_key_id: KAAP.odd' }))?.data?.map(
        ({ __source__: _, __topic__: __, ...row }) => row,
      );
    const time = (ms: number) => String(Math.floor(ms / 1000));
    const first = {
      __time__: time(at),
      access_key_id: 'KAAP.odd',
      status_code: 403,
      client_ip: null,
      duration: { ms: 1 },
    };
    const last = {
      __time__: time(at + 2000),
      access_key_id: 'KAAP.odd',
      useragent: hostile,
      client_ip: long,
    };
    assert.deepEqual(await rows(), [first, last]);
    await sim.control.moveClock(HOUR_MS + 1000);
    assert.deepEqual(await rows(), [first, { __time__: time(at + 1000), access_key_id: 'KAAP.odd' }, last]);
    const query =
      'access_key_id: KAAP.odd and status_code: 403 | select client_ip, status_code, useragent limit 5';
    assert.deepEqual((await client.logs({ ...range, query }))?.data, [
      { client_ip: 'null', status_code: '403', useragent: 'null' },
    ]);
    await assert.rejects(
      sim.control.addEntries(INSTANCE, [{ at, fields: { nonsense: 1 } }]),
      /no field nonsense/,
    );
  });

  it('has no entries of an outage, after its storage was full, or from before it was bought', async () => {
    const times = async () => {
      const body = await client.logs({ ...range, query: '* | select __time__ limit 10000' });
      return (body?.data ?? []).map((row) => Number(row.__time__) * 1000);
    };
    const all = await times();
    const [from, to] = [now - 30 * HOUR_MS, now - 20 * HOUR_MS];
    await sim.control.loseEntries(INSTANCE, { from, to });
    assert.deepEqual(
      await times(),
      all.filter((at) => at < from || at >= to),
    );
    const full = now - 2 * HOUR_MS;
    await sim.control.loseEntries(INSTANCE, { from: full });
    await sim.control.addCalls(calls(NEW, now - 3 * HOUR_MS, now));
    const left = await times();
    assert.ok(left.length > 0 && left.every((at) => at < full));
    assert.ok(left.some((at) => at > now - 3 * HOUR_MS));
    const bought = now - 10 * HOUR_MS;
    await sim.control.loseEntries(INSTANCE, { to: bought });
    assert.deepEqual(
      await times(),
      left.filter((at) => at >= bought),
    );
    await sim.control.loseEntries(INSTANCE, {});
    assert.deepEqual(await times(), []);
  });

  it('is found under the project and log store that a test names, and under them only', async () => {
    await sim.control.setLogNames(INSTANCE, { project: 'central-logs', logStore: 'kms' });
    assert.equal((await failure(client.logs({ ...range, query: '*' }))).code, 'ProjectNotExist');
    const other = logClient(sim, INSTANCE, ACCESS_KEY, 'central-logs');
    assert.equal((await failure(other.logs({ ...range, query: '*' }))).code, 'LogStoreNotExist');
    assert.equal((await other.logs({ ...range, query: '*' }, 'kms'))?.data?.length, 100);
    assert.equal((await other.logStore('kms'))?.logstoreName, 'kms');
    await sim.control.setLogNames(INSTANCE, {});
    assert.equal((await client.logs({ ...range, query: '*' }))?.data?.length, 100);
  });

  it('tells project, log store and index', async () => {
    assert.equal((await client.project())?.projectName, `kms-log-${INSTANCE}`);
    assert.equal((await client.logStore())?.ttl, 180);
    const index = await client.index();
    assert.equal(index?.keys?.access_key_id?.docValue ?? Object(index?.keys?.access_key_id).doc_value, true);
    assert.ok(index?.line);
  });

  it('answers the documented errors when project, store, index or permission are missing', async () => {
    const query = { ...range, query: '*' };
    const codes = async (run: Promise<unknown>) => {
      const { code, statusCode } = await failure(run);
      return `${statusCode} ${code}`;
    };
    assert.equal(await codes(logClient(sim, 'kst-none').logs(query)), '404 ProjectNotExist');
    assert.equal(await codes(logClient(sim, 'kst-unit2').logs(query)), '404 ProjectNotExist');
    assert.equal(await codes(client.logs(query, 'other')), '404 LogStoreNotExist');
    await sim.control.setIndex(INSTANCE, 'none');
    assert.equal(await codes(client.histogram(query)), '404 IndexConfigNotExist');
    await sim.control.setIndex(INSTANCE, 'noAnalytics');
    assert.equal(
      await codes(client.logs({ ...query, query: '* | select count(*) as n' })),
      '400 ParameterInvalid',
    );
    assert.equal((await client.logs(query))?.data?.length, 100);
    await sim.control.denyAction('log:GetLogStoreLogs', true);
    assert.equal(await codes(client.logs(query)), '403 Unauthorized');
    await sim.control.denyAction('log:GetLogStoreLogs', false);
    await sim.control.setLogging(INSTANCE, false);
    assert.equal(await codes(logClient(sim, INSTANCE, ACCESS_KEY).logs(query)), '404 ProjectNotExist');
  });
});
