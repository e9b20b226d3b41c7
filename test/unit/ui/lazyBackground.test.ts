import assert from 'node:assert/strict';
import { createLazyBackground } from '../../../src/ui/lazyBackground';

describe('the background worker of a window', () => {
  const create = () => createLazyBackground({ workerFile: '/nowhere/worker.js', grammarsFolder: '/nowhere' });

  it('starts no worker after the window has ended, whether or not its code was loaded before', async () => {
    const [early, late] = [create(), create()];
    const asked = early.scan({ folders: [], exclude: [] });
    early.dispose();
    await assert.rejects(asked, { name: 'BackgroundError', code: 'disposed' });
    late.dispose();
    await assert.rejects(late.inspect({ file: '/w/a', folder: '/w' }), { code: 'disposed' });
  });

  it('says why nothing comes back', async () => {
    const background = create();
    await assert.rejects(background.scan({ folders: [], exclude: [] }), { name: 'BackgroundError' });
    background.dispose();
  });
});
