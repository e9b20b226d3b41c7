import { diskEffects, type FileEffects } from '../../../src/rotation/fileEffects';

/** Real effects, each reported. */
export function counting(onWrite: () => void): FileEffects {
  return wrap(async (work) => {
    onWrite();
    await work();
  });
}

/** Real effects until one of them: before or after it, the process is dead and nothing works any more. */
export function dying(point: number, when: 'before' | 'after'): FileEffects {
  let count = 0;
  return wrap(async (work) => {
    count += 1;
    if (count > point || (count === point && when === 'before')) throw new Error('the process was killed');
    await work();
    if (count === point) throw new Error('the process was killed');
  });
}

function wrap(around: (work: () => Promise<void>) => Promise<void>): FileEffects {
  return {
    create: (file, bytes) => around(() => diskEffects.create(file, bytes)),
    settle: (from, to) => around(() => diskEffects.settle(from, to)),
    replace: (from, to) => around(() => diskEffects.replace(from, to)),
    setMode: (file, mode) => around(() => diskEffects.setMode(file, mode)),
    remove: (file) => around(() => diskEffects.remove(file)),
  };
}
