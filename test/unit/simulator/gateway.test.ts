import assert from 'node:assert/strict';
import { type Simulator, startSimulator } from '../../simulator';
import { type OpenedCredential, openCredential } from '../../simulator/applications/openCredential';
import { contentHash, signWithKey } from '../../simulator/signatures/rsa';
import { INSTANCE, kmsClient, logClient, PASSWORD, sendRaw, smallWorld } from './support';

const DAY_MS = 24 * 3600_000;

describe('instance gateway', function () {
  // Key pairs take their time on a busy machine.
  this.timeout(30_000);
  let sim: Simulator;
  let now: number;
  beforeEach(async () => {
    sim = await startSimulator({ world: smallWorld() });
    now = await sim.control.now();
  });
  afterEach(() => sim.stop());

  async function addKey(
    dates: { notBefore?: number; notAfter: number },
    aap = 'unit-aap',
  ): Promise<OpenedCredential> {
    const { keyId, privateKeyData, password } = await sim.control.addClientKey(aap, dates);
    return openCredential(JSON.stringify({ KeyId: keyId, PrivateKeyData: privateKeyData }), password);
  }

  async function call(key: OpenedCredential, change: Record<string, string> = {}, instance = INSTANCE) {
    const url = `/instance/${instance}`;
    const body = JSON.stringify({ SecretName: 'shop/orders' });
    const headers: Record<string, string> = {
      date: new Date().toUTCString(),
      'content-type': 'application/json',
      'content-sha256': contentHash(body),
      'user-agent': 'orders/1',
      'x-forwarded-for': '10.1.2.3',
      'x-kms-apiname': 'GetSecretValue',
      'x-kms-signaturemethod': 'RSA_PKCS1_SHA_256',
      'x-kms-acccesskeyid': key.keyId,
    };
    const authorization = signWithKey(key.privateKeyPem, 'POST', url, headers);
    const answer = await sendRaw(sim.port, {
      method: 'POST',
      url,
      headers: { ...headers, authorization, ...change },
      body,
    });
    const { ErrorCode = '', ErrorMessage = '' } = JSON.parse(answer.body);
    return { status: answer.status, code: ErrorCode, message: ErrorMessage };
  }

  it('accepts a valid key and logs the call with its fields', async () => {
    const key = await addKey({ notAfter: now + DAY_MS });
    assert.equal((await call(key)).status, 200);
    const query = {
      from: Math.floor(now / 1000) - 5,
      to: Math.floor(now / 1000) + 60,
      query: `"${key.keyId}"`,
    };
    const row = (await logClient(sim).logs(query))?.data?.[0] ?? {};
    const {
      access_key_id,
      account_id,
      api_name,
      client_ip,
      identity_type,
      principal_id,
      resource_id,
      status_code,
      useragent,
    } = row;
    assert.deepEqual(
      {
        access_key_id,
        account_id,
        api_name,
        client_ip,
        identity_type,
        principal_id,
        resource_id,
        status_code,
        useragent,
      },
      {
        access_key_id: key.keyId,
        account_id: '1000000000000009',
        api_name: 'GetSecretValue',
        client_ip: '10.1.2.3',
        identity_type: 'aap',
        principal_id: 'unit-aap',
        resource_id: 'shop/orders',
        status_code: '200',
        useragent: 'orders/1',
      },
    );
    assert.match(row.access_key_fingerprint ?? '', /^sha256-[0-9a-f]{64}$/);
    assert.deepEqual(await sim.control.callCounts(), [{ keyId: key.keyId, accepted: 1, refused: 0 }]);
  });

  it('refuses a signature by another key, changed headers or content, and an old date', async () => {
    const key = await addKey({ notAfter: now + DAY_MS });
    const other = await addKey({ notAfter: now + DAY_MS });
    assert.equal((await call({ ...other, keyId: key.keyId })).code, 'SignatureNotMatch');
    assert.equal((await call(key, { 'x-kms-apiname': 'Decrypt' })).code, 'SignatureNotMatch');
    assert.equal((await call(key, { 'content-sha256': contentHash('other') })).status, 401);
    const realNow = Date.now;
    try {
      const skewed = call(key);
      Date.now = () => realNow() + 16 * 60_000;
      assert.equal((await skewed).code, 'RequestTimeTooSkewed');
    } finally {
      Date.now = realNow;
    }
  });

  it('answers a deleted key as one it never knew, at once, and logs it', async () => {
    const key = await addKey({ notAfter: now + DAY_MS });
    await sim.control.removeClientKey(key.keyId);
    const answer = await call(key);
    assert.deepEqual(answer, {
      status: 404,
      code: 'Unauthorized',
      message: `The AccessKey ID "${key.keyId}" does not exist in our records.`,
    });
    const query = {
      from: Math.floor(now / 1000) - 5,
      to: Math.floor(now / 1000) + 60,
      query: `"${key.keyId}"`,
    };
    const row = (await logClient(sim).logs(query))?.data?.[0] ?? {};
    assert.deepEqual([row.status_code, row.error_code, row.principal_id], ['404', 'Unauthorized', '']);
  });

  it('refuses a key before and after its time', async () => {
    const late = await addKey({ notBefore: now + DAY_MS, notAfter: now + 2 * DAY_MS });
    assert.equal((await call(late)).code, 'Forbidden.ClientKeyNotYetValid');
    await sim.control.moveClock(DAY_MS + 1000);
    assert.equal((await call(late)).status, 200);
    await sim.control.moveClock(DAY_MS);
    assert.equal((await call(late)).code, 'Forbidden.ClientKeyExpired');
  });

  it('knows a key on the instances of its policies only', async () => {
    const key = await addKey({ notAfter: now + DAY_MS }, 'shared-aap');
    assert.equal((await call(key)).status, 404);
    assert.equal((await call(key, {}, 'kst-none')).code, 'InstanceNotFound');
  });

  it('does not know a new key until the set time after its creation has passed', async () => {
    await sim.control.setGatewayDelay(20_000);
    const made = await kmsClient(sim)('CreateClientKey', {
      body: { AapName: 'unit-aap', Password: PASSWORD },
    });
    const json = JSON.stringify({ KeyId: made.ClientKeyId, PrivateKeyData: made.PrivateKeyData });
    const key = openCredential(json, PASSWORD);
    assert.equal((await call(key)).status, 404);
    await sim.control.moveClock(20_000);
    assert.equal((await call(key)).status, 200);
  });

  it('logs nothing where the log was not bought', async () => {
    const key = await addKey({ notAfter: now + DAY_MS });
    await sim.control.setLogging(INSTANCE, false);
    assert.equal((await call(key)).status, 200);
    await sim.control.setLogging(INSTANCE, true);
    const query = { from: Math.floor(now / 1000) - 5, to: Math.floor(now / 1000) + 60, query: '*' };
    assert.deepEqual((await logClient(sim).logs(query))?.data, []);
  });
});
