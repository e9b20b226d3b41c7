import assert from 'node:assert/strict';
import { evidenceReceipt } from '../../../../src/ui/audit/evidenceReceipt';
import { evidenceOf, NEW_KEY, NOW, OLD_KEY, quiet, readingOf, t, use } from './fixtures';

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
});
