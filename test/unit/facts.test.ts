import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');
const ID = /\b(?:KMS|CRED|LOG|SDK|NAME|RUN)-\d+\b/g;

/** Ids that the rows of docs/facts.md define, in their order. */
function defined(): string[] {
  const page = readFileSync(path.join(root, 'docs', 'facts.md'), 'utf8');
  return [...page.matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map((match) => match[1] ?? '');
}

/** Files that cite facts, with the ids they cite. */
function cited(): { file: string; ids: string[] }[] {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:tsx?|md)$/.test(name))
      .map((name) => path.join(root, folder, name)),
  );
  return files
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => text.includes('docs/facts.md'))
    .map(({ file, text }) => ({ file: path.relative(root, file), ids: text.match(ID) ?? [] }));
}

describe('facts', () => {
  it('have one row each', () => {
    const ids = defined();
    assert.ok(ids.length > 40);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('exist where they are cited', () => {
    const known = new Set(defined());
    const files = cited();
    assert.ok(files.length > 30);
    for (const { file, ids } of files) {
      const unknown = ids.filter((id) => !known.has(id));
      assert.deepEqual(unknown, [], file);
    }
  });
});
