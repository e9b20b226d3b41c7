import { isCloudError } from '../../model/cloudError';
import type { AuditEvidence, InstanceEvidence } from '../../model/evidence';
import { type Callers, readCallers, sampleCallers } from './callers';
import { type EvidenceRequest, type Figures, NOTHING_READ, readFigures, spanAt } from './figures';
import { type InstanceLogs, problemOf, type SearchableLog } from './instanceLogs';
import type { PartMemory } from './keptParts';
import { type LogPlace, namesOf } from './logPlace';
import type { Turns } from './turns';

interface EvidenceParts {
  readonly logs: InstanceLogs;
  /** What was read of the class lists. */
  readonly memory: PartMemory;
  /** A class list is read by one reading at a time: the next one finds what it has kept. */
  readonly turns: Turns;
  /** The service's present, ms UTC. */
  now(): number;
  readonly signal: AbortSignal | undefined;
}

/** One instance on its way to be evidence. */
interface Reading {
  readonly place: LogPlace;
  readonly figures: Omit<Figures, 'again'> & Partial<Figures>;
  /** When it was begun, ms UTC of the service. */
  readonly present: number;
  readonly open?: SearchableLog;
}

/**
 * One reading of every instance: first the figures of all, which are told as soon as they are there, then the class lists,
 * which may take long, and at the end the old key's figures once more, because they count most.
 * @throws CloudError if the instances cannot be found out, or `cancelled`
 */
export async function readEvidenceOf(
  parts: EvidenceParts,
  request: EvidenceRequest & Pick<AuditEvidence, 'oldKey'>,
  requestIds: readonly string[],
  onFigures?: (evidence: AuditEvidence) => void,
): Promise<AuditEvidence> {
  const { logs, now } = parts;
  const { aap, oldKey, newKeyId } = request;
  const { instanceIds, sharedGateway } = await logs.instances();
  const begun = now();
  const readings = await Promise.all(instanceIds.map((id) => readFirst(parts, request, logs.place(id))));
  const evidence = (readAt: number, instances: readonly InstanceEvidence[]): AuditEvidence => ({
    aap,
    oldKey,
    ...(newKeyId !== undefined && { newKeyId }),
    readAt,
    sharedGateway,
    instances,
    requestIds: [...requestIds],
  });
  const named = ({ place, figures, open }: Reading) => ({
    ...namesOf(place, aap),
    ...(open && { queries: queriesOf(open, request) }),
    ...figures.reading,
  });
  onFigures?.(evidence(Math.min(begun, ...readings.map(({ present }) => present)), readings.map(named)));

  const callers = await Promise.all(readings.map((reading) => callersOf(parts, request, reading)));
  // Of all instances at the end, and dated before it is asked for.
  const readAt = now();
  const instances = await Promise.all(
    readings.map(async (reading, index): Promise<InstanceEvidence> => {
      const { again } = reading.figures;
      const list = callers[index];
      if (!again || !list) return named(reading);
      return await orProblem(
        async () => ({
          ...named(reading),
          callers: list.callers,
          callersComplete: list.complete,
          ...(reading.open?.searches.analytics === false && { callersSampled: true as const }),
          ...(await again(readAt)),
        }),
        (problem) => ({ ...namesOf(reading.place, aap), ...NOTHING_READ, ...problem }),
      );
    }),
  );
  return evidence(readAt, instances);
}

/** What the log is searched for: any key, to see whether it is alive, each key, and the callers of all keys. */
function queriesOf({ searches }: SearchableLog, { aap, oldKey, newKeyId }: EvidenceRequest): string[] {
  const keyIds = [oldKey.id, ...(newKeyId === undefined ? [] : [newKeyId])];
  const callers = searches.analytics ? [searches.ofCallers(keyIds, aap.aapName)] : [];
  return [...new Set([searches.any, ...keyIds.map(searches.ofKey), ...callers])];
}

async function readFirst(parts: EvidenceParts, request: EvidenceRequest, place: LogPlace): Promise<Reading> {
  const { logs, now } = parts;
  // What KMS sold says nothing about a log that is elsewhere.
  const bought = place.chosen ? undefined : await logs.isBought(place.instanceId);
  // Here, because the answer just above has brought the service's time.
  const present = now();
  const nothing = (why: Pick<InstanceEvidence, 'problem' | 'problemDetail'>): Reading => ({
    place,
    present,
    figures: { reading: { ...NOTHING_READ, ...why } },
  });
  if (bought === false) return nothing({ problem: 'notBought' });
  return await orProblem(async () => {
    const open = await logs.open(place);
    return { place, present, open, figures: await readFigures(open.log, open.searches, request, present) };
  }, nothing);
}

/** Undefined for a log that could not be read. */
async function callersOf(
  parts: EvidenceParts,
  { aap, oldKey, newKeyId }: EvidenceRequest,
  { open, present }: Reading,
): Promise<Callers | undefined> {
  if (!open) return undefined;
  const { log, searches, name } = open;
  const keyIds = [oldKey.id, ...(newKeyId === undefined ? [] : [newKeyId])];
  const common = { keyIds, aapName: aap.aapName };
  // Figures stand without callers; a verdict of *quiet* does not, and says so.
  if (!searches.analytics)
    return await orProblem(
      () => sampleCallers(log, keyIds.map(searches.ofKey), { ...common, span: spanAt(present) }),
      () => ({ callers: [], complete: false }),
    );
  const search = searches.ofCallers(keyIds, aap.aapName);
  return await parts.turns(name, parts.signal, () => {
    // Waiting may have taken long.
    const later = parts.now();
    const list = parts.memory(JSON.stringify([name, aap.aapName, search]));
    return readCallers(log, list, { ...common, search, span: spanAt(later), present: later });
  });
}

/** A log that cannot be read is a problem in the evidence. */
async function orProblem<Result>(
  read: () => Promise<Result>,
  otherwise: (problem: ReturnType<typeof problemOf>) => Result,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isCloudError(error) || error.kind === 'cancelled') throw error;
    return otherwise(problemOf(error));
  }
}
