import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Rotation } from '../../../src/model/rotation';
import { Secret } from '../../../src/model/secret';
import { diskEffects, type FileEffects } from '../../../src/rotation/fileEffects';
import { isRotationError, type WorkspacePatchPlan } from '../../../src/rotation/index';
import { type Bench, createBench, DOTENV, OLD_ID, PROPERTIES, readTree } from './support';

const hasCode = (code: string) => (error: unknown) => isRotationError(error) && error.code === code;

describe('what a patch proves and says', () => {
  let bench: Bench;
  let rotation: Rotation;
  const text = (name: string) => readFileSync(path.join(bench.workspace, name), 'utf8');
  const isOld = () => text('.env') === DOTENV && text('secretsmanager.properties') === PROPERTIES;

  async function planAll(): Promise<WorkspacePatchPlan> {
    const rotations = bench.rotations();
    const { groups } = await rotations.scan(rotation.id, [bench.workspace], []);
    const ids = groups.filter((group) => group.ticked).map((group) => group.id);
    assert.equal(ids.length, 2);
    return rotations.planPatch(rotation.id, bench.workspace, ids);
  }
  const broken = (kind: 'credentialFile' | 'passwordFile', what: string) => (error: unknown) => {
    assert.ok(hasCode('pairBroken')(error), String(error));
    assert.deepEqual(isRotationError(error) && error.params, { file: rotation.files[kind], what });
    return true;
  };

  beforeEach(async () => {
    bench = createBench();
    rotation = await bench.rotations().start(bench.request());
  });
  afterEach(() => bench.dispose());

  it('a password file with a line feed more is refused and named, when planning and when applying', async () => {
    const plan = await planAll();
    appendFileSync(rotation.files.passwordFile, '\n');
    await assert.rejects(planAll(), broken('passwordFile', 'wrongPassword'));
    await assert.rejects(
      bench.rotations().applyPatch(rotation.id, plan),
      broken('passwordFile', 'wrongPassword'),
    );
    assert.ok(isOld());
    assert.deepEqual(await bench.vault.names(`rotation/${rotation.id}/undo`), [], 'nothing was begun');
  });

  it('so is a credential file that is gone, cut, or of another key', async () => {
    const plan = await planAll();
    const file = rotation.files.credentialFile;
    const content = readFileSync(file, 'utf8');
    const apply = () => bench.rotations().applyPatch(rotation.id, plan);
    rmSync(file);
    await assert.rejects(planAll(), broken('credentialFile', 'ENOENT'));
    await assert.rejects(apply(), broken('credentialFile', 'ENOENT'));
    writeFileSync(file, content.slice(0, 900));
    await assert.rejects(apply(), broken('credentialFile', 'notJson'));
    writeFileSync(file, content.replace(rotation.newKey?.id ?? '', OLD_ID));
    await assert.rejects(apply(), broken('credentialFile', 'keyId'));
    assert.ok(isOld());
    writeFileSync(file, content);
    assert.equal((await apply()).state, 'watching');
  });

  it('the pair that goes between plan and writing is noticed at the last moment', async () => {
    const plan = await planAll();
    const { scan } = bench.parts.background;
    Object.assign(bench.parts.background, {
      scan: (...request: Parameters<typeof scan>) => {
        rmSync(rotation.files.passwordFile, { force: true });
        return scan(...request);
      },
    });
    await assert.rejects(bench.rotations().applyPatch(rotation.id, plan), broken('passwordFile', 'ENOENT'));
    assert.ok(isOld());
  });

  it('a plan made for another pair than the rotation has now is refused', async () => {
    const plan = await planAll();
    const { replacement } = plan;
    for (const change of [
      { credentialFile: path.join(bench.storage, 'clientKey.json') },
      { passwordFile: path.join(bench.storage, 'password.txt') },
      { keyId: OLD_ID },
      { password: new Secret('another-Passw0rd') },
    ])
      await assert.rejects(
        bench.rotations().applyPatch(rotation.id, { ...plan, replacement: { ...replacement, ...change } }),
        hasCode('changedSince'),
      );
    assert.ok(isOld());
  });

  /** Replaces the second scan of a patch: the one after the files were written. */
  function lastScan(work: (signal: AbortSignal | undefined) => Promise<never>): void {
    const { scan } = bench.parts.background;
    let scans = 0;
    Object.assign(bench.parts.background, {
      scan: (...[request, options]: Parameters<typeof scan>) => {
        scans += 1;
        return scans === 2 ? work(options?.signal) : scan(request, options);
      },
    });
  }

  it('the new key is not deleted while references lead to it, whatever the reason', async () => {
    const newKey = bench.service.keys.get(rotation.newKey?.id ?? '');
    assert.ok(newKey);
    const override = { reason: 'not used by anybody', seen: 'inUse' } as const;
    const remove = () => bench.rotations().deleteKey(newKey, { typedKeyId: newKey.id, override });
    await bench.rotations().applyPatch(rotation.id, await planAll());
    await assert.rejects(remove(), hasCode('patchedTo'));
    assert.ok(bench.service.keys.has(newKey.id));
    await bench.rotations().undoPatch(rotation.id, bench.workspace);
    await remove();
    assert.ok(!bench.service.keys.has(newKey.id));
  });

  it('a last scan that fails is no failure of the patch', async () => {
    const plan = await planAll();
    lastScan(async () => {
      throw Object.assign(new Error('no progress'), { name: 'BackgroundError', code: 'tooLong' });
    });
    const patched = await bench.rotations().applyPatch(rotation.id, plan);
    assert.equal(patched.state, 'watching');
    assert.equal(patched.failure, undefined);
    assert.deepEqual(
      patched.workspaces.map(({ edits, patchedGroups }) => [edits.length, patchedGroups]),
      [[4, 2]],
    );
    const [listed] = await bench.rotations().list();
    assert.deepEqual([listed?.state, listed?.failure], ['watching', undefined]);
    assert.ok(bench.lines.some((line) => line.includes('the scan after it failed')));
    await bench.rotations().undoPatch(rotation.id, bench.workspace);
    assert.ok(isOld());
  });

  it('Cancel after the files were written neither stops the last scan nor hides the patch', async () => {
    const plan = await planAll();
    const cancel = new AbortController();
    let aborted: boolean | undefined;
    lastScan(async (signal) => {
      cancel.abort();
      aborted = signal?.aborted;
      throw new Error('this scan fails by itself');
    });
    const patched = await bench.rotations().applyPatch(rotation.id, plan, { signal: cancel.signal });
    assert.equal(aborted, false);
    assert.deepEqual([patched.state, patched.failure], ['watching', undefined]);
    assert.equal((await bench.rotations().get(rotation.id)).workspaces[0]?.edits.length, 4);
  });

  it('a journal that cannot be written after the flip is not told as a rolled back patch', async () => {
    const plan = await planAll();
    let flipped = 0;
    const effects: FileEffects = {
      ...diskEffects,
      async replace(from, to) {
        await diskEffects.replace(from, to);
        flipped += 1;
      },
      async create(file, bytes) {
        if (flipped === 2) throw Object.assign(new Error('disk'), { code: 'ENOSPC' });
        await diskEffects.create(file, bytes);
      },
    };
    await assert.rejects(bench.rotations(effects).applyPatch(rotation.id, plan), hasCode('patchUnfinished'));
    const [found] = await bench.rotations().list();
    assert.equal(found?.state, 'watching');
    assert.equal(found?.workspaces[0]?.edits.length, 4);
  });

  it('leaves no file with the new password when the journal cannot be written before the flip', async () => {
    const plan = await planAll();
    let failed = false;
    const effects: FileEffects = {
      ...diskEffects,
      async create(file, bytes) {
        if (!failed && Buffer.from(bytes).toString().includes('"renaming"')) {
          failed = true;
          throw Object.assign(new Error('disk'), { code: 'EIO' });
        }
        await diskEffects.create(file, bytes);
      },
    };
    const names = [...readTree(bench.workspace).keys()].sort();
    await assert.rejects(bench.rotations(effects).applyPatch(rotation.id, plan), hasCode('patchFailed'));
    assert.ok(failed);
    assert.deepEqual([...readTree(bench.workspace).keys()].sort(), names);
    assert.ok(isOld());
    assert.equal((await bench.rotations().applyPatch(rotation.id, plan)).state, 'watching');
  });

  it('a temporary file that cannot be removed stays pending until the next start removes it', async () => {
    const plan = await planAll();
    let failing = true;
    const effects: FileEffects = {
      ...diskEffects,
      async create(file, bytes) {
        if (Buffer.from(bytes).toString().includes('"renaming"')) throw new Error('disk');
        await diskEffects.create(file, bytes);
      },
      async remove(file) {
        if (failing && file.startsWith(bench.workspace)) throw new Error('disk');
        await diskEffects.remove(file);
      },
    };
    const names = [...readTree(bench.workspace).keys()].sort();
    await assert.rejects(bench.rotations(effects).applyPatch(rotation.id, plan), hasCode('patchFailed'));
    failing = false;
    await bench.rotations().list();
    assert.deepEqual([...readTree(bench.workspace).keys()].sort(), names);
  });

  it('the log says why a group was refused', async () => {
    const { groups } = await bench.rotations().scan(rotation.id, [bench.workspace], []);
    const ids = groups.filter((group) => group.ticked).map((group) => group.id);
    rmSync(path.join(bench.workspace, '.env'));
    const plan = await bench.rotations().planPatch(rotation.id, bench.workspace, ids);
    assert.equal(plan.refused.length, 1);
    assert.ok(bench.lines.some((line) => line.includes('.env#') && line.includes('no longer there')));
  });

  it('planning and undo can be cancelled, and neither that nor a cancelled call is kept as a failure', async () => {
    const signal = AbortSignal.abort();
    const rotations = bench.rotations();
    const plan = await planAll();
    await assert.rejects(
      rotations.planPatch(rotation.id, bench.workspace, plan.groupIds, [], signal),
      hasCode('cancelled'),
    );
    const { planPatch } = bench.parts.background;
    const cancel = new AbortController();
    Object.assign(bench.parts.background, {
      planPatch: async (_request: unknown, options?: { readonly signal?: AbortSignal }) => {
        cancel.abort();
        options?.signal?.throwIfAborted();
        assert.fail('the background does not hear of it');
      },
    });
    await assert.rejects(
      rotations.planPatch(rotation.id, bench.workspace, plan.groupIds, [], cancel.signal),
      hasCode('cancelled'),
    );
    Object.assign(bench.parts.background, { planPatch });
    await rotations.applyPatch(rotation.id, plan);
    await assert.rejects(rotations.undoPatch(rotation.id, bench.workspace, signal), hasCode('cancelled'));
    assert.ok(!isOld());
    const cancelled = Object.assign(new Error('GetClientKey was cancelled'), {
      name: 'CloudError',
      kind: 'cancelled',
      action: 'GetClientKey',
      effectUnknown: false,
    });
    Object.assign(bench.service, { getClientKey: () => Promise.reject(cancelled) });
    await assert.rejects(rotations.undoPatch(rotation.id, bench.workspace), cancelled);
    assert.equal((await rotations.get(rotation.id)).failure, undefined);
  });
});
