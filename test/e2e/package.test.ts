import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ensurePackaged } from '../host/packagedExtension';

const MAX_BYTES = 2 * 1024 * 1024;
describe('the package', () => {
  it('is small, and holds every grammar', async function () {
    this.timeout(180_000);
    const { GRAMMARS } = await import(path.resolve('esbuild.js'));
    assert.ok(Array.isArray(GRAMMARS) && GRAMMARS.length > 0);
    const vsix = await ensurePackaged();
    const { size } = await stat(vsix);
    assert.ok(size <= MAX_BYTES, `${size} bytes`);
    // The names of its files stand in a ZIP as they are.
    const bytes = await readFile(vsix);
    for (const grammar of GRAMMARS)
      assert.ok(bytes.includes(`dist/grammars/${path.basename(grammar)}`), grammar);
  });
});
