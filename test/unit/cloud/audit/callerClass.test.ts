import assert from 'node:assert/strict';
import { networkOf, withoutVersions } from '../../../../src/cloud/audit/callerClass';
import { longestGaps } from '../../../../src/cloud/audit/gaps';

describe('caller class', () => {
  for (const [userAgent, expected] of [
    ['AlibabaCloud (linux; amd64) Java/1.8.0_292-b10 kms/1.2.3', 'AlibabaCloud (linux; amd64) Java kms'],
    [
      'AlibabaCloud (linux; amd64) Java/17.0.11 order-service/2.4.1',
      'AlibabaCloud (linux; amd64) Java order-service',
    ],
    [
      'AlibabaCloud (darwin; amd64) Golang/go1.15.3 Core/0.01 TeaDSL/1',
      'AlibabaCloud (darwin; amd64) Golang Core TeaDSL',
    ],
    [
      'AlibabaCloud (Linux 5.10.134-16.al8.x86_64; x86_64) Python/3.11',
      'AlibabaCloud (Linux; x86_64) Python',
    ],
    ['log4j2 client v2.1.0', 'log4j2 client'],
    ['', ''],
  ] as const)
    it(`has no version numbers: ${userAgent}`, () => assert.equal(withoutVersions(userAgent), expected));

  for (const [address, expected] of [
    ['10.20.4.17', '10.20.4.0/24'],
    ['::ffff:10.20.4.17', '10.20.4.0/24'],
    ['2408:4005:3fa:0100::5', '2408:4005:3fa:100::/64'],
    ['2408:4005:3FA:100:1:2:3:4', '2408:4005:3fa:100::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::2:3.4.5.6', '1:0:0:0::/64'],
    ['192.168.XX.XX', '192.168.XX.XX'],
    ['', ''],
  ] as const)
    it(`has the network of ${address}`, () => assert.equal(networkOf(address), expected));
});

describe('longest gap of a class', () => {
  const gap = (...stretches: [number, number][]) =>
    longestGaps(stretches.map(([from, to]) => ({ key: 'a', from, to }))).get('a');

  it('is 0 for a single call', () => assert.equal(gap([5, 5]), 0));
  it('is exact between stretches', () => assert.equal(gap([0, 1], [10, 11], [14, 14]), 9));
  it('is at most the length of a stretch', () => assert.equal(gap([0, 8], [10, 11]), 8));
  it('sees no gap where stretches overlap', () => assert.equal(gap([4, 5], [0, 6], [8, 9]), 6));
  it('keeps classes apart', () => {
    const gaps = longestGaps([
      { key: 'a', from: 0, to: 1 },
      { key: 'b', from: 50, to: 50 },
      { key: 'a', from: 100, to: 100 },
    ]);
    assert.deepEqual([gaps.get('a'), gaps.get('b')], [99, 0]);
  });
});
