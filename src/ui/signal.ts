/** A list of listeners, like VS Code's EventEmitter, for the parts that do not know VS Code. */
export interface Signal {
  fire(): void;
  /** Calls `listener` at every `fire` until the returned object is disposed. */
  on(listener: () => void): { dispose(): void };
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>();
  return {
    fire() {
      for (const listener of [...listeners]) listener();
    },
    on(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}
