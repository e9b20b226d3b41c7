import type { AuditRange, AuditTarget } from '../../model/auditView';
import { classKey } from '../../model/callers';
import type { AuditEvidence, CallerClass } from '../../model/evidence';
import { rolloutOf } from '../../model/rolloutOf';
import type { VerdictOptions } from '../../model/verdict';
import type { AuditDeps, AuditNames, AuditSpan } from './auditDeps';
import type { AuditReading } from './auditReading';
import { callerId } from './callerRows';
import { createEntriesPart } from './entriesPart';
import { explanationsOf } from './explanations';
import { parseFromAuditView } from './fromAuditView';
import { createLatest } from './latest';
import { createRangePart } from './rangePart';
import { createVerdictPart } from './verdictPart';

/** Where a session shows itself: the panel, or a test. */
export interface AuditSurface {
  show(reading: AuditReading): void;
  /** Puts the evidence on the clipboard and tells the view so. */
  copy(reading: AuditReading): Promise<void>;
  /** Asks for a file and writes what is shown into it. */
  exportShown(reading: AuditReading, format: 'csv' | 'json'): Promise<void>;
  /** Asks why a caller is gone; undefined where the user gave up. */
  askReason(caller: CallerClass): Promise<string | undefined>;
}

export interface AuditSession {
  /** Takes what arrived from the view; anything that is no message of it is dropped. Rejects with what an action failed with. */
  receive(data: unknown): Promise<void>;
  /** Reads everything again; a reading under way is given up. */
  refresh(): Promise<void>;
  /** Shows what memory knows by now of rotation and workspace. The logs are not asked. */
  renew(): void;
  /** Gives up what is under way. Nothing is shown afterwards. */
  dispose(): void;
}

/**
 * The life of one audit view without VS Code. The first *ready* and each *refresh* read the range, then, behind it, the
 * verdict; *range* reads the range alone. Entries are read when they are asked for, and again with the range as long as they
 * are open. A reading that a newer one has overtaken is aborted, and its answer never shown.
 */
export function createAuditSession(
  first: { readonly target: AuditTarget; readonly names: AuditNames; readonly range: AuditRange },
  deps: AuditDeps,
  surface: AuditSurface,
): AuditSession {
  const { target } = first;
  let { names, range } = first;
  let started = false;
  let disposed = false;
  const refreshing = createLatest();
  const errorText = (error: unknown) => deps.errorText(error);
  const chart = createRangePart(range, {
    now: () => deps.now(target),
    read: (span, signal) => deps.readRange(target, span, signal),
    errorText,
    show,
  });
  const entries = createEntriesPart({
    read: (span, cursor, signal) => deps.readEntries(target, span, cursor, signal),
    errorText,
    show,
  });
  const verdict = createVerdictPart({
    read: (signal, onFigures) => deps.readEvidence(target, signal, onFigures),
    options,
    errorText,
    show,
  });

  /** Another window or the Rotations view may have taken the rotation on. */
  function newestNames(): AuditNames {
    const inMemory = deps.namesNow(target);
    const isNewer = (inMemory?.rotation?.revision ?? 0) > (names.rotation?.revision ?? 0);
    return inMemory !== undefined && isNewer ? inMemory : names;
  }

  function options(): VerdictOptions {
    const { rotation } = newestNames();
    return { ...deps.verdictOptions(), retired: rotation?.retired ?? [] };
  }

  function reading(): AuditReading {
    const { status, error, result } = verdict;
    const known = deps.known(target);
    const { rotation } = newestNames();
    // A rotation that has long ended is in no memory: what the journal says of its list is all there is.
    const places = known.places ?? (rotation && rolloutOf(rotation, { manualSteps: [], unexplained: [] }));
    return {
      target,
      names: newestNames(),
      status,
      ...(error === undefined ? {} : { error }),
      ...(result === undefined ? {} : { result }),
      options: options(),
      range,
      histogram: chart.histogram,
      shares: chart.shares,
      entries: entries.reading,
      ...(known.references === undefined ? {} : { references: known.references }),
      ...(places === undefined ? {} : { places }),
      policyOffered: lacksPermission(result?.evidence),
      now: deps.now(target),
    };
  }

  function lacksPermission(evidence: AuditEvidence | undefined): boolean {
    return (
      refusal() !== undefined ||
      evidence?.instances.some(({ problem }) => problem === 'noPermission') === true
    );
  }

  function refusal(): unknown {
    return [verdict.failure, chart.failure, entries.failure].find((error) => deps.lacksPermission(error));
  }

  function show(): void {
    if (!disposed) surface.show(reading());
  }

  function span(): AuditSpan {
    const { from, to } = chart.histogram;
    return { from, to };
  }

  async function readRange(): Promise<void> {
    let isLast = await chart.read(range);
    // The answer may have told that the service's present is elsewhere than the chart was asked for.
    if (isLast && !disposed && chart.isOff()) isLast = await chart.read(range);
    if (isLast && !disposed) await entries.reopen(span());
  }

  async function readVerdict(signal: AbortSignal): Promise<void> {
    try {
      const newNames = await deps.names(target);
      if (signal.aborted) return;
      names = newNames;
    } catch {
      // Whoever cannot be named any more cannot be read either: that error is the one to be told.
    }
    await verdict.read();
    if (!signal.aborted && !disposed && chart.isOff()) await readRange();
  }

  async function refresh(): Promise<void> {
    if (disposed) return;
    started = true;
    const signal = refreshing.begin();
    verdict.announce();
    await readRange();
    if (signal.aborted || disposed) return;
    // The same two cores as the reading: not before the range is there.
    deps.look(target);
    await readVerdict(signal);
  }

  function callerOf(id: string): CallerClass | undefined {
    const uses = verdict.result?.evidence.instances.flatMap(({ callers }) => callers) ?? [];
    return uses.find(({ caller }) => callerId(caller) === id)?.caller;
  }

  async function markRetired(caller: CallerClass): Promise<void> {
    const reason = await surface.askReason(caller);
    if (reason === undefined || disposed) return;
    names = await deps.markRetired(target, caller, reason);
    show();
  }

  async function unmarkRetired(caller: CallerClass): Promise<void> {
    names = await deps.unmarkRetired(target, caller);
    show();
  }

  async function openReference(caller: CallerClass): Promise<void> {
    const explained = explanationsOf(reading())?.get(classKey(caller));
    if (explained !== undefined) await deps.openReference(target, explained.reference.groupId);
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
        entries.drop();
        return readRange();
      case 'entries':
        return entries.more(span());
      case 'copyEvidence':
        return surface.copy(reading());
      case 'export':
        return surface.exportShown(reading(), message.format);
      case 'copyPolicy':
        return deps.copyPolicy(refusal());
      case 'showRollout':
        return target.kind === 'rotation' ? deps.showRollout(target) : undefined;
      case 'markRetired':
      case 'unmarkRetired':
      case 'openReference': {
        const caller = callerOf(message.caller);
        if (caller === undefined) return;
        if (message.type === 'openReference') return openReference(caller);
        if (target.kind !== 'rotation') return;
        return message.type === 'markRetired' ? markRetired(caller) : unmarkRetired(caller);
      }
      case 'deleteOldKey':
        await deps.deleteOldKey(target);
        return refresh();
    }
  }

  return {
    receive,
    refresh,
    renew() {
      if (started) show();
    },
    dispose() {
      disposed = true;
      refreshing.end();
      chart.dispose();
      entries.dispose();
      verdict.dispose();
    },
  };
}
