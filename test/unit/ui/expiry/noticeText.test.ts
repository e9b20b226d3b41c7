import assert from 'node:assert/strict';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/expiry';
import { noticeText, snoozeChoices } from '../../../../src/ui/expiry/noticeText';
import type { SoonKey } from '../../../../src/ui/expiry/soonKeys';
import { plain } from '../plain';
import { DAY, NOW, soonKey } from './soonKeyFixture';

const ID = 'KAAP.66abf237-0000-4000-8000-00000006b8cf';
const words = { t: plain, locale: 'en', accountName: () => undefined };

function fromFile(daysLeft: number): SoonKey {
  const key = soonKey(ID, daysLeft);
  const { notBefore, notAfter } = key;
  return {
    ...key,
    from: { kind: 'file', key: { id: ID, notBefore, notAfter, folder: '/w', file: '/w/keys/app.json' } },
  };
}

describe('the notification of keys that expire', () => {
  it('names the key, its AAP and region, and when it ends', () => {
    assert.equal(
      noticeText([soonKey(ID, 12)], words),
      'Client key KAAP.66abf237…6b8cf of payments-aap (cn-hangzhou) expires in 12 days.',
    );
    assert.equal(
      noticeText([soonKey(ID, -3)], { ...words, accountName: () => 'prod' }),
      'Client key KAAP.66abf237…6b8cf of payments-aap (prod, cn-hangzhou) expired 3 days ago.',
    );
  });

  it('names the file of a key that is known only from there', () => {
    assert.equal(
      noticeText([fromFile(12)], words),
      'Client key KAAP.66abf237…6b8cf of credential file keys/app.json expires in 12 days.',
    );
  });

  it('counts several and names the nearest', () => {
    assert.equal(
      noticeText([soonKey(ID, 6), soonKey('b', 20), fromFile(80)], words),
      '3 client keys expire soon or have expired. The nearest, KAAP.66abf237…6b8cf of payments-aap (cn-hangzhou), expires in 6 days.',
    );
  });
});

describe('how long a key can be snoozed', () => {
  const labels = (left: number) =>
    snoozeChoices([soonKey(ID, left)], DEFAULT_THRESHOLDS, words).map(({ label, description, until }) =>
      until === undefined ? `${label}: ${description}` : label,
    );

  it('is until tomorrow, for a week, or until the next period, which is named', () => {
    assert.deepEqual(labels(80), [
      'Until tomorrow',
      'For a week',
      'Until the next period: 30 days before the end',
    ]);
    assert.deepEqual(labels(12).at(-1), 'Until the next period: 7 days before the end');
  });

  it('does not reach beyond the end of the key', () => {
    assert.deepEqual(labels(5), ['Until tomorrow', 'Until the next period: when it has expired']);
    assert.deepEqual(labels(-1), ['Until tomorrow']);
  });

  it('ends on the next morning of this machine, at least nine hours from midnight', () => {
    const [tomorrow, week] = snoozeChoices([soonKey(ID, 80)], DEFAULT_THRESHOLDS, words);
    const morning = new Date(tomorrow?.until ?? 0);
    assert.deepEqual([morning.getHours(), morning.getMinutes()], [9, 0]);
    assert.ok(morning.getTime() > NOW && morning.getTime() - NOW < 2 * DAY);
    assert.equal(week?.until, NOW + 7 * DAY);
  });
});
