import type { AapEntry, RegionEntry } from './entries';

/**
 * One region out of two readings of it: the list of AAPs from the newer one, and of each AAP what was read last. Gives `mine`
 * itself where the other has nothing newer, or while it is being read here.
 */
export function newerOf(mine: RegionEntry, theirs: RegionEntry): RegionEntry {
  if (mine.status === 'loading') return mine;
  const [base, other] = (theirs.readAt ?? 0) > (mine.readAt ?? 0) ? [theirs, mine] : [mine, theirs];
  let changed = base !== mine;
  const others = new Map(other.aaps.map((entry) => [entry.aap.aapName, entry]));
  const aaps = base.aaps.map((entry): AapEntry => {
    const rival = others.get(entry.aap.aapName);
    if (!rival || entry.status === 'loading') return entry;
    const winner = (rival.readAt ?? 0) > (entry.readAt ?? 0) ? rival : entry;
    const reach = entry.reach ?? rival.reach;
    if (winner === entry && reach === entry.reach) return entry;
    changed = true;
    return { ...winner, aap: entry.aap, ...(reach && { reach }) };
  });
  return changed ? { ...base, aaps } : mine;
}
