import assert from 'node:assert/strict';
import type { Rotation } from '../../../src/model/rotation';
import { isRotationError } from '../../../src/rotation/index';
import { type Bench, createBench, DAY, HOUR, instanceEvidence, OLD_ID } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

describe('deletion', () => {
  let bench: Bench;
  let rotation: Rotation;
  beforeEach(async () => {
    bench = createBench();
    rotation = await bench.rotations().start(bench.request());
    bench.effects.length = 0;
  });
  afterEach(() => bench.dispose());

  const typed = { typedKeyId: OLD_ID };
  const sent = () => bench.effects.filter((effect) => effect.startsWith('DeleteClientKey'));
  const remove = (request = {}) => bench.rotations().deleteOldKey(rotation.id, { ...typed, ...request });
  const inUse = () => {
    bench.audit.instances = (now) => [instanceEvidence(now, HOUR)];
  };

  it('reads the verdict itself, deletes once, leaves a receipt and keeps nothing', async () => {
    const deleted = await remove();
    assert.deepEqual(bench.effects, ['readEvidence', `DeleteClientKey ${OLD_ID}`]);
    assert.equal(deleted.state, 'deleted');
    assert.equal(deleted.deletion?.verdict, 'quiet');
    assert.deepEqual(await bench.vault.names(''), []);
    assert.ok(!bench.service.keys.has(OLD_ID));
    await assert.rejects(remove(), hasCode('wrongState'));
  });

  it('refuses another id, a key in use, and an override without a reason', async () => {
    await assert.rejects(remove({ typedKeyId: `${OLD_ID}x` }), hasCode('keyIdMismatch'));
    inUse();
    await assert.rejects(remove(), hasCode('notQuiet'));
    await assert.rejects(remove({ override: { reason: '  ' } }), hasCode('reasonMissing'));
    assert.deepEqual(sent(), []);
    const after = await bench.rotations().get(rotation.id);
    assert.equal(after.state, 'created');
    assert.equal(after.failure?.code, 'reasonMissing');
  });

  it('refuses a reason that is too long for the journal before anything is sent', async () => {
    inUse();
    const override = { reason: 'r'.repeat(1001), seen: 'inUse' };
    await assert.rejects(remove({ override }), hasCode('reasonTooLong'));
    assert.deepEqual(sent(), []);
    assert.equal((await bench.rotations().get(rotation.id)).state, 'created');
    const deleted = await remove({ override: { ...override, reason: 'r'.repeat(1000) } });
    assert.equal(deleted.deletion?.reason?.length, 1000);
  });

  it('an override is written down with the verdict of the moment', async () => {
    inUse();
    const deleted = await remove({ override: { reason: 'key leaked', seen: 'inUse' } });
    assert.equal(deleted.deletion?.verdict, 'inUse');
    assert.equal(deleted.deletion?.reason, 'key leaked');
  });

  it('no verdict is needed 24 h after the key expired, and not before', async () => {
    inUse();
    bench.service.present += 13 * DAY - HOUR;
    await assert.rejects(remove(), hasCode('notQuiet'));
    bench.service.present += 2 * HOUR;
    assert.equal((await remove()).deletion?.verdict, 'expired');
  });

  it('an override given for an unknown verdict does not delete a key in use', async () => {
    inUse();
    const override = { reason: 'no log bought', seen: 'unknown' };
    await assert.rejects(remove({ override }), hasCode('notQuiet'));
    assert.deepEqual(sent(), []);
    bench.audit.instances = (now) => [instanceEvidence(now, 3 * DAY, { problem: 'notBought' })];
    assert.equal((await remove({ override })).deletion?.verdict, 'unknown: logNotBought');
  });

  it('refuses when the new key is gone, also with an override, unless it is named', async () => {
    const newKeyId = rotation.newKey?.id ?? '';
    bench.service.keys.delete(newKeyId);
    await assert.rejects(remove(), hasCode('newKeyGone'));
    const override = { reason: 'no log bought', seen: 'inUse' };
    await assert.rejects(remove({ override }), hasCode('newKeyGone'));
    await assert.rejects(remove({ override, withoutNewKey: OLD_ID }), hasCode('newKeyGone'));
    assert.ok(bench.service.keys.has(OLD_ID));
    assert.equal((await remove({ override, withoutNewKey: newKeyId })).state, 'deleted');
  });

  it('a list without the keys proves nothing', async () => {
    bench.service.listClientKeys = async () => [];
    const deleted = await remove();
    assert.equal(deleted.deletion?.verdict, 'quiet', 'not: gone already');
    assert.ok(!bench.service.keys.has(OLD_ID));
  });

  it('a lost answer is looked up: done if the key is gone, else said and tried again by the user', async () => {
    bench.service.trouble.delete = 'lostBefore';
    await assert.rejects(remove(), hasCode('deletionUnanswered'));
    assert.equal((await bench.rotations().get(rotation.id)).state, 'deleting');
    assert.equal(sent().length, 1, 'never repeated by itself');
    bench.service.trouble.delete = 'lostAfter';
    const deleted = await remove();
    assert.equal(deleted.state, 'deleted');
    assert.equal(deleted.deletion?.verdict, 'quiet');
  });

  it('a key that is gone already counts as done, with the intent of the lost call', async () => {
    bench.service.trouble.delete = 'lostBefore';
    await assert.rejects(remove(), hasCode('deletionUnanswered'));
    bench.service.keys.delete(OLD_ID);
    const deleted = await remove();
    assert.equal(deleted.deletion?.verdict, 'quiet');
    assert.equal(sent().length, 1);
  });

  it('not found counts as done in the words of the service alone', async () => {
    bench.service.trouble.delete = 'strange404';
    await assert.rejects(remove(), hasCode('deletionUnanswered'));
    assert.equal((await bench.rotations().get(rotation.id)).state, 'deleting');
    bench.service.trouble.delete = 'notFound';
    assert.equal((await remove()).state, 'deleted');
  });

  it('any other not found is done where the key is found to be gone', async () => {
    bench.service.trouble.delete = 'strange404';
    const { deleteClientKey } = bench.service;
    bench.service.deleteClientKey = async (aap, keyId) => {
      bench.service.keys.delete(keyId);
      return deleteClientKey(aap, keyId);
    };
    assert.equal((await remove()).state, 'deleted');
  });

  it('a refusal of the service leaves the rotation waiting', async () => {
    bench.service.trouble.delete = 'refuse';
    await assert.rejects(remove(), (error) => error instanceof Error && error.name === 'CloudError');
    const after = await bench.rotations().get(rotation.id);
    assert.equal(after.state, 'watching');
    assert.equal(after.failure?.step, 'delete');
  });

  it('a key without a rotation passes the same gate', async () => {
    const key = bench.service.keys.get(OLD_ID);
    assert.ok(key);
    inUse();
    await assert.rejects(bench.rotations().deleteKey(key, typed), hasCode('notQuiet'));
    await assert.rejects(bench.rotations().deleteKey(key, { typedKeyId: '' }), hasCode('keyIdMismatch'));
    const receipt = await bench
      .rotations()
      .deleteKey(key, { ...typed, override: { reason: 'unused', seen: 'inUse' } });
    assert.deepEqual(
      [receipt.verdict, receipt.reason, receipt.requestId],
      ['inUse', 'unused', 'request-delete'],
    );
  });

  it('another window that acts on the rotation is not disturbed', async () => {
    const results = await Promise.allSettled([remove(), remove()]);
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
    for (const result of results) if (result.status === 'rejected') assert.ok(hasCode('busy')(result.reason));
    assert.equal(sent().length, 1);
  });
});
