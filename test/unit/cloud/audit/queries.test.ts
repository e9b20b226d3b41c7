import './lz4Alias';
import assert from 'node:assert/strict';
import { DEMO_INSTANCE } from '../../../simulator/index';
import { PAYMENTS } from '../support';
import { readDemo, useDemoLog } from './demoLog';

describe('queries in the evidence', function () {
  this.timeout(60_000);
  const scene = useDemoLog();

  it('are those by field where the key id is indexed', async () => {
    const { oldKey, newKeyId } = scene;
    const keys = [oldKey.id, newKeyId].map((id) => `access_key_id: "${id}"`);
    const callers = `${keys.join(' or ')} or principal_id: "${PAYMENTS.aapName}"`;
    assert.deepEqual((await readDemo(scene)).queries, ['*', ...keys, callers]);
  });

  it('are none where the log could not be asked', async () => {
    await scene.simulator.control.setLogging(DEMO_INSTANCE, false);
    assert.equal((await readDemo(scene)).queries, undefined);
  });
});
