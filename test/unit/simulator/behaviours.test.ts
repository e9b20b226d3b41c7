import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Titles of the `it(…)` of every test of the simulator. */
function titles(): Set<string> {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  );
  const found = files.flatMap((name) => {
    const text = readFileSync(path.join(__dirname, name), 'utf8');
    return [...text.matchAll(/\bit\(\s*(['"`])(.*?)\1,/g)].map((match) => match[2] ?? '');
  });
  return new Set(found);
}

describe('table of behaviours', () => {
  it('names a source and an existing test for every behaviour', () => {
    const table = readFileSync(path.join(__dirname, '..', '..', 'simulator', 'BEHAVIOURS.md'), 'utf8');
    const rows = table
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| Behaviour'))
      .map((line) => line.slice(2, -2).split(/(?<!\\) \| /));
    assert.ok(rows.length > 40);
    const known = titles();
    for (const [behaviour = '', source = '', test = '', ...rest] of rows) {
      assert.deepEqual(rest, [], behaviour);
      assert.notEqual(source.trim(), '', behaviour);
      assert.ok(known.has(test.trim()), `${behaviour}: no test is called "${test}"`);
    }
  });
});
