import { untilAborted } from '../call';

/** Runs work of one name one after the other. */
export type Turns = <Result>(
  name: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
) => Promise<Result>;

/** Whoever gives up waiting throws `cancelled`; the others keep their places. */
export function createTurns(action: string): Turns {
  const last = new Map<string, Promise<void>>();
  return async (name, signal, work) => {
    const before = last.get(name) ?? Promise.resolve();
    let leave = () => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const all = before.then(() => left);
    last.set(name, all);
    try {
      await untilAborted(before, action, signal);
      return await work();
    } finally {
      leave();
      if (last.get(name) === all) last.delete(name);
    }
  };
}
