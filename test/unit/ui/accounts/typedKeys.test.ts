import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { SecretStorage } from 'vscode';
import { Secret } from '../../../../src/model/secret';
import { secretsAreKept, sessionName } from '../../../../src/ui/accounts/secretMarker';
import { createTypedKeys } from '../../../../src/ui/accounts/typedKeys';

/** VS Code's SecretStorage as several windows see it. */
function memoryStorage() {
  const values = new Map<string, string>();
  const listeners = new Set<(event: { key: string }) => void>();
  const tell = (key: string) => {
    for (const listener of listeners) listener({ key });
  };
  const storage: SecretStorage = {
    get: async (key) => values.get(key),
    keys: async () => [...values.keys()],
    async store(key, value) {
      values.set(key, value);
      tell(key);
    },
    async delete(key) {
      values.delete(key);
      tell(key);
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  return { storage, values };
}

const KEY = { accessKeyId: 'LTAI5tExample', accessKeySecret: new Secret('canary-secret') };
const SESSION = {
  accessKeyId: 'STS.Example',
  accessKeySecret: new Secret('canary-secret'),
  securityToken: new Secret('canary-token'),
};

describe('typed AccessKeys', () => {
  it('are kept in the secret storage and read back, with and without a token', async () => {
    const { storage, values } = memoryStorage();
    const keys = createTypedKeys(storage);
    await keys.keep('typed:1', KEY);
    await keys.keep('typed:2', SESSION);
    await storage.store('rotation/1', 'of somebody else');
    assert.deepEqual([...values.keys()], ['account/1', 'account/2', 'rotation/1']);
    const other = createTypedKeys(storage);
    const ids = await other.ids();
    assert.deepEqual(
      ids.map(({ id, temporary }) => [id, temporary]),
      [
        ['typed:1', false],
        ['typed:2', true],
      ],
    );
    const read = await other.read('typed:2');
    assert.equal(read?.accessKeySecret.reveal(), 'canary-secret');
    assert.equal(read?.securityToken?.reveal(), 'canary-token');
    assert.equal((await other.read('typed:1'))?.securityToken, undefined);
    assert.doesNotMatch(inspect([read, ids], { depth: 9 }) + JSON.stringify([read, ids]), /canary/);
  });

  it('are told apart by an identity that gives nothing away', async () => {
    const keys = createTypedKeys(memoryStorage().storage);
    await keys.keep('typed:1', KEY);
    await keys.keep('typed:2', { ...KEY, accessKeyId: 'LTAI5tOther' });
    const [one, two] = await keys.ids();
    assert.match(one?.identity ?? '', /^[0-9a-f]{16}$/);
    assert.notEqual(one?.identity, two?.identity);
  });

  it('can be tried out without being kept, instead of the one that is', async () => {
    const { storage, values } = memoryStorage();
    const keys = createTypedKeys(storage);
    await keys.keep('typed:1', KEY);
    keys.tryOut('typed:1', SESSION);
    keys.tryOut('typed:2', SESSION);
    assert.equal((await keys.read('typed:1'))?.accessKeyId, 'STS.Example');
    assert.equal((await keys.read('typed:2'))?.accessKeyId, 'STS.Example');
    assert.deepEqual([...values.keys()], ['account/1']);
    keys.tryOut('typed:1', undefined);
    keys.tryOut('typed:2', undefined);
    assert.equal((await keys.read('typed:1'))?.accessKeyId, KEY.accessKeyId);
    assert.equal(await keys.read('typed:2'), undefined);
  });

  it('are gone once removed, and so is one whose value is damaged', async () => {
    const { storage } = memoryStorage();
    const keys = createTypedKeys(storage);
    await keys.keep('typed:1', KEY);
    await keys.remove('typed:1');
    for (const [index, value] of ['', '{', '[]', 'null', '{"accessKeyId":"a"}'].entries())
      await storage.store(`account/${index}`, value);
    assert.deepEqual(await keys.ids(), []);
    assert.equal(await keys.read('typed:3'), undefined);
  });

  it('tell of changes, and of no other secrets', async () => {
    const { storage } = memoryStorage();
    const keys = createTypedKeys(storage);
    let told = 0;
    const listening = keys.onChange(() => {
      told += 1;
    });
    await keys.keep('typed:1', KEY);
    await storage.store('rotation/1', 'of somebody else');
    await keys.remove('typed:1');
    assert.equal(told, 2);
    listening.dispose();
    await keys.keep('typed:1', KEY);
    assert.equal(told, 2);
  });
});

describe('the secret storage', () => {
  it('is believed once a marker of an earlier session was found, not before', async () => {
    const { storage, values } = memoryStorage();
    assert.equal(await secretsAreKept(storage, 'first'), false);
    assert.equal(await secretsAreKept(storage, 'first'), false);
    assert.equal(await secretsAreKept(storage, 'second'), true);
    assert.equal(await secretsAreKept(storage, 'third'), true);
    values.clear();
    assert.equal(await secretsAreKept(storage, 'fourth'), false);
  });

  it('has a session of its own also where VS Code names none', () => {
    assert.equal(sessionName('b5e2f6'), 'b5e2f6');
    const own = sessionName('someValue.sessionId');
    assert.match(own, /^[\da-f-]{36}$/);
    assert.equal(sessionName('someValue.sessionId'), own);
  });
});
