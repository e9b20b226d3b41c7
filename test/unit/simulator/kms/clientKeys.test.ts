import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { type Simulator, startSimulator } from '../../../simulator';
import { openCredential } from '../../../simulator/applications/openCredential';
import { toServiceTime } from '../../../simulator/clock';
import { isAcceptablePassword } from '../../../simulator/kms/passwordPolicy';
import { failure, kmsClient, PASSWORD, smallWorld } from '../support';

const DAY_MS = 24 * 3600_000;

describe('client keys', function () {
  // Key pairs take their time on a busy machine.
  this.timeout(30_000);
  let sim: Simulator;
  let call: ReturnType<typeof kmsClient>;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallWorld() });
    call = kmsClient(sim);
  });
  afterEach(() => sim.stop());

  const create = (more: Record<string, string> = {}) =>
    call('CreateClientKey', { body: { AapName: 'unit-aap', Password: PASSWORD, ...more } });

  it('are created with a private part that opens with the password and belongs to the listed certificate', async () => {
    const made = await create();
    assert.match(made.ClientKeyId, /^KAAP\.[0-9a-f-]{36}$/);
    assert.equal(made.KeyAlgorithm, 'RSA_2048');
    const json = JSON.stringify({ KeyId: made.ClientKeyId, PrivateKeyData: made.PrivateKeyData });
    const opened = openCredential(json, PASSWORD);
    const got = await call('GetClientKey', { query: { ClientKeyId: made.ClientKeyId } });
    const certificate = new X509Certificate(got.PublicKeyData);
    assert.ok(
      certificate.checkPrivateKey((await import('node:crypto')).createPrivateKey(opened.privateKeyPem)),
    );
    assert.equal(toServiceTime(Date.parse(certificate.validTo)), made.NotAfter);
    assert.equal('PrivateKeyData' in got, false);
    assert.deepEqual([got.AapName, got.KeyOrigin, got.NotAfter], ['unit-aap', 'KMS_PROVIDED', made.NotAfter]);
  });

  it('live from their creation for five years when no dates are given', async () => {
    const made = await create();
    assert.equal(
      made.NotAfter,
      made.NotBefore.replace(/^\d{4}/, (year: string) => String(Number(year) + 5)),
    );
    assert.ok(Math.abs(Date.parse(made.NotBefore) - (await sim.control.now())) < 60_000);
  });

  it('take both dates or neither, in the service’s form and in order', async () => {
    const now = await sim.control.now();
    const from = toServiceTime(now);
    const to = toServiceTime(now + 365 * DAY_MS);
    const made = await create({ NotBefore: from, NotAfter: to });
    assert.deepEqual([made.NotBefore, made.NotAfter], [from, to]);
    const wrong = [
      { NotBefore: from },
      { NotAfter: to },
      { NotBefore: to, NotAfter: from },
      { NotBefore: from, NotAfter: '2027-01-01' },
      { NotBefore: toServiceTime(now - 9 * DAY_MS), NotAfter: toServiceTime(now - DAY_MS) },
      { NotBefore: from, NotAfter: toServiceTime(now + 6 * 365 * DAY_MS) },
    ];
    for (const dates of wrong) assert.equal((await failure(create(dates))).code, 'InvalidParameter');
  });

  it('are at most three per AAP, also when created at the same time', async () => {
    const results = await Promise.allSettled([create(), create(), create(), create()]);
    assert.equal(results.filter((each) => each.status === 'fulfilled').length, 3);
    const fourth = await failure(create());
    assert.deepEqual([fourth.code, fourth.statusCode], ['Rejected.LimitExceeded', 400]);
    assert.equal((await call('ListClientKeys', { query: { AapName: 'unit-aap' } })).ClientKeys.length, 3);
  });

  it('are listed flat, for one AAP or for the whole region, and in their region only', async () => {
    const first = await create();
    const second = await create({ AapName: 'shared-aap' });
    const ids = async (query?: Record<string, string>) =>
      (await call('ListClientKeys', query ? { query } : {})).ClientKeys.map(
        (key: { ClientKeyId: string }) => key.ClientKeyId,
      );
    assert.deepEqual(await ids({ AapName: 'unit-aap' }), [first.ClientKeyId]);
    assert.deepEqual(await ids(), [first.ClientKeyId, second.ClientKeyId]);
    const elsewhere = kmsClient(sim, undefined, 'cn-shanghai');
    assert.deepEqual((await elsewhere('ListClientKeys')).ClientKeys, []);
    const lost = await failure(elsewhere('GetClientKey', { query: { ClientKeyId: first.ClientKeyId } }));
    assert.deepEqual([lost.code, lost.statusCode], ['Forbidden.ResourceNotFound', 404]);
  });

  it('are listed without an AAP as the test wants it: all, none, a refusal, some, or without its name', async () => {
    const first = await create();
    const second = await create({ AapName: 'shared-aap' });
    const list = async (kind: Parameters<typeof sim.control.setRegionList>[0]) => {
      await sim.control.setRegionList(kind);
      return (await call('ListClientKeys')).ClientKeys.map((key) => ({ ...key }));
    };
    const ids = async (kind: Parameters<typeof list>[0]) =>
      (await list(kind)).map((key: { ClientKeyId: string }) => key.ClientKeyId);
    assert.deepEqual(await ids('all'), [first.ClientKeyId, second.ClientKeyId]);
    assert.deepEqual(await ids('empty'), []);
    assert.deepEqual(await ids('partial'), [first.ClientKeyId]);
    assert.deepEqual(await ids('noNames'), [first.ClientKeyId, second.ClientKeyId]);
    assert.ok((await list('noNames')).every((key) => !('AapName' in key)));
    assert.ok((await list('all')).every((key) => 'AapName' in key));
    assert.equal((await failure(list('refused'))).code, 'MissingParameter');
    const query = { AapName: 'unit-aap' };
    assert.equal((await call('ListClientKeys', { query })).ClientKeys.length, 1);
  });

  it('are gone once deleted, and their slot is free', async () => {
    const made = await create();
    await call('DeleteClientKey', { body: { ClientKeyId: made.ClientKeyId } });
    assert.deepEqual((await call('ListClientKeys')).ClientKeys, []);
    for (const action of ['DeleteClientKey', 'GetClientKey']) {
      const again = await failure(call(action, { method: 'GET', query: { ClientKeyId: made.ClientKeyId } }));
      assert.equal(again.code, 'Forbidden.ResourceNotFound');
    }
    const [info] = await sim.control.keys('unit-aap');
    assert.equal(typeof info?.deletedAt, 'number');
  });

  it('are listed and read by GET alone', async () => {
    const error = await failure(call('ListClientKeys', { method: 'POST' }));
    assert.deepEqual([error.code, error.statusCode], ['UnsupportedHTTPMethod', 405]);
  });

  it('are not created when the password stands in the URL', async () => {
    const error = await failure(
      call('CreateClientKey', { query: { AapName: 'unit-aap', Password: PASSWORD } }),
    );
    assert.equal(error.code, 'Simulator.PasswordInQuery');
    assert.deepEqual(await sim.control.keys(), []);
  });

  it('are not created for an unknown AAP, for one by RAM role, or with a weak password', async () => {
    assert.equal((await failure(create({ AapName: 'none' }))).code, 'Forbidden.ResourceNotFound');
    assert.equal((await failure(create({ AapName: 'role-aap' }))).code, 'InvalidParameter');
    assert.equal((await failure(create({ Password: 'onlyletters' }))).code, 'InvalidParameter');
    assert.equal(
      (await failure(call('CreateClientKey', { body: { AapName: 'unit-aap' } }))).code,
      'MissingParameter',
    );
  });
});

describe('password policy of the API', () => {
  it('wants 8 to 64 characters of the alphabet and two kinds', () => {
    for (const good of ['abcdefg1', 'ABCDEFG-', '1234567~', 'a1'.repeat(32)])
      assert.equal(isAcceptablePassword(good), true, good);
    for (const bad of [
      'abcdef1',
      `${'a1'.repeat(32)}b`,
      'abcdefgh',
      'ABCDefgh',
      '12345678',
      '~!@#$%^&',
      'abcdefg1 ',
      'abcdefg1+',
      'ábcdefg1',
    ]) {
      assert.equal(isAcceptablePassword(bad), false, bad);
    }
  });
});
