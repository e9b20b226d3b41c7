/** What scanning threads share: the work that is left, and how far they are. Paths cross as bytes under a lock. */
export interface SharedQueue {
  /** Adds work. @returns what found no room: whoever adds it has to do it */
  push(items: readonly string[]): readonly string[];
  /** The newest work, or undefined when there is none at the moment. Each item taken has to be reported by `done`. */
  take(): string | undefined;
  done(): void;
  /** Whether everything that was added is done. */
  isFinished(): boolean;
  /** Waits for work, blocking the thread, no longer than some ms. */
  rest(ms: number): void;
  cancel(): void;
  isCancelled(): boolean;
  addFiles(count: number): void;
  filesSeen(): number;
}

const LOCK = 0;
/** Bytes used of the stack. */
const TOP = 1;
/** Items that were added and are not done. */
const PENDING = 2;
const CANCELLED = 3;
const FILES = 4;
const HEADER_BYTES = 32;
const STACK_BYTES = 1024 * 1024;

export function createQueueMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + STACK_BYTES);
}

/**
 * A stack and not a queue: depth first keeps it short. Each item is followed by its length, so that it can be taken from
 * the top.
 */
export function openQueue(memory: SharedArrayBuffer): SharedQueue {
  const state = new Int32Array(memory, 0, HEADER_BYTES / 4);
  const stack = Buffer.from(memory, HEADER_BYTES);

  function locked<T>(work: () => T): T {
    while (Atomics.compareExchange(state, LOCK, 0, 1) !== 0) Atomics.wait(state, LOCK, 1, 1);
    try {
      return work();
    } finally {
      Atomics.store(state, LOCK, 0);
      Atomics.notify(state, LOCK, 1);
    }
  }

  return {
    push: (items) =>
      locked(() => {
        let top = Atomics.load(state, TOP);
        const left: string[] = [];
        for (const item of items) {
          const length = Buffer.byteLength(item);
          if (top + length + 4 > stack.length) {
            left.push(item);
            continue;
          }
          stack.write(item, top);
          stack.writeInt32LE(length, top + length);
          top += length + 4;
        }
        Atomics.store(state, TOP, top);
        Atomics.add(state, PENDING, items.length - left.length);
        Atomics.notify(state, TOP);
        return left;
      }),
    take() {
      if (Atomics.load(state, TOP) === 0) return undefined;
      return locked(() => {
        const top = Atomics.load(state, TOP);
        if (top === 0) return undefined;
        const start = top - 4 - stack.readInt32LE(top - 4);
        Atomics.store(state, TOP, start);
        return stack.toString('utf8', start, top - 4);
      });
    },
    done() {
      if (Atomics.sub(state, PENDING, 1) === 1) Atomics.notify(state, TOP);
    },
    isFinished: () => Atomics.load(state, PENDING) === 0,
    rest(ms) {
      if (Atomics.load(state, PENDING) > 0) Atomics.wait(state, TOP, 0, ms);
    },
    cancel() {
      Atomics.store(state, CANCELLED, 1);
      Atomics.notify(state, TOP);
    },
    isCancelled: () => Atomics.load(state, CANCELLED) === 1,
    addFiles(count) {
      Atomics.add(state, FILES, count);
    },
    filesSeen: () => Atomics.load(state, FILES),
  };
}
