import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileWatch } from '../../../../src/ui/accounts/fileWatch';
import { eventually } from '../../../host/eventually';

describe('the watch over profile files', () => {
  let folder = '';
  const undo: (() => void)[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-'));
  });
  afterEach(async () => {
    for (const step of undo.splice(0)) step();
    await rm(folder, { recursive: true, force: true });
  });

  function watch(pollMs = 100_000) {
    const changes: (readonly string[])[] = [];
    const events = new Map<string, () => void>();
    const fileWatch = createFileWatch({
      watch(file, onEvent) {
        events.set(file, onEvent);
        return { dispose: () => events.delete(file) };
      },
      onChange: (files) => changes.push(files),
      quietMs: 10,
      pollMs,
    });
    undo.push(() => fileWatch.dispose());
    return { fileWatch, changes, events };
  }

  it('tells once of a file that is written in several steps, and of nothing that stayed as it was', async () => {
    const file = join(folder, 'config.json');
    await writeFile(file, 'a');
    const { fileWatch, changes, events } = watch();
    await fileWatch.follow([file]);
    await writeFile(file, '');
    events.get(file)?.();
    await writeFile(file, 'b');
    events.get(file)?.();
    await eventually('the change is told', () => changes.length > 0);
    events.get(file)?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(changes, [[file]]);
  });

  it('sees by itself what no event tells: a file that comes, is replaced, and goes', async () => {
    const file = join(folder, 'later', 'config.json');
    const { fileWatch, changes } = watch(20);
    await fileWatch.follow([file]);
    const next = (what: string, count: number) => eventually(what, () => changes.length === count);
    await mkdir(join(folder, 'later'));
    await writeFile(file, 'a');
    await next('it came', 1);
    await writeFile(`${file}.new`, 'b');
    // The same size and time: another file all the same.
    await utimes(`${file}.new`, 1, 1);
    await rename(`${file}.new`, file);
    await next('it was replaced', 2);
    await rm(file);
    await next('it went', 3);
  });

  it('follows other files when it is told to, and none after its end', async () => {
    const { fileWatch, events } = watch();
    await fileWatch.follow(['one', 'two']);
    await fileWatch.follow(['two', 'three']);
    assert.deepEqual([...events.keys()], ['two', 'three']);
    fileWatch.dispose();
    assert.deepEqual([...events.keys()], []);
  });
});
