import { type CallerMove, classKey } from './callers';
import type { CallerClass } from './evidence';
import type { KeptPlace, PlaceKind, PlaceState, RolloutPlace } from './rollout';
import type { Rotation } from './rotation';

/** What the list is made of, beside what the journal knows. */
export interface RolloutFacts {
  /** References that only a person can change; `id` is the same in every scan, `label` is `file:line`. */
  readonly manualSteps: readonly { readonly id: string; readonly label: string }[];
  /** Callers of the old key that nothing in the workspace explains, whatever has become of them. */
  readonly unexplained: readonly CallerMove[];
}

/** A place as the facts give it. */
interface Derived {
  readonly kind: PlaceKind;
  readonly id: string;
  readonly service: string;
  readonly state: PlaceState;
  /** The newest fact that asks for something to be done there, ms UTC: it outdates an earlier *done*. */
  readonly newest?: number;
}

const KINDS: readonly PlaceKind[] = ['workspace', 'manual', 'caller', 'own'];

/**
 * The places where the new key of a rotation has to arrive: patched workspaces, manual steps, callers that nothing explains, and
 * what the user added; in this order, each kind in the order of its source.
 *
 * The word of the user goes before what the facts say, with one exception: *done* ends when the workspace is patched again,
 * or the caller calls with the old key again. Without a word of the user a place is open until the log says otherwise: a
 * caller that was seen with another key is done, one that is retired or silent for long is not needed. A step or folder
 * that is gone takes its place along, unless the user has said something about it.
 */
export function rolloutOf(
  rotation: Pick<Rotation, 'workspaces' | 'places' | 'retired'>,
  facts: RolloutFacts,
): readonly RolloutPlace[] {
  const kept = new Map(rotation.places.map((place) => [place.id, place]));
  const derived = [...workspacePlaces(rotation), ...manualPlaces(facts), ...callerPlaces(rotation, facts)];
  const known = new Set(derived.map(({ id }) => id));
  const places = [
    ...derived.map((place) => withWord(place, kept.get(place.id))),
    ...rotation.places.flatMap((place) => (known.has(place.id) ? [] : (keptAlone(place) ?? []))),
  ];
  return places.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** The places where something is still to be done. */
export function openPlaces(places: readonly RolloutPlace[]): readonly RolloutPlace[] {
  return places.filter(({ state }) => state === 'open');
}

/** A folder in which nothing was patched has nothing to be deployed. */
function workspacePlaces({ workspaces }: Pick<Rotation, 'workspaces'>): readonly Derived[] {
  return workspaces
    .filter(({ patchedGroups }) => patchedGroups > 0)
    .map(({ folder, at }) => ({
      kind: 'workspace',
      id: `workspace:${folder}`,
      service: folder,
      state: 'open',
      newest: at,
    }));
}

function manualPlaces({ manualSteps }: RolloutFacts): readonly Derived[] {
  return [...new Map(manualSteps.map((step) => [step.id, step])).values()].map(({ id, label }) => ({
    kind: 'manual',
    id: `manual:${id}`,
    service: label,
    state: 'open',
  }));
}

function callerPlaces(
  { retired }: Pick<Rotation, 'retired'>,
  { unexplained }: RolloutFacts,
): readonly Derived[] {
  const retiredAt = new Map(retired.map(({ caller, at }) => [classKey(caller), at]));
  return unexplained.map((move) => ({
    kind: 'caller',
    id: `caller:${classKey(move.caller)}`,
    service: shortName(move.caller),
    state: callerState(move, retiredAt.get(classKey(move.caller))),
    newest: move.oldLast,
  }));
}

function callerState(move: CallerMove, retiredAt: number | undefined): PlaceState {
  switch (move.state) {
    case 'moved':
    case 'probablyMoved':
      return 'done';
    case 'retired':
      // Whoever calls after that is not gone.
      return retiredAt !== undefined && move.oldLast > retiredAt ? 'open' : 'notNeeded';
    case 'silent':
    case 'oldKey':
      return move.holds ? 'open' : 'notNeeded';
  }
}

function withWord({ newest, ...place }: Derived, kept: KeptPlace | undefined): RolloutPlace {
  if (kept === undefined) return place;
  const outdated = kept.state === 'done' && newest !== undefined && newest > kept.at;
  return { ...place, ...textsOf(kept), state: outdated ? place.state : kept.state };
}

/** A place that the facts no longer give: the user's own, or one the user spoke of. */
function keptAlone(kept: KeptPlace): RolloutPlace | undefined {
  const kind = KINDS.find((one) => kept.id.startsWith(`${one}:`));
  if (kind === undefined) return undefined;
  const service = kept.service ?? nameInId(kind, kept.id.slice(kind.length + 1));
  return { id: kept.id, kind, service, ...textsOf(kept), state: kept.state };
}

function textsOf({ environment, owner, note }: KeptPlace): Pick<KeptPlace, 'environment' | 'owner' | 'note'> {
  return {
    ...(environment !== undefined && { environment }),
    ...(owner !== undefined && { owner }),
    ...(note !== undefined && { note }),
  };
}

/** The journal keeps no name of a place that it can be told from. */
function nameInId(kind: PlaceKind, rest: string): string {
  if (kind !== 'caller') return rest;
  try {
    const parts: unknown = JSON.parse(rest);
    const [userAgent, api, resource, network] = Array.isArray(parts) ? parts.map(String) : [];
    return shortName({
      userAgent: userAgent ?? rest,
      api: api ?? '',
      resource: resource ?? '',
      network: network ?? '',
    });
  } catch {
    return rest;
  }
}

/** The user agent, else whence it calls, and what it asks for. */
function shortName({ userAgent, api, resource, network }: CallerClass): string {
  const where = [api, resource, network].filter((part) => part !== '').join(', ');
  if (userAgent === '') return where;
  return where === '' ? userAgent : `${userAgent} (${where})`;
}
