import type { BackgroundWorker } from '../references/background';
import type { BackgroundOptions } from '../references/workerLink';
import { loadBackground } from './lazyRooms';
import { once } from './once';

/** The background worker, whose own code too is loaded when something is first asked of it. */
export function createLazyBackground(options: BackgroundOptions): BackgroundWorker {
  let made: BackgroundWorker | undefined;
  let disposed = false;
  const worker = once(async () => {
    const { createBackground } = await loadBackground();
    made = createBackground(options);
    // It refuses what is asked of it now.
    if (disposed) made.dispose();
    return made;
  });
  return {
    openCredential: async (...order) => await (await worker()).openCredential(...order),
    scan: async (...order) => await (await worker()).scan(...order),
    inspect: async (...order) => await (await worker()).inspect(...order),
    lookAtCredentialFile: async (...order) => await (await worker()).lookAtCredentialFile(...order),
    planPasswordMove: async (...order) => await (await worker()).planPasswordMove(...order),
    planPatch: async (...order) => await (await worker()).planPatch(...order),
    dispose() {
      disposed = true;
      made?.dispose();
    },
  };
}
