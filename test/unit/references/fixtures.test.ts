import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { planPatch } from '../../../src/references/plan/plan';
import { scanWorkspace } from '../../../src/references/scan/scan';
import { NEW_KEY, NEW_PASSWORD, notations, OLD_KEY, root } from './demoWorkspace';
import {
  copyFixture,
  expectedOf,
  filesBelow,
  fixtureNames,
  isClient,
  listedBy,
  openFixture,
  slashed,
  withKeys,
} from './fixtureFolder';

for (const name of fixtureNames()) {
  describe(`fixture ${name}`, function () {
    this.timeout(30_000);
    const fixture = join(root, 'test', 'workspace', name);

    it('lists exactly the expected references', async () => {
      const { folder, order } = await openFixture(name);
      const { result } = await scanWorkspace(order, notations);
      assert.deepEqual(listedBy(result, name, folder), expectedOf(name));
      assert.deepEqual(result.skipped, []);
    });

    it('patches the ticked groups to exactly the expected bytes', async () => {
      const { folder, order, replacement } = await openFixture(name);
      const { result } = await scanWorkspace(order, notations);
      const groupIds = result.groups.filter((group) => group.ticked).map((group) => group.id);
      const plan = await planPatch({ ...order, groupIds, replacement }, notations, {
        isCommitted: async () => false,
      });
      assert.deepEqual(plan.refused, []);
      const planned = plan.files.map(({ file }) => slashed(relative(folder, file))).sort();
      assert.deepEqual(planned, filesBelow(join(fixture, 'after')));
      for (const { file, content } of plan.files) {
        const expected = await withKeys(readFileSync(join(fixture, 'after', relative(folder, file))));
        assert.ok(expected.equals(content), `${file} differs`);
      }
    });

    it('leads to the new key once patched, with the same groups', async () => {
      const { folder, order, replacement } = await openFixture(name);
      const before = await scanWorkspace(order, notations);
      const ticked = before.result.groups
        .filter((group) => group.ticked && isClient(group))
        .map((group) => group.id);
      await copyFixture(name, 'after', folder);
      const after = await scanWorkspace({ ...order, keyId: NEW_KEY }, notations);
      const moved = after.result.groups.filter((group) => group.keyId === NEW_KEY && isClient(group));
      assert.deepEqual(
        moved.map((group) => group.id),
        ticked,
      );
      assert.ok(moved.every((group) => group.ticked));
      const again = await planPatch({ ...order, keyId: OLD_KEY, groupIds: ticked, replacement }, notations, {
        isCommitted: async () => false,
      });
      assert.deepEqual(again.files, []);
      assert.equal(again.refused.length, ticked.length, 'what is patched is another key and untouched');
    });

    it('shows no password and no key content in the preview', async () => {
      const { order, replacement } = await openFixture(name);
      const { result } = await scanWorkspace(order, notations);
      const groupIds = result.groups.filter((group) => group.ticked).map((group) => group.id);
      const plan = await planPatch({ ...order, groupIds, replacement }, notations, {
        isCommitted: async () => false,
      });
      const shown = plan.files.map(({ maskedBefore, maskedAfter }) => maskedBefore + maskedAfter).join('\n');
      for (const secret of [NEW_PASSWORD, 'OldPw1', 'OtherPw1', 'Sup3rS3cret', 'TUlJ', 'Redis1', 'First1'])
        assert.ok(!shown.includes(secret), `the preview shows ${secret}`);
      if (plan.files.length === 0) return;
      assert.match(shown, /«old password»/);
      assert.match(shown, new RegExp(`«new password, ${NEW_PASSWORD.length} characters»`));
    });
  });
}
