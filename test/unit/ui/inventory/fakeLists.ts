import { createCloudError } from '../../../../src/cloud/errors';
import type { AapReach } from '../../../../src/model/accessPointReach';
import type { Aap, AapRef, ClientKey } from '../../../../src/model/clientKey';
import type { CloudErrorKind } from '../../../../src/model/cloudError';
import type { KeyLists } from '../../../../src/ui/inventory/entries';

/** The AAPs of a region and the numbers of their keys; `role` stands for an AAP that is entered by RAM role. */
type FakeRegion = Readonly<Record<string, readonly number[] | 'role'>>;

export interface FakeLists {
  readonly lists: KeyLists;
  /** AAPs and keys by account and region; may be changed at any time. */
  readonly world: Record<string, Record<string, FakeRegion>>;
  /** Calls as `Action account/region/aap`, in the order of their beginning. */
  readonly calls: string[];
  /** What ListClientKeys without an AAP does. */
  oneCall: 'works' | 'refused' | 'fails' | 'empty' | 'cut';
  /** Calls whose text matches fail with this. */
  failing: { readonly calls: RegExp; readonly kind: CloudErrorKind } | undefined;
  /** Calls whose text matches answer only after `release`, with what was true when they began. */
  hold(calls: RegExp): void;
  /** Calls that begin from now on are not held. */
  holdNoMore(): void;
  release(): void;
  reach: AapReach;
}

/** Id of the key with this number in an account. Equal numbers of two accounts are different keys. */
export function keyIdOf(accountId: string, number: number): string {
  const account = [...accountId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffff, 7);
  return `KAAP.${number.toString(16).padStart(8, '0')}-${account.toString(16).padStart(4, '0')}-0000-0000-000000000000`;
}

/** Ends of keys: key n ends n days after this, ms UTC. */
export const START = Date.UTC(2026, 10, 24);
const DAY = 86_400_000;

export function fakeLists(world: FakeLists['world']): FakeLists {
  const calls: string[] = [];
  let held: { calls: RegExp; readonly until: Promise<void>; readonly release: () => void } | undefined;

  function keysOf(aap: AapRef): ClientKey[] {
    const numbers = world[aap.accountId]?.[aap.regionId]?.[aap.aapName] ?? [];
    const { accountId, regionId, aapName } = aap;
    return (numbers === 'role' ? [] : numbers).map((number) => ({
      accountId,
      regionId,
      aapName,
      id: keyIdOf(accountId, number),
      createdAt: START - DAY,
      notBefore: START - DAY,
      notAfter: START + number * DAY,
      publicKeyPem: 'PEM',
    }));
  }

  function aapsOf(accountId: string, regionId: string): Aap[] {
    return Object.entries(world[accountId]?.[regionId] ?? {}).map(([aapName, keys]) => ({
      accountId,
      regionId,
      aapName,
      authentication: keys === 'role' ? 'other' : 'clientKey',
      authenticationMethod: keys === 'role' ? 'RAMRole' : 'ClientKey',
    }));
  }

  async function answer<T>(call: string, signal: AbortSignal | undefined, make: () => T): Promise<T> {
    calls.push(call);
    const made = make();
    const [action] = call.split(' ');
    if (held?.calls.test(call)) await held.until;
    else await new Promise((resolve) => setImmediate(resolve));
    const error = (kind: CloudErrorKind) =>
      createCloudError({ kind, action: action ?? '', message: `${action} failed.` });
    if (signal?.aborted) throw error('cancelled');
    if (fake.failing?.calls.test(call)) throw error(fake.failing.kind);
    return made;
  }

  const lists: KeyLists = {
    listRegions: (accountId, signal) =>
      answer(`DescribeRegions ${accountId}`, signal, () => Object.keys(world[accountId] ?? {})),
    listAaps: (accountId, regionId, signal) =>
      answer(`ListAaps ${accountId}/${regionId}`, signal, () => aapsOf(accountId, regionId)),
    listClientKeys: (aap, signal) =>
      answer(`ListKeys ${aap.accountId}/${aap.regionId}/${aap.aapName}`, signal, () => keysOf(aap)),
    async listRegionKeys(accountId, regionId, signal) {
      const all = await answer(`ListAllKeys ${accountId}/${regionId}`, signal, () =>
        aapsOf(accountId, regionId).flatMap(keysOf),
      );
      switch (fake.oneCall) {
        case 'works':
          return all;
        case 'empty':
          return [];
        case 'cut':
          return all.slice(0, 10);
        default: {
          const kind = fake.oneCall === 'refused' ? 'invalidRequest' : 'serverError';
          throw createCloudError({ kind, action: 'ListClientKeys', message: 'ListClientKeys failed.' });
        }
      }
    },
    readReach: (aap, signal) =>
      answer(`ReadReach ${aap.accountId}/${aap.regionId}/${aap.aapName}`, signal, () => fake.reach),
  };
  const fake: FakeLists = {
    lists,
    world,
    calls,
    oneCall: 'refused',
    failing: undefined,
    hold(pattern) {
      let release = () => {};
      const until = new Promise<void>((resolve) => {
        release = resolve;
      });
      held = { calls: pattern, until, release };
    },
    holdNoMore() {
      if (held) held.calls = /(?!)/;
    },
    release() {
      held?.release();
      held = undefined;
    },
    reach: { instances: [{ id: 'kst-hzz65f0000000000', logBought: true }], sharedGateway: false },
  };
  return fake;
}
