import type { CallerUse } from '../../model/evidence';
import type { CallerPart } from './callerUses';
import type { Bucket, Span } from './logClient';

/** The lists that are kept; whoever was not asked for the longest time goes first. */
const MOST_LISTS = 16;
/** What all lists may hold, in characters of their texts. Callers choose some of them. */
const MOST_CHARACTERS = 16 * 1024 * 1024;
/** Numbers and references of one use, as characters. */
const CHARACTERS_OF_USE = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A stretch that was read accurately. */
export interface KeptPart extends CallerPart {
  /** Something was delivered late, so that it has to be read again. */
  late: boolean;
}

/** The class list of one log and AAP as far as it was read. */
export interface KeptList {
  /** They do not overlap. */
  readonly parts: readonly KeptPart[];
  /** How many entries there were where parts may be kept, before any of them was read: more by now were delivered late. */
  watched?: { readonly span: Span; readonly buckets: readonly Bucket[] };
  /** Keeps a part that overlaps none. @returns false if there is no room for it */
  put(part: CallerPart): boolean;
  drop(part: KeptPart): void;
  /** Marks the parts that are touched by a bucket of which the count has changed. */
  noteCounts(buckets: readonly Bucket[], oldest: number): void;
  /** Drops what has ended before. */
  dropBefore(oldest: number): void;
}

/** The class lists of a session, by name. */
export type PartMemory = (name: string) => KeptList;

export function createPartMemory(mostCharacters = MOST_CHARACTERS): PartMemory {
  const lists = new Map<string, ReturnType<typeof createList>>();
  const sizeOfAll = () => [...lists.values()].reduce((sum, { size }) => sum + size(), 0);
  /** Makes room by forgetting what others need no more. */
  const hasRoom = (name: string, characters: number): boolean => {
    for (const other of [...lists.keys()]) {
      if (sizeOfAll() + characters <= mostCharacters) return true;
      if (other !== name) lists.delete(other);
    }
    return sizeOfAll() + characters <= mostCharacters;
  };
  return (name) => {
    const known = lists.get(name) ?? createList((characters) => hasRoom(name, characters));
    lists.delete(name);
    lists.set(name, known);
    const [first] = lists.keys();
    if (lists.size > MOST_LISTS && first !== undefined) lists.delete(first);
    return known.list;
  };
}

function createList(hasRoom: (characters: number) => boolean): { list: KeptList; size: () => number } {
  let parts: KeptPart[] = [];
  const list: KeptList = {
    get parts() {
      return parts;
    },
    put: (part) => {
      if (!hasRoom(sizeOf(part))) return false;
      parts = [...parts, { ...part, late: false }];
      return true;
    },
    drop: (old) => {
      parts = parts.filter((part) => part !== old);
    },
    noteCounts: (buckets, oldest) => {
      const before = new Map(list.watched?.buckets.map((bucket) => [bucket.from, bucket.count]));
      for (const bucket of buckets) {
        const grown = bucket.count - (before.get(bucket.from) ?? 0);
        // Where the log ends, entries are dropped as time goes by.
        if (grown === 0 || (grown < 0 && bucket.from < oldest)) continue;
        for (const part of parts)
          if (part.span.from < bucket.to && bucket.from < part.span.to) part.late = true;
      }
    },
    dropBefore: (oldest) => {
      parts = parts.filter((part) => part.span.to > oldest);
    },
  };
  return { list, size: () => parts.reduce((sum, part) => sum + sizeOf(part), 0) };
}

function sizeOf(part: CallerPart): number {
  return part.uses.reduce((sum, use) => sum + CHARACTERS_OF_USE + textsOf(use), 0);
}

function textsOf({ caller, addresses }: CallerUse): number {
  const { userAgent, api, resource, network } = caller;
  return [userAgent, api, resource, network, ...addresses].reduce((sum, text) => sum + text.length, 0);
}

/** Whether a part holds so much of what the log has forgotten that it is worth being read again. */
export function isAged(part: CallerPart, oldest: number): boolean {
  return part.uses.length > 0 && oldest - part.span.from > DAY_MS;
}
