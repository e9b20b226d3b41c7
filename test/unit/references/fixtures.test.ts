import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ReferenceGroup } from '../../../src/model/reference';
import { Secret } from '../../../src/model/secret';
import { planPatch } from '../../../src/references/plan';
import { scanWorkspace } from '../../../src/references/scan';
import {
  credentialText,
  NEW_KEY,
  NEW_PASSWORD,
  notations,
  OLD_KEY,
  privateKeys,
  root,
  temporaryFolder,
  writeFiles,
} from './demoWorkspace';

const NEW_FILE = join('keys', `clientKey_${NEW_KEY}.json`);
const NEW_PASSWORD_FILE = join('keys', `clientKey_${NEW_KEY}_Password.txt`);

/** The fixtures hold no private keys: in place of these two words real ones are put, which the two passwords open. */
async function withKeys(bytes: Buffer): Promise<Buffer> {
  const { old, fresh } = await privateKeys();
  const fill = (text: string) => text.replaceAll('TUlJT2xk', old).replaceAll('TUlJQ2FuYXJ5', fresh);
  // Secrets of Kubernetes hold the whole file in Base64.
  const inBase64 = /eyJLZXlJZCI6[A-Za-z0-9+/]*={0,2}/g;
  const text = fill(bytes.toString('latin1')).replace(inBase64, (word) =>
    Buffer.from(fill(Buffer.from(word, 'base64').toString('latin1')), 'latin1').toString('base64'),
  );
  return Buffer.from(text, 'latin1');
}

/** A copy of one side of a fixture, laid over a folder. */
async function copyFixture(name: string, side: 'before' | 'after', folder: string): Promise<void> {
  const from = join(root, 'test', 'workspace', name, side);
  for (const file of filesBelow(from))
    writeFiles(folder, { [file]: await withKeys(readFileSync(join(from, file))) });
}

/** A fixture's `before`, with the new credential saved in `keys`, and an order for it. */
async function openFixture(name: string) {
  const folder = temporaryFolder();
  await copyFixture(name, 'before', folder);
  const { fresh } = await privateKeys();
  writeFiles(folder, { [NEW_FILE]: credentialText(NEW_KEY, fresh), [NEW_PASSWORD_FILE]: NEW_PASSWORD });
  const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
  const replacement = {
    keyId: NEW_KEY,
    password: new Secret(NEW_PASSWORD),
    credentialFile: join(folder, NEW_FILE),
    passwordFile: join(folder, NEW_PASSWORD_FILE),
  };
  return { folder, order, replacement };
}

interface Listed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const byPlace = (one: Listed, other: Listed) =>
  one.file === other.file
    ? one.line - other.line || one.column - other.column
    : one.file < other.file
      ? -1
      : 1;

/** Credential files are in every fixture; one fixture is about them. */
const isClient = (group: ReferenceGroup) =>
  group.references.some(({ notation }) => notation !== 'credential');

const slashed = (path: string) => path.split(sep).join('/');

function filesBelow(folder: string): string[] {
  // A notation that nothing is ticked in has no `after`.
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(relative(folder, join(entry.parentPath, entry.name))))
    .sort();
}

for (const name of [
  'properties',
  'dotenv',
  'links',
  'credential',
  'java',
  'go',
  'python',
  'javascript',
  'csharp',
  'php',
  'json',
  'toml',
  'xml',
  'markdown',
  'layered',
  'kotlin',
  'scala',
  'groovy',
  'rust',
  'shell',
  'dockerfile',
  'hcl',
  'yaml',
  'kubernetes',
  'helm',
  'compose',
  'ci',
]) {
  describe(`fixture ${name}`, function () {
    this.timeout(30_000);
    const fixture = join(root, 'test', 'workspace', name);

    it('lists exactly the expected references', async () => {
      const { folder, order } = await openFixture(name);
      const { result } = await scanWorkspace(order, notations);
      const groups = name === 'credential' ? result.groups : result.groups.filter(isClient);
      const listed = groups.flatMap((group) =>
        group.references.map((reference) => ({
          file: slashed(relative(folder, reference.file)),
          line: reference.range.line,
          column: reference.range.column,
          role: reference.role,
          group: group.id.slice(group.id.indexOf('#') + 1),
          confidence: group.confidence,
          ticked: group.ticked,
          ...(group.doubt === undefined ? {} : { doubt: group.doubt }),
          ...(reference.notEditable === undefined ? {} : { notEditable: reference.notEditable }),
        })),
      );
      const expected: Listed[] = JSON.parse(readFileSync(join(fixture, 'expected.json'), 'utf8'));
      assert.deepEqual(listed.sort(byPlace), expected.sort(byPlace));
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
