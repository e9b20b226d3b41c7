import type { Rooms } from './rooms';

/** The service's present, also before anything has answered in this session. */
export interface Present {
  /** ms UTC. */
  now(accountId: string): number;
  /** How far the service's clock is ahead of this machine's, ms. */
  offset(accountId: string): number;
  /** Used until the service answers: the offset of an earlier session, ms. */
  setEarlierOffset(offset: number): void;
}

/** @param answered whether the service has told its time in this session; until then the cloud's figure is the local clock */
export function createPresent(
  rooms: Pick<Rooms, 'serviceNow'>,
  answered: () => boolean,
  clock: () => number = Date.now,
): Present {
  let earlier = 0;
  const offset = (accountId: string): number => {
    const service = answered() ? rooms.serviceNow(accountId) : undefined;
    return service === undefined ? earlier : service - clock();
  };
  return {
    now: (accountId) => clock() + offset(accountId),
    offset,
    setEarlierOffset(value) {
      earlier = value;
    },
  };
}
