import assert from 'node:assert/strict';
import type { ClientKey } from '../../../../src/model/clientKey';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/expiry';
import type { LocalKey } from '../../../../src/ui/expiry/localKeys';
import { soonKeys } from '../../../../src/ui/expiry/soonKeys';
import type { AccountEntry } from '../../../../src/ui/inventory/entries';
import { DAY } from './soonKeyFixture';

const HOUR = 3_600_000;

function account(id: string): AccountEntry {
  return {
    account: { id, kind: 'cliProfile', profile: id, mode: 'AK', current: false, file: '' },
    status: 'ready',
    regions: [],
  };
}

function listed(id: string, accountId: string, left: number): ClientKey {
  const notAfter = Date.now() + left;
  return { id, accountId, regionId: 'r', aapName: 'aap', createdAt: 0, notBefore: 0, notAfter };
}

function local(id: string, left: number): LocalKey {
  return { id, notBefore: 0, notAfter: Date.now() + left, file: `/w/${id}.json`, folder: '/w' };
}

/** What expires according to what is given: ids with the kind of place they are known from. */
function soonOf(given: {
  accounts?: readonly string[];
  listed?: readonly ClientKey[];
  local?: readonly LocalKey[];
  rotated?: string;
  deleted?: string;
  offsets?: Readonly<Record<string, number>>;
}) {
  const keys = given.listed ?? [];
  return soonKeys({
    inventory: {
      accounts: (given.accounts ?? ['one', 'two']).map(account),
      keys: () => keys,
      key: (id) => keys.find((key) => key.id === id),
    },
    localKeys: { keys: given.local ?? [] },
    board: {
      partOf: (id) => (id === given.rotated ? 'old' : undefined),
      deletedAt: (id) => (id === given.deleted ? 1 : undefined),
    },
    now: (accountId) => Date.now() + (given.offsets?.[accountId] ?? 0),
    thresholds: () => DEFAULT_THRESHOLDS,
  }).map(({ id, from }) => `${id} ${from.kind}`);
}

describe('keys that expire soon', () => {
  it('are those of all accounts and of credential files, the nearest first', () => {
    const found = soonOf({
      listed: [listed('a', 'one', 80 * DAY), listed('b', 'two', 2 * DAY), listed('valid', 'two', 91 * DAY)],
      local: [local('c', 12 * DAY), local('far', 200 * DAY)],
    });
    assert.deepEqual(found, ['b account', 'c file', 'a account']);
  });

  it('are told by what an account lists, whatever a file says of the same key', () => {
    const found = soonOf({
      listed: [listed('a', 'one', 200 * DAY), listed('b', 'one', 5 * DAY)],
      local: [local('a', DAY), local('b', DAY)],
    });
    assert.deepEqual(found, ['b account']);
  });

  it('are told once where two profiles sign in to the same account', () => {
    const found = soonOf({ listed: [listed('a', 'one', DAY), listed('a', 'two', DAY)] });
    assert.deepEqual(found, ['a account']);
  });

  it('are not those that a rotation replaces or has deleted', () => {
    const found = soonOf({
      listed: [listed('a', 'one', DAY)],
      local: [local('b', DAY), local('c', DAY)],
      rotated: 'a',
      deleted: 'b',
    });
    assert.deepEqual(found, ['c file']);
  });

  it('are judged by the clock of their service, not by that of this machine', () => {
    const offsets = { one: 2 * HOUR, two: -2 * HOUR };
    const found = soonOf({
      listed: [listed('late', 'one', 90 * DAY + HOUR), listed('early', 'two', 90 * DAY - HOUR)],
      offsets,
    });
    assert.deepEqual(found, ['late account']);
  });

  it('of credential files are judged by the clock of any account that knows better than this machine', () => {
    const key = local('a', 90 * DAY + HOUR);
    assert.deepEqual(soonOf({ local: [key] }), []);
    assert.deepEqual(soonOf({ local: [key], offsets: { two: 2 * HOUR } }), ['a file']);
    assert.deepEqual(soonOf({ local: [local('b', 5 * DAY)], accounts: [] }), ['b file']);
  });
});
