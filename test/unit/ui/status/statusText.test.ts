import assert from 'node:assert/strict';
import type { ClientKey } from '../../../../src/model/clientKey';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/expiry';
import { type StatusFacts, statusText } from '../../../../src/ui/status/statusText';
import { plain } from '../plain';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);

function key(daysLeft: number, id = 'KAAP.66abf237-0000-4000-8000-00000006b8cf'): ClientKey {
  const notAfter = NOW + daysLeft * DAY + 1000;
  return { accountId: 'a', regionId: 'r', aapName: 'payments-aap', id, createdAt: 0, notBefore: 0, notAfter };
}

function told(facts: Partial<StatusFacts>) {
  return statusText(
    {
      keys: [],
      rotated: new Set(),
      waiting: [],
      now: NOW,
      thresholds: DEFAULT_THRESHOLDS,
      locale: 'en',
      ...facts,
    },
    plain,
  );
}

describe('status bar', () => {
  it('is hidden while nothing expires and no rotation waits', () => {
    assert.equal(told({ keys: [key(300)] }), undefined);
  });

  it('warns of a critical key, with an icon that stays where the background is dropped', () => {
    const status = told({ keys: [key(12), key(300)] });
    assert.equal(status?.text, '$(warning) 12d');
    assert.equal(status?.warning, true);
    assert.match(status?.tooltip ?? '', /payments-aap · expires in 12 days/);
  });

  it('counts keys within the warning period without a warning', () => {
    const status = told({ keys: [key(60), key(80)] });
    assert.equal(status?.text, '$(key) 2 expiring');
    assert.equal(status?.warning, false);
  });

  it('names the nearest and the number of several', () => {
    assert.equal(told({ keys: [key(60), key(12)] })?.text, '$(warning) 12d · 2 expiring');
    assert.equal(told({ keys: [key(-3)] })?.text, '$(warning) expired');
  });

  it('shows how far a rotation is, instead of the key that it replaces', () => {
    const old = key(12);
    const waiting = [{ aapName: 'payments-aap', moved: 3, all: 5 }];
    const status = told({ keys: [old], rotated: new Set([old.id]), waiting });
    assert.equal(status?.text, '$(sync) 3/5 moved');
    assert.equal(status?.warning, false);
  });

  it('says that a rotation is under way before the log was read', () => {
    assert.equal(told({ waiting: [{ aapName: 'a', moved: 0, all: 0 }] })?.text, '$(sync) 1 rotation');
  });
});
