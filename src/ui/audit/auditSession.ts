import type { AuditHistogram, AuditRange, AuditTarget } from '../../model/auditView';
import type { AuditDeps, AuditNames } from './auditDeps';
import type { AuditReading } from './auditReading';
import { RANGE_MS } from './auditStrings';
import { parseFromAuditView } from './fromAuditView';

/** Where a session shows itself: the panel, or a test. */
export interface AuditSurface {
  show(reading: AuditReading): void;
  /** Puts the evidence on the clipboard and tells the view so. */
  copy(reading: AuditReading): Promise<void>;
}

/** A chart that ends this far from the present is asked for again. */
const PRESENT_TOLERANCE_MS = 5 * 60 * 1000;

export interface AuditSession {
  /** Takes what arrived from the view; anything that is no message of it is dropped. Never rejects. */
  receive(data: unknown): Promise<void>;
  /** Reads everything again; a reading under way is given up. */
  refresh(): Promise<void>;
  /** Gives up what is under way. Nothing is shown afterwards. */
  dispose(): void;
}

/**
 * The life of one audit view without VS Code: reads on the first *ready*, again on *refresh*, the chart alone on *range*;
 * a reading that a newer one has overtaken is aborted, and its answer never shown.
 */
export function createAuditSession(
  first: { readonly target: AuditTarget; readonly names: AuditNames; readonly range: AuditRange },
  deps: AuditDeps,
  surface: AuditSurface,
): AuditSession {
  const { target } = first;
  let { names, range } = first;
  let status: AuditReading['status'] = 'loading';
  let error: string | undefined;
  let result: AuditReading['result'];
  let histogram = emptyHistogram();
  let started = false;
  let disposed = false;
  let verdictRead = new AbortController();
  let bucketRead = new AbortController();

  function emptyHistogram(): AuditHistogram {
    const to = deps.now(target);
    return { status: 'loading', from: to - RANGE_MS[range], to, buckets: [], complete: true };
  }

  function reading(): AuditReading {
    return {
      target,
      names,
      status,
      ...(error === undefined ? {} : { error }),
      ...(result === undefined ? {} : { result }),
      options: deps.verdictOptions(target),
      range,
      histogram,
      now: deps.now(target),
    };
  }

  function show(): void {
    if (!disposed) surface.show(reading());
  }

  async function readVerdict(): Promise<void> {
    verdictRead.abort();
    const own = new AbortController();
    verdictRead = own;
    status = 'loading';
    error = undefined;
    show();
    try {
      const newNames = await deps.names(target);
      const newResult = await deps.readVerdict(target, own.signal);
      if (own.signal.aborted) return;
      names = newNames;
      result = newResult;
      status = 'ready';
    } catch (failure) {
      if (own.signal.aborted) return;
      status = 'error';
      error = deps.errorText(failure);
    }
    show();
  }

  async function readBuckets(): Promise<void> {
    bucketRead.abort();
    const own = new AbortController();
    bucketRead = own;
    const { from, to } = emptyHistogram();
    // Bars of another range would stand in the wrong place; those of the same range may stay until the new ones are there.
    const kept = histogram.to - histogram.from === to - from ? histogram : emptyHistogram();
    const { error: _, ...shown } = kept;
    histogram = { ...shown, status: 'loading' };
    show();
    try {
      const { buckets, complete } = await deps.readBuckets(target, from, to, own.signal);
      if (own.signal.aborted) return;
      histogram = { status: 'ready', from, to, buckets, complete };
    } catch (failure) {
      if (own.signal.aborted) return;
      histogram = { ...histogram, status: 'error', error: deps.errorText(failure) };
    }
    show();
  }

  async function refresh(): Promise<void> {
    if (disposed) return;
    started = true;
    await Promise.all([readVerdict(), readBuckets()]);
    // The reading may have told that the service's present is elsewhere than the chart was asked for.
    if (!disposed && Math.abs(deps.now(target) - histogram.to) > PRESENT_TOLERANCE_MS) await readBuckets();
  }

  async function receive(data: unknown): Promise<void> {
    const message = parseFromAuditView(data);
    if (message === undefined || disposed) return;
    switch (message.type) {
      case 'ready':
        // A hidden view is taken down and comes back as new: what is known is shown again without asking the cloud.
        return started ? show() : refresh();
      case 'refresh':
        return refresh();
      case 'range':
        range = message.range;
        return readBuckets();
      case 'copyEvidence':
        return surface.copy(reading());
      case 'deleteOldKey':
        await deps.deleteOldKey(target);
        return refresh();
    }
  }

  return {
    receive,
    refresh,
    dispose() {
      disposed = true;
      verdictRead.abort();
      bucketRead.abort();
    },
  };
}
