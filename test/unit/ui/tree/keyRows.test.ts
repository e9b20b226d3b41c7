import assert from 'node:assert/strict';
import type { Aap, ClientKey } from '../../../../src/model/clientKey';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/expiry';
import type { AapEntry } from '../../../../src/ui/inventory/entries';
import { keyRowOf } from '../../../../src/ui/tree/keyRows';
import type { RowContext } from '../../../../src/ui/tree/rowContext';
import { plain } from '../plain';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 12);
const AAP: Aap = {
  accountId: 'environment',
  regionId: 'cn-hangzhou',
  aapName: 'payments-aap',
  authentication: 'clientKey',
  authenticationMethod: 'ClientKey',
};

function key(daysLeft: number): ClientKey {
  return {
    accountId: AAP.accountId,
    regionId: AAP.regionId,
    aapName: AAP.aapName,
    id: 'KAAP.66abf237-0000-4000-8000-00000006b8cf',
    createdAt: NOW - 300 * DAY,
    notBefore: NOW - 300 * DAY,
    notAfter: NOW + daysLeft * DAY + 3_600_000,
  };
}

function context(part?: 'old' | 'new'): RowContext {
  return {
    t: plain,
    locale: 'en',
    now: () => NOW,
    thresholds: DEFAULT_THRESHOLDS,
    localNow: () => NOW,
    account: () => undefined,
    isSmall: () => true,
    machine: undefined,
    rotationPart: () => part,
  };
}

function entry(count: number, extra: Partial<AapEntry> = {}): AapEntry {
  return {
    aap: AAP,
    keys: Array.from({ length: count }, () => key(12)),
    status: 'ready',
    readAt: NOW,
    ...extra,
  };
}

describe('rows of the Client Keys view', () => {
  it('tell the life of a key in words, icon, badge and accessible text', () => {
    const row = keyRowOf({ kind: 'key', key: key(12) }, context());
    assert.equal(row.label, 'KAAP.66abf2…');
    assert.equal(row.description, '12 days left');
    assert.equal(row.icon, 'warning');
    assert.equal(row.color, 'clientKeys.critical');
    assert.equal(row.spoken, 'Client key KAAP.66abf237…6b8cf, expires in 12 days');
    assert.match(row.tooltip ?? '', /KAAP\.66abf237-0000-4000-8000-00000006b8cf/);
    assert.match(row.tooltip ?? '', /Valid until .*(UTC|GMT)/);
    assert.equal(row.resource, 'kms-key:/KAAP.66abf237-0000-4000-8000-00000006b8cf');
  });

  it('offer the rotation on keys that end soon and are not being rotated', () => {
    assert.ok(keyRowOf({ kind: 'key', key: key(12) }, context()).tags.includes('expiring'));
    assert.ok(!keyRowOf({ kind: 'key', key: key(12) }, context('old')).tags.includes('expiring'));
    assert.ok(!keyRowOf({ kind: 'key', key: key(300) }, context()).tags.includes('expiring'));
  });

  it('tell which keys belong to a rotation', () => {
    const old = keyRowOf({ kind: 'key', key: key(12) }, context('old'));
    assert.equal(old.description, '12 days left · being replaced');
    assert.match(old.spoken ?? '', /, expires in 12 days, being replaced$/);
    assert.equal(keyRowOf({ kind: 'key', key: key(365) }, context('new')).description, '365 days left · new');
  });

  it('tell how full an AAP is', () => {
    assert.equal(keyRowOf({ kind: 'aap', entry: entry(2) }, context()).description, '2 of 3 keys');
    const full = keyRowOf({ kind: 'aap', entry: entry(3) }, context());
    assert.equal(full.description, '3 of 3 keys · full');
    assert.ok(full.tags.includes('full'));
    const role = { ...AAP, authentication: 'other' as const, authenticationMethod: 'RAMRole' };
    const row = keyRowOf({ kind: 'aap', entry: entry(0, { aap: role }) }, context());
    assert.equal(row.description, 'RAM role, no client keys');
  });

  it('tell what to do about an error, with the request id', () => {
    const error = Object.assign(new Error('You are not authorized.'), {
      name: 'CloudError',
      kind: 'noPermission',
      action: 'ListClientKeys',
      deniedAction: 'kms:ListClientKeys',
      requestId: 'REQ-1',
      retryable: false,
      effectUnknown: false,
    });
    const row = keyRowOf({ kind: 'error', id: 'x', error, retry: { kind: 'all' } }, context());
    assert.equal(row.label, 'No permission: kms:ListClientKeys');
    assert.match(row.description ?? '', /kms:ListClientKeys/);
    assert.match(row.tooltip ?? '', /REQ-1/);
    assert.deepEqual(row.tags, ['error', 'retry', 'policy', 'requestId']);
  });
});
