import assert from 'node:assert/strict';
import { rowOfCall } from '../../../simulator/log/callRow';
import { hasPhrase, matches, parseSearch, withoutPhrases, wordsOf } from '../../../simulator/log/search';
import { INSTANCE, REGION, smallWorld } from '../support';

const KEY = 'KAAP.38742edd-1111-2222-3333-444455556666';

const row = rowOfCall(
  smallWorld(),
  {
    at: 0,
    instanceId: INSTANCE,
    regionId: REGION,
    keyId: KEY,
    apiName: 'GetSecretValue',
    clientIp: '10.0.0.1',
    userAgent: 'AlibabaCloud (linux; amd64) Java/17 orders/1',
    resourceId: 'shop/orders',
    durationMs: 1,
  },
  { status: 404, code: 'Unauthorized', message: 'gone' },
  undefined,
);
const finds = (text: string) => matches(parseSearch(text), row);

describe('search language of the log service', () => {
  it('cuts text into words at the delimiters of the index, without case', () => {
    assert.deepEqual(wordsOf('Shop/Orders (linux; a=b) KAAP.1-2'), [
      'shop',
      'orders',
      'linux',
      'a',
      'b',
      'kaap.1-2',
    ]);
  });

  const found = [
    '*',
    '',
    `"${KEY}"`,
    KEY.toLowerCase(),
    `access_key_id: "${KEY}"`,
    `access_key_id:${KEY}`,
    '"linux amd64"',
    '"amd64 linux"',
    'resource_id: "shop/orders"',
    'resource_id: orders',
    'status_code: 404 and api_name: getsecretvalue',
    'api_name: nothing or status_code: 404',
    'not status_code: 200',
    'status_code: 200 or (java and not ruby)',
    'java orders',
    'GetSec*',
    'access_key_id: *',
    '#"linux; amd64"',
  ];
  for (const text of found) {
    it(`finds by ${text || 'an empty statement'}`, () => assert.equal(finds(text), true));
  }

  const missed = [
    `"${KEY.slice(0, -1)}"`,
    `principal_id: "${KEY}"`,
    `no_such_field: "${KEY}"`,
    'principal_id: *',
    'GetSec',
    'java and ruby',
    'not java',
    '(ruby or perl) and java',
    '#"amd64; linux"',
    'status_code: 404 and not api_name: getsecretvalue',
  ];
  for (const text of missed) {
    it(`does not find by ${text}`, () => assert.equal(finds(text), false));
  }

  it('refuses what is not a statement, a negated phrase and more than 30 conditions', () => {
    const tooMany = Array.from({ length: 31 }, (_, i) => `w${i}`).join(' or ');
    for (const text of ['"open', '(java', 'java)', 'and', 'java and', 'a: :', 'not #"java"', tooMany]) {
      assert.throws(() => parseSearch(text), { code: 'ParameterInvalid' }, text);
    }
    assert.ok(parseSearch(tooMany.replace('w30', '').replace(/ or $/, '')));
  });

  it('tells a phrase from quoted text, and what is left of it in a histogram', () => {
    assert.equal(hasPhrase(parseSearch('java and #"a b"')), true);
    assert.equal(hasPhrase(parseSearch('"a b"')), false);
    assert.equal(matches(withoutPhrases(parseSearch('#"amd64; linux"')), row), true);
  });
});
