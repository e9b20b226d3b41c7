import assert from 'node:assert/strict';
import type { Aap, ClientKey } from '../../../../src/model/clientKey';
import type { AapEntry, AccountEntry } from '../../../../src/ui/inventory/entries';
import { aapChoices } from '../../../../src/ui/rotate/aapChoices';
import { plain } from '../plain';

function entry(accountId: string, aapName: string, keys: number, method = 'ClientKey'): AapEntry {
  const aap: Aap = {
    accountId,
    regionId: 'cn-hangzhou',
    aapName,
    authentication: method === 'ClientKey' ? 'clientKey' : 'other',
    authenticationMethod: method,
  };
  const key = (index: number): ClientKey => ({
    ...aap,
    id: `key-${index}`,
    createdAt: 0,
    notBefore: 0,
    notAfter: 1,
  });
  return { aap, keys: Array.from({ length: keys }, (_, index) => key(index)), status: 'ready' };
}

function account(id: string, name: string, aaps: readonly AapEntry[]): AccountEntry {
  return {
    account: { id, kind: 'environment' },
    name,
    status: 'ready',
    regions: [{ accountId: id, regionId: 'cn-hangzhou', status: 'ready', aaps }],
  };
}

describe('AAPs for which a client key can be created', () => {
  it('are those by client key, of every account; full ones stand apart and say why', () => {
    const { free, full } = aapChoices(
      [
        account('a', 'prod', [
          entry('a', 'payments-aap', 2),
          entry('a', 'full-aap', 3),
          entry('a', 'batch-aap', 0, 'RAMRole'),
        ]),
        account('b', 'test', [entry('b', 'payments-aap', 0)]),
      ],
      plain,
    );
    assert.deepEqual(
      free.map(({ description, detail, aap }) => [aap.accountId, aap.aapName, description, detail]),
      [
        ['a', 'payments-aap', '2 of 3 keys', 'prod · China (Hangzhou)'],
        ['b', 'payments-aap', '0 of 3 keys', 'test · China (Hangzhou)'],
      ],
    );
    assert.deepEqual(
      full.map(({ description, aap }) => [aap.aapName, description]),
      [['full-aap', 'full: delete a client key that nobody uses first']],
    );
  });
});
