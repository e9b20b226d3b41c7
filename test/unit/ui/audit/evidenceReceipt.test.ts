import assert from 'node:assert/strict';
import { evidenceReceipt } from '../../../../src/ui/audit/evidenceReceipt';
import {
  callerOf,
  DAY,
  evidenceOf,
  inUse,
  NEW_KEY,
  NOW,
  OLD_KEY,
  quiet,
  readingOf,
  rotationOf,
  t,
  use,
} from './fixtures';

describe('evidence receipt', () => {
  it('holds keys, verdict, evidence, counts and request ids, with times in UTC', () => {
    const receipt = evidenceReceipt(readingOf(quiet()), t, 'en') ?? '';
    for (const part of [OLD_KEY, NEW_KEY, 'Verdict: Quiet since', 'REQ-1', 'REQ-2', '5000', '1440 / 1440']) {
      assert.ok(receipt.includes(part), `${part} is missing in\n${receipt}`);
    }
    assert.match(receipt, /Read at: Nov 24, 2026, 10:00:00\sAM UTC/);
    assert.match(receipt, /No call with the old key for 2 days/);
  });

  it('is not there before the first reading', () => {
    const { result: _, ...unread } = readingOf(quiet());
    assert.equal(evidenceReceipt(unread, t, 'en'), undefined);
  });

  it('keeps Markdown of a caller as text', () => {
    const forged = use('x | [click](https://example.com) <b>', OLD_KEY, NOW - 5000, NOW - 1000);
    const receipt = evidenceReceipt(readingOf(evidenceOf(NOW - 1000, [forged])), t, 'en') ?? '';
    assert.ok(receipt.includes('x \\| \\[click\\](https://example.com) \\<b\\>'), receipt);
    assert.ok(!receipt.includes('[click]('));
  });

  it('tells what was asked: range of the verdict, log with its region, queries', () => {
    const queries = ['*', `access_key_id: "${OLD_KEY}"`, 'a`b <b>'];
    const instances = quiet().instances.map((one) => ({ ...one, logRegionId: 'cn-beijing', queries }));
    const receipt = evidenceReceipt(readingOf({ ...quiet(), instances }), t, 'en') ?? '';
    assert.match(
      receipt,
      /Range of the verdict: May 28, 2026, 10:00:00\sAM UTC to Nov 24, 2026, 10:00:00\sAM UTC/,
    );
    assert.match(receipt, /kms-log-kst-hzz65f176a0ogplgqabcd \/ kms\\_audit\\_log \| cn-beijing \|/);
    assert.ok(receipt.includes(`: \`access_key_id: "${OLD_KEY}"\``), receipt);
    assert.ok(receipt.includes('a\\`b \\<b\\>'), receipt);
  });

  it('holds migration, references, marks with their reasons, roll-out list and deletion', () => {
    const rotation = rotationOf({
      state: 'deleted',
      retired: [{ caller: callerOf('billing-job Python'), reason: 'off since | Monday', at: NOW - DAY }],
      deletion: {
        at: NOW,
        verdict: 'unknown: logTooYoung',
        reason: 'the <b>log</b> is new',
        requestId: 'REQ-DELETE',
        evidence: {
          readAt: NOW - 5000,
          calls: 12,
          lastCall: NOW - 9 * DAY,
          logs: ['p/l'],
          requestIds: ['REQ-LAST'],
        },
      },
    });
    const reading = {
      ...readingOf(inUse(), rotation),
      references: [{ groupId: 'g1', label: 'src/order.properties:9', resources: ['secret/db'] }],
      places: [
        { id: 'own:1', kind: 'own' as const, service: 'gateway', owner: 'Ops', state: 'open' as const },
      ],
    };
    const receipt = evidenceReceipt(reading, t, 'en') ?? '';
    for (const part of [
      '1 of 2 callers moved.',
      'src/order.properties:9 (probably: names what the caller asks for)',
      '## Marked as retired',
      'off since \\| Monday',
      '## Roll-out list',
      '| open | gateway |',
      'Ops',
      '## Deletion',
      'Verdict at the deletion: unknown: logTooYoung',
      'Reason: the \\<b\\>log\\</b\\> is new',
      'REQ-DELETE',
      'REQ-LAST',
    ]) {
      assert.ok(receipt.includes(part), `${part} is missing in\n${receipt}`);
    }
  });

  it('says that nothing in the workspace explains a caller', () => {
    const receipt = evidenceReceipt({ ...readingOf(inUse()), references: [] }, t, 'en') ?? '';
    assert.match(receipt, /billing-job Python.*no reference here/);
  });

  it('says when a newer reading failed, with the error as text', () => {
    const receipt =
      evidenceReceipt({ ...readingOf(quiet()), status: 'error', error: 'no [network](x)' }, t, 'en') ?? '';
    assert.ok(receipt.includes('A newer reading failed: no \\[network\\](x)'), receipt);
  });

  it('keeps a table whole whatever a caller wrote', () => {
    const forged = use(`a | b\r\n| c \u202E${'x'.repeat(10_000)}`, OLD_KEY, NOW - 5000, NOW - 1000);
    const receipt = evidenceReceipt(readingOf(evidenceOf(NOW - 1000, [forged])), t, 'en') ?? '';
    const rows = receipt.split('\n').filter((line) => line.startsWith('| old key'));
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.match(/(?<!\\)\|/g)?.length, 8);
    assert.ok(!receipt.includes('\u202E'));
  });

  it('does not tell where the credential files are', () => {
    const receipt = evidenceReceipt(readingOf(quiet()), t, 'en') ?? '';
    assert.ok(!receipt.includes('/keys/new'));
  });
});
