import assert from 'node:assert/strict';
import { DescribeRegionsRequest } from '@alicloud/kms20160120';
import { type Simulator, startSimulator } from '../../../simulator';
import { recordRequest } from '../recorder';
import { ACCESS_KEY, failure, kmsClient, rpcClient, STS_KEY, sendRaw, smallWorld } from '../support';

describe('signatures of KMS calls', () => {
  let sim: Simulator;
  before(async () => {
    sim = await startSimulator({ world: smallWorld() });
  });
  after(() => sim.stop());

  const codeOf = (answer: { status: number; body: string }) =>
    `${answer.status} ${JSON.parse(answer.body).Code}`;

  describe('ACS3', () => {
    const create = (at: { port: number }) =>
      kmsClient(at)('CreateClientKey', { body: { AapName: 'none', Password: "a!b*c'd(e)f~1 +&" } });

    it('accepts the SDK with an AccessKey, a body, and characters that URL and signature encode differently', async () => {
      const list = await kmsClient(sim)('ListClientKeys', { query: { AapName: 'unit-aap' } });
      assert.deepEqual(list.ClientKeys, []);
      const odd = await failure(kmsClient(sim)('ListClientKeys', { query: { AapName: "my aap+中!*'()~" } }));
      assert.equal(odd.code, 'Forbidden.ResourceNotFound');
      assert.equal((await failure(create(sim))).code, 'Forbidden.ResourceNotFound');
    });

    it('accepts a session token', async () => {
      assert.ok((await kmsClient(sim, STS_KEY)('DescribeRegions')).Regions);
    });

    it('refuses a wrong secret, an unknown id and a wrong or missing token', async () => {
      const code = async (key: typeof ACCESS_KEY) =>
        (await failure(kmsClient(sim, key)('DescribeRegions'))).code;
      assert.equal(await code({ ...ACCESS_KEY, secret: 'other' }), 'SignatureDoesNotMatch');
      assert.equal(await code({ ...ACCESS_KEY, id: 'LTAIOther' }), 'InvalidAccessKeyId.NotFound');
      assert.equal(await code({ ...STS_KEY, securityToken: 'other' }), 'InvalidSecurityToken.Malformed');
      assert.equal(await code({ id: STS_KEY.id, secret: STS_KEY.secret }), 'InvalidAccessKeyId.NotFound');
    });

    it('refuses a request whose path, query, body or header was changed on the way', async () => {
      const sent = await recordRequest(create);
      const changed = [
        { ...sent, url: '/kms/cn-shanghai/' },
        { ...sent, url: `${sent.url}?PageSize=1` },
        { ...sent, body: sent.body.replace('none', 'some') },
        { ...sent, headers: { ...sent.headers, 'x-acs-action': 'DeleteClientKey' } },
        { ...sent, headers: { ...sent.headers, 'x-acs-extra': 'unsigned' } },
      ];
      for (const each of changed)
        assert.equal(codeOf(await sendRaw(sim.port, each)), '400 SignatureDoesNotMatch');
    });

    it('refuses a nonce that was used before', async () => {
      const sent = await recordRequest((at) => kmsClient(at)('DescribeRegions'));
      assert.equal((await sendRaw(sim.port, sent)).status, 200);
      assert.equal(codeOf(await sendRaw(sim.port, sent)), '400 SignatureNonceUsed');
    });

    it("judges dates by the machine's clock, 15 minutes either way, whatever the simulator's clock says", async () => {
      await sim.control.moveClock(40 * 24 * 3600_000);
      assert.ok((await kmsClient(sim)('DescribeRegions')).Regions);
      const sent = await recordRequest((at) => kmsClient(at)('DescribeRegions'));
      const realNow = Date.now;
      try {
        for (const minutes of [16, -16]) {
          Date.now = () => realNow() + minutes * 60_000;
          assert.equal(codeOf(await sendRaw(sim.port, sent)), '400 InvalidTimeStamp.Expired');
        }
        Date.now = () => realNow() + 14 * 60_000;
        assert.equal((await sendRaw(sim.port, sent)).status, 200);
      } finally {
        Date.now = realNow;
      }
    });
  });

  describe('RPC v1', () => {
    it('accepts DescribeRegions of the 2020 client, with and without a token', async () => {
      const answer = await rpcClient(sim).describeRegions(new DescribeRegionsRequest({}));
      assert.deepEqual(
        answer.regions?.region?.map((each) => each.regionId),
        ['cn-hangzhou', 'cn-shanghai'],
      );
      assert.ok((await rpcClient(sim, STS_KEY).describeRegions(new DescribeRegionsRequest({}))).regions);
    });

    it('refuses a wrong secret and a changed query', async () => {
      const wrong = rpcClient(sim, { ...ACCESS_KEY, secret: 'other' }).describeRegions(
        new DescribeRegionsRequest({}),
      );
      assert.match((await failure(wrong)).code ?? '', /^SignatureDoesNotMatch/);
      const sent = await recordRequest((at) => rpcClient(at).describeRegions(new DescribeRegionsRequest({})));
      const changed = { ...sent, url: sent.url.replace('Action=DescribeRegions', 'Action=ListPolicies') };
      assert.equal(codeOf(await sendRaw(sim.port, changed)), '400 SignatureDoesNotMatch');
    });

    it('refuses a nonce that was used before', async () => {
      const sent = await recordRequest((at) => rpcClient(at).describeRegions(new DescribeRegionsRequest({})));
      assert.equal((await sendRaw(sim.port, sent)).status, 200);
      assert.equal(codeOf(await sendRaw(sim.port, sent)), '400 SignatureNonceUsed');
    });
  });
});
