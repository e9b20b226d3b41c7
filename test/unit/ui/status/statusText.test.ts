import assert from 'node:assert/strict';
import { expiryOf } from '../../../../src/model/expiry';
import type { SoonKey } from '../../../../src/ui/expiry/soonKeys';
import { type StatusFacts, statusText } from '../../../../src/ui/status/statusText';
import { plain } from '../plain';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);
const ID = 'KAAP.66abf237-0000-4000-8000-00000006b8cf';

function soon(daysLeft: number, accountId = 'a'): SoonKey {
  const notAfter = NOW + daysLeft * DAY + 1000;
  const times = { id: ID, notBefore: 0, notAfter };
  const key = { ...times, accountId, regionId: 'r', aapName: 'payments-aap', createdAt: 0 };
  return { ...times, now: NOW, expiry: expiryOf(times, NOW), from: { kind: 'account', key } };
}

function fromFile(daysLeft: number): SoonKey {
  const { from: _, ...rest } = soon(daysLeft);
  const { id, notBefore, notAfter } = rest;
  const key = { id, notBefore, notAfter, folder: '/projects/shop', file: '/projects/shop/keys/old.json' };
  return { ...rest, from: { kind: 'file', key } };
}

function told(facts: Partial<StatusFacts>) {
  return statusText({ soon: [], waiting: [], accountName: () => undefined, locale: 'en', ...facts }, plain);
}

function waiting(moved: number, all: number, quiet = false): StatusFacts['waiting'][number] {
  return { aapName: 'payments-aap', moved, all, quiet };
}

describe('status bar', () => {
  it('is hidden while nothing expires and no rotation waits', () => {
    assert.equal(told({}), undefined);
  });

  it('warns of a critical key, with an icon that stays where the background is dropped', () => {
    const status = told({ soon: [soon(12)] });
    assert.equal(status?.text, '$(warning) 12d');
    assert.equal(status?.warning, true);
    assert.equal(status?.tooltip, 'KAAP.66abf237…6b8cf · payments-aap · expires in 12 days');
  });

  it('counts keys within the warning period without a warning', () => {
    const status = told({ soon: [soon(60), soon(80)] });
    assert.equal(status?.text, '$(key) 2 expiring');
    assert.equal(status?.warning, false);
  });

  it('names the nearest and the number of several', () => {
    assert.equal(told({ soon: [soon(12), soon(60)] })?.text, '$(warning) 12d · 2 expiring');
    assert.equal(told({ soon: [soon(-3)] })?.text, '$(warning) expired');
  });

  it('names the account where there are several, and the file of a key that only a file tells of', () => {
    const accountName = (id: string) => (id === 'a' ? 'prod-cn' : 'prod-intl');
    const status = told({ soon: [fromFile(3), soon(12), soon(40, 'b')], accountName });
    assert.deepEqual(status?.tooltip.split('\n'), [
      'KAAP.66abf237…6b8cf · keys/old.json · expires in 3 days',
      'KAAP.66abf237…6b8cf · prod-cn · payments-aap · expires in 12 days',
      'KAAP.66abf237…6b8cf · prod-intl · payments-aap · expires in 40 days',
    ]);
  });

  it('lists ten and counts the rest', () => {
    const many = Array.from({ length: 22 }, (_, index) => soon(index + 1));
    const lines = told({ soon: many })?.tooltip.split('\n') ?? [];
    assert.equal(lines.length, 11);
    assert.equal(lines.at(-1), 'and 12 more');
  });

  it('shows how far a rotation is', () => {
    const status = told({ waiting: [waiting(3, 5)] });
    assert.equal(status?.text, '$(sync) 3/5 moved');
    assert.equal(status?.warning, false);
    assert.equal(status?.tooltip, 'Rotation of payments-aap: 3 of 5 callers moved');
    assert.equal(status?.spoken, 'KMS client keys: Rotation of payments-aap: 3 of 5 callers moved');
  });

  it('says that a rotation is under way before the log was read', () => {
    assert.equal(told({ waiting: [waiting(0, 0)] })?.text, '$(sync) 1 rotation');
  });

  it('says that an old key is quiet, of one rotation and among several', () => {
    const one = told({ waiting: [waiting(4, 5, true)] });
    assert.equal(one?.text, '$(pass) old key quiet');
    assert.equal(one?.tooltip, 'Rotation of payments-aap: the old key is quiet and can be deleted');
    assert.equal(
      told({ waiting: [waiting(1, 5), waiting(5, 5, true)] })?.text,
      '$(pass) 2 rotations · 1 quiet',
    );
    assert.equal(told({ waiting: [waiting(1, 5), waiting(2, 5)] })?.text, '$(sync) 2 rotations');
  });

  it('puts what expires before rotations, and keys that have time behind them', () => {
    const status = told({ soon: [soon(12), soon(60)], waiting: [waiting(3, 5)] });
    assert.equal(status?.text, '$(warning) 12d · 2 expiring  $(sync) 3/5 moved');
    assert.equal(status?.warning, true);
    assert.deepEqual(status?.tooltip.split('\n'), [
      'KAAP.66abf237…6b8cf · payments-aap · expires in 12 days',
      'Rotation of payments-aap: 3 of 5 callers moved',
      'KAAP.66abf237…6b8cf · payments-aap · expires in 60 days',
    ]);
  });
});
