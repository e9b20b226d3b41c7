import type { Rooms } from './rooms';

/** The service's present, also before anything has answered in this session. */
export interface Present {
  /** ms UTC. */
  now(accountId: string): number;
  /** How far the service's clock is ahead of this machine's, ms. */
  offset(accountId: string): number;
  /** Used until the service answers: the offset of an earlier session or of another window, ms. */
  setEarlierOffset(accountId: string, offset: number): void;
}

export function createPresent(rooms: Pick<Rooms, 'serviceNow'>, clock: () => number = Date.now): Present {
  const earlier = new Map<string, number>();
  const offset = (accountId: string): number => {
    const service = rooms.serviceNow(accountId);
    return service === undefined ? (earlier.get(accountId) ?? 0) : service - clock();
  };
  return {
    now: (accountId) => clock() + offset(accountId),
    offset,
    setEarlierOffset: (accountId, value) => {
      earlier.set(accountId, value);
    },
  };
}
