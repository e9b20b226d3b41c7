import assert from 'node:assert/strict';
import type { CloudErrorKind } from '../../../../src/model/cloudError';
import { outcomeOf, sweepAccounts } from '../../../../src/ui/expiry/sweepAccounts';
import type { AccountEntry, LoadStatus, RegionEntry } from '../../../../src/ui/inventory/entries';

function region(status: LoadStatus, more: Partial<RegionEntry> = {}): RegionEntry {
  return { accountId: 'cli:prod', regionId: 'r', status, aaps: [], ...more };
}

function account(mode: string, status: LoadStatus, ...regions: RegionEntry[]): AccountEntry {
  return {
    account: {
      id: 'cli:prod',
      identity: 'hash',
      kind: 'cliProfile',
      profile: 'prod',
      mode,
      current: true,
      file: '',
    },
    status,
    regions,
  };
}

function cloudError(kind: CloudErrorKind): Error {
  const fields = {
    name: 'CloudError',
    kind,
    action: 'ListClientKeys',
    retryable: true,
    effectUnknown: false,
  };
  return Object.assign(new Error('The service said so.'), fields);
}

describe('accounts that are read in the background', () => {
  it('carry the oldest time at which a region was read, and none before all were', () => {
    const [read] = sweepAccounts([
      account('AK', 'ready', region('ready', { readAt: 200 }), region('ready', { readAt: 100 })),
    ]);
    assert.deepEqual(read, { accountId: 'cli:prod', identity: 'hash', readAt: 100 });
    const [never] = sweepAccounts([
      account('AK', 'ready', region('ready', { readAt: 200 }), region('failed')),
    ]);
    assert.deepEqual(never, { accountId: 'cli:prod', identity: 'hash' });
    assert.equal(sweepAccounts([account('AK', 'stale')])[0]?.readAt, undefined);
  });

  it('are those that run a program or rewrite their file only once the user has read them in this session', () => {
    const before = ['AK', 'RamRoleArn', 'External', 'OAuth'].map((mode) => account(mode, 'stale'));
    assert.equal(sweepAccounts(before).length, 2);
    assert.equal(sweepAccounts([account('External', 'failed')]).length, 0);
    assert.equal(sweepAccounts([account('External', 'ready')]).length, 1);
  });
});

describe('what came of a sweep', () => {
  const failed = (kind: CloudErrorKind) => region('failed', { error: cloudError(kind) });

  it('is done where a part could be read', () => {
    assert.equal(outcomeOf(account('AK', 'ready', region('ready'), failed('noPermission'))), 'done');
    assert.equal(outcomeOf(account('AK', 'ready')), 'done');
    assert.equal(outcomeOf(undefined), 'done');
  });

  it('is worth another try soon where all failed for want of a network or of the service', () => {
    assert.equal(outcomeOf(account('AK', 'ready', failed('network'), failed('timeout'))), 'offline');
    assert.equal(outcomeOf({ ...account('AK', 'failed'), error: cloudError('serverError') }), 'offline');
  });

  it('is not where only the user can mend it', () => {
    for (const kind of ['expiredToken', 'noCredentials', 'noPermission', 'proxyAuth'] as const)
      assert.equal(outcomeOf({ ...account('AK', 'failed'), error: cloudError(kind) }), 'failed', kind);
    assert.equal(outcomeOf(account('AK', 'ready', failed('network'), failed('expiredToken'))), 'failed');
  });
});
