import assert from 'node:assert/strict';
import type { InspectedReference } from '../../../../src/model/inspection';
import type { Reference } from '../../../../src/model/reference';
import { findingsOf } from '../../../../src/ui/editor/findings';
import { type KeyFacts, lifeOf } from '../../../../src/ui/editor/keyFacts';
import { plain } from '../plain';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 12);
const KEY = 'KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf';
const SHORT = 'KAAP.66abf237…6b8cf';

const FACTS: KeyFacts = {
  inAccount: () => undefined,
  deletedAt: () => undefined,
  replacedBy: () => undefined,
  now: () => NOW,
  thresholds: () => ({ expiringDays: 90, criticalDays: 30, finalDays: 7 }),
};

function inspected(
  extra: Partial<InspectedReference> = {},
  reference: Partial<Reference> = {},
): InspectedReference {
  return {
    reference: {
      file: '/w/app.properties',
      range: { start: 0, end: 5, line: 1, column: 1 },
      role: 'keyFile',
      notation: 'properties',
      groupId: 'g',
      confidence: 'confirmed',
      keyId: KEY,
      target: '/w/keys/client.json',
      ...reference,
    },
    pair: 'opened',
    committed: false,
    movable: false,
    ...extra,
  };
}

function told(one: InspectedReference, facts: Partial<KeyFacts> = {}, hints = true): string[] {
  const inspection = { file: '/w/app.properties', folder: '/w', references: [one] };
  return findingsOf(inspection, { ...FACTS, ...facts }, { hints, locale: 'en', t: plain }).map(
    ({ code, severity, message }) => `${severity} ${code}: ${message}`,
  );
}

const until = (notAfter: number) => ({ validity: { notBefore: NOW - 400 * DAY, notAfter } });

describe('findings of the editor', () => {
  it('tell the end of a key by its certificate, the more loudly the nearer it is', () => {
    assert.deepEqual(told(inspected(until(NOW + 400 * DAY))), []);
    assert.deepEqual(told(inspected(until(NOW + 60 * DAY))), [
      `information expiring: Client key ${SHORT} expires in 60 days (2027-01-23).`,
    ]);
    assert.deepEqual(told(inspected(until(NOW + 12 * DAY))), [
      `warning expiring: Client key ${SHORT} expires in 12 days (2026-12-06).`,
    ]);
    assert.deepEqual(told(inspected(until(NOW - 3 * DAY))), [
      `error expired: Client key ${SHORT} expired 3 days ago (2026-11-21).`,
    ]);
  });

  it('believe the account before the certificate', () => {
    const key = {
      accountId: 'a',
      regionId: 'cn-hangzhou',
      aapName: 'payments-aap',
      id: KEY,
      createdAt: 0,
      notBefore: 0,
      notAfter: NOW + 400 * DAY,
    };
    const one = inspected(until(NOW + 12 * DAY));
    assert.deepEqual(told(one, { inAccount: () => key }), []);
    assert.equal(lifeOf(one, { ...FACTS, inAccount: () => key })?.notAfter, key.notAfter);
  });

  it('tell a deleted key, and nothing else of its life', () => {
    const [only, ...others] = told(inspected(until(NOW - DAY)), { deletedAt: () => NOW - 2 * DAY });
    assert.equal(only, `error deleted: Client key ${SHORT} was deleted on 2026-11-22. Calls with it fail.`);
    assert.deepEqual(others, []);
  });

  it('say nothing of a key that nobody knows the end of', () => {
    assert.deepEqual(told(inspected({ pair: 'unproven' })), []);
  });

  it('point at the password that does not open its key, not at the key', () => {
    assert.deepEqual(told(inspected({ pair: 'wrongPassword' })), []);
    const [only] = told(inspected({ pair: 'wrongPassword' }, { role: 'password' }));
    assert.match(
      only ?? '',
      /^error wrong-password: This password does not open client key KAAP\.66abf237…6b8cf\./,
    );
  });

  it('hint at secrets that git would take, unless that is switched off', () => {
    const password = inspected({ committed: true }, { role: 'password' });
    assert.match(
      told(password)[0] ?? '',
      /^information password-in-file: The password of a client key is written here/,
    );
    assert.deepEqual(told(password, {}, false), []);
    assert.deepEqual(told(inspected({ committed: false }, { role: 'password' })), []);
    const [file] = told(inspected({ committed: true }));
    assert.match(file ?? '', /^information credential-in-git: Git does not ignore client\.json/);
  });
});
