import assert from 'node:assert/strict';
import type { AapReach } from '../../../../src/model/accessPointReach';
import type { ClientKey } from '../../../../src/model/clientKey';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/expiry';
import { type GoToItem, goToItems } from '../../../../src/ui/commands/goToItems';
import type { AapEntry, AccountEntry } from '../../../../src/ui/inventory/entries';
import { plain } from '../plain';

const NOW = Date.UTC(2026, 10, 24);
const DAY = 24 * 60 * 60 * 1000;
const CONTEXT = { t: plain, locale: 'en', thresholds: DEFAULT_THRESHOLDS, now: () => NOW };

function keyId(number: number): string {
  return `KAAP.00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function aapEntry(
  where: { accountId: string; regionId: string; aapName: string },
  keys: readonly { id: string; days: number }[],
  more: { reach?: AapReach; authentication?: 'clientKey' | 'other' } = {},
): AapEntry {
  const { authentication = 'clientKey', reach } = more;
  return {
    aap: {
      ...where,
      authentication,
      authenticationMethod: authentication === 'other' ? 'RAMRole' : 'ClientKey',
    },
    keys: keys.map(
      ({ id, days }): ClientKey => ({
        ...where,
        id,
        createdAt: NOW - DAY,
        notBefore: NOW - DAY,
        notAfter: NOW + days * DAY,
      }),
    ),
    status: 'ready',
    ...(reach === undefined ? {} : { reach }),
  };
}

function accountEntry(name: string, aaps: readonly AapEntry[], own: { uid?: string } = {}): AccountEntry {
  const regions = [...new Set(aaps.map(({ aap }) => aap.regionId))];
  const accountId = `cli:${name}`;
  return {
    account: {
      id: accountId,
      kind: 'cliProfile',
      profile: name,
      mode: 'AK',
      current: false,
      file: '/config.json',
      ...own,
    },
    status: 'ready',
    regions: regions.map((regionId) => ({
      accountId,
      regionId,
      status: 'ready',
      aaps: aaps.filter(({ aap }) => aap.regionId === regionId),
    })),
  };
}

function twoAccounts(): AccountEntry[] {
  const reach: AapReach = { instances: [{ id: 'kst-hzz1', logBought: true }], sharedGateway: false };
  const at = (accountId: string, regionId: string, aapName: string) => ({ accountId, regionId, aapName });
  return [
    accountEntry(
      'prod',
      [
        aapEntry(at('cli:prod', 'cn-hangzhou', 'payments'), [{ id: keyId(1), days: 300 }], { reach }),
        aapEntry(at('cli:prod', 'cn-hangzhou', 'batch'), [], { authentication: 'other', reach }),
      ],
      { uid: '1234567890123456' },
    ),
    accountEntry('test', [
      aapEntry(at('cli:test', 'xx-new-1', 'payments'), [
        { id: keyId(2), days: 12 },
        { id: keyId(3), days: -1 },
      ]),
    ]),
  ];
}

/** What VS Code's list lets the user find an entry by. */
function searched({ label, description, detail }: GoToItem): string {
  return `${label} ${description} ${detail}`;
}

describe('Go to Client Key', () => {
  let found: Awaited<ReturnType<typeof goToItems>>;
  before(async () => {
    found = await goToItems({ accounts: twoAccounts() }, CONTEXT);
  });

  it('lists the keys of all accounts, the nearest end first', () => {
    const ids = found.keys.map(({ target }) => (target.kind === 'key' ? target.key.id : ''));
    assert.deepEqual(ids, [keyId(3), keyId(2), keyId(1)]);
    assert.deepEqual(
      found.keys.map(({ description }) => description),
      ['expired 24 hours ago', 'expires in 12 days', 'expires in 300 days'],
    );
  });

  it('finds a key by its whole id, its AAP, instance, account, account id and region', () => {
    const text = searched(found.keys[2] ?? assert.fail());
    for (const part of [
      keyId(1),
      'payments',
      'kst-hzz1',
      'prod',
      '1234567890123456',
      'China (Hangzhou)',
      'cn-hangzhou',
    ])
      assert.ok(text.includes(part), part);
    // A region that no list knows stands once.
    assert.equal(searched(found.keys[0] ?? assert.fail()).split('xx-new-1').length, 2);
  });

  it('tells AAPs of equal names apart by account and region, and those without client keys', () => {
    const [batch, ...payments] = found.aaps;
    assert.match(batch?.description ?? '', /no client keys/);
    assert.deepEqual(
      payments.map(({ description }) => description),
      ['application access point · 1 of 3 keys', 'application access point · 2 of 3 keys'],
    );
    assert.notEqual(payments[0]?.detail, payments[1]?.detail);
  });

  it('lists an instance once, with all AAPs that lead to it', () => {
    const [instance, ...others] = found.instances;
    assert.deepEqual(others, []);
    assert.match(instance?.detail ?? '', /payments.*batch/);
    assert.deepEqual(instance?.target, {
      kind: 'instance',
      aap: twoAccounts()[0]?.regions[0]?.aaps[0]?.aap,
      instanceId: 'kst-hzz1',
    });
  });

  it('gives every one of 20,000 keys an entry of its own, and others their turn meanwhile', async () => {
    const aaps = Array.from({ length: 10_000 }, (_, number) =>
      aapEntry({ accountId: 'cli:big', regionId: 'cn-hangzhou', aapName: `aap-${number}` }, [
        { id: keyId(2 * number), days: 20_000 - number },
        { id: keyId(2 * number + 1), days: number + 1 },
      ]),
    );
    let turns = 0;
    const count = () => {
      turns += 1;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    const { keys } = await goToItems({ accounts: [accountEntry('big', aaps)] }, CONTEXT);
    clearImmediate(counting);
    assert.ok(turns >= 19, String(turns));
    assert.equal(new Set(keys.map(searched)).size, 20_000);
    const ends = keys.map(({ target }) => (target.kind === 'key' ? target.key.notAfter : 0));
    assert.deepEqual(
      ends,
      [...ends].sort((one, other) => one - other),
    );
  });
});
