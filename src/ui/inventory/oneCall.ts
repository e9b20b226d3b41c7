import type { ClientKey } from '../../model/clientKey';
import { isCloudError } from '../../model/cloudError';
import type { AapEntry, OneCall, RegionEntry } from './entries';

/** A service that refused the one call is asked once more after this long, ms: it may have learned it. */
const ASK_AGAIN_MS = 30 * 24 * 60 * 60 * 1000;

/** What is known of the one call for a region at `now`, ms UTC. */
export function oneCallOf(region: RegionEntry | undefined, now: number): OneCall | undefined {
  if (region?.oneCall === 'works') return 'works';
  const since = now - (region?.oneCallAt ?? 0);
  return region?.oneCall === 'doesNot' && since < ASK_AGAIN_MS ? 'doesNot' : undefined;
}

/** Sizes at which services cut their lists. This one is said not to, but such a list is not believed to the last. */
const PAGE_SIZES: ReadonlySet<number> = new Set([10, 20, 50, 100, 200, 500, 1000]);

/** The AAP whose keys may go on behind the end of an answer. */
export function possiblyCutAap(keys: readonly ClientKey[]): string | undefined {
  return PAGE_SIZES.has(keys.length) ? keys.at(-1)?.aapName : undefined;
}

/** Keys by the name of their AAP. */
export function groupByAap(keys: readonly ClientKey[]): Map<string, ClientKey[]> {
  const groups = new Map<string, ClientKey[]>();
  for (const key of keys) {
    const group = groups.get(key.aapName);
    if (group) group.push(key);
    else groups.set(key.aapName, [key]);
  }
  return groups;
}

/**
 * Whether the answer for the whole region can be taken for this AAP as it is. An answer that was cut must not make keys
 * disappear: an AAP that has none in it, or lacks a known one, is read alone.
 */
export function isBelieved(entry: AapEntry, answered: readonly ClientKey[] | undefined): boolean {
  if (!answered) return entry.readAt !== undefined && entry.keys.length === 0;
  return entry.keys.every(({ id }) => answered.some((key) => key.id === id));
}

/** Whether an AAP that was read alone has keys which the answer for the whole region lacks. */
export function contradicts(
  alone: readonly ClientKey[],
  answered: readonly ClientKey[] | undefined,
): boolean {
  return alone.some(({ id }) => !answered?.some((key) => key.id === id));
}

/** Whether the service refused the one call itself, and did not just fail. */
export function isRefused(error: unknown): boolean {
  return (
    isCloudError(error) &&
    ['noPermission', 'invalidRequest', 'notFound', 'limitExceeded', 'badAnswer'].includes(error.kind)
  );
}
