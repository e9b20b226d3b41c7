import assert from 'node:assert/strict';
import { type Simulator, startSimulator } from '../../../simulator';
import { recordRequest } from '../recorder';
import { ACCESS_KEY, failure, INSTANCE, logClient, STS_KEY, sendRaw, smallWorld } from '../support';

const RANGE = { from: 1_700_000_000, to: 1_900_000_000 };

describe('signatures of log service calls', () => {
  let sim: Simulator;
  before(async () => {
    sim = await startSimulator({ world: smallWorld() });
  });
  after(() => sim.stop());

  it('accepts the SDK, by GET and by POST, with and without a token', async () => {
    for (const key of [ACCESS_KEY, STS_KEY]) {
      const client = logClient(sim, INSTANCE, key);
      assert.deepEqual(
        (await client.logs({ ...RANGE, query: '* and "a b+c(d)" | select count(*) as n' }))?.data,
        [{ n: '0' }],
      );
      assert.deepEqual((await client.logsV1({ ...RANGE, query: '* and not "x!\'()*"' })).body, []);
    }
  });

  it('refuses a wrong secret, an unknown id and a wrong token', async () => {
    const code = async (key: typeof ACCESS_KEY) =>
      (await failure(logClient(sim, INSTANCE, key).project())).code;
    assert.equal(await code({ ...ACCESS_KEY, secret: 'other' }), 'SignatureNotMatch');
    assert.equal(await code({ ...ACCESS_KEY, id: 'LTAIOther' }), 'Unauthorized');
    assert.equal(await code({ ...STS_KEY, securityToken: 'other' }), 'Unauthorized');
  });

  it('refuses a changed body, query, project or path', async () => {
    const post = await recordRequest((at) => logClient(at).logs({ ...RANGE, query: '*' }));
    const get = await recordRequest((at) => logClient(at).histogram({ ...RANGE, query: '*' }));
    const changed = [
      { ...post, body: post.body.replace('"*"', '"x"') },
      { ...post, headers: { ...post.headers, 'x-log-project-name': 'kms-log-other' } },
      { ...post, url: post.url.replace('kms_audit_log', 'other') },
      { ...get, url: get.url.replace('query=%2A', 'query=x').replace('query=*', 'query=x') },
    ];
    for (const each of changed) {
      const answer = await sendRaw(sim.port, each);
      assert.equal(`${answer.status} ${JSON.parse(answer.body).errorCode}`, '403 SignatureNotMatch');
      assert.ok(answer.headers['x-log-requestid']);
    }
  });

  it("judges dates by the machine's clock", async () => {
    const sent = await recordRequest((at) => logClient(at).project());
    const realNow = Date.now;
    try {
      Date.now = () => realNow() + 16 * 60_000;
      assert.equal(JSON.parse((await sendRaw(sim.port, sent)).body).errorCode, 'RequestTimeExpired');
    } finally {
      Date.now = realNow;
    }
    assert.equal((await sendRaw(sim.port, sent)).status, 200);
  });
});
