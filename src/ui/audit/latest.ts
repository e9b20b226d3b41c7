/** Of tasks begun one after the other only the last one counts. */
export interface Latest {
  /** Aborts the task before; its signal stays aborted, so that its answer can be told from the last one's. */
  begin(): AbortSignal;
  end(): void;
}

export function createLatest(): Latest {
  let current = new AbortController();
  return {
    begin() {
      current.abort();
      current = new AbortController();
      return current.signal;
    },
    end: () => current.abort(),
  };
}
