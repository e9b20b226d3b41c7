import assert from 'node:assert/strict';
import { encodedForms } from './canary';

describe('the search for secrets', () => {
  it('recognises a secret inside other base64, at each position', () => {
    const secret = 'correct-horse-battery-staple';
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = Buffer.from(`${before}${secret}!`).toString('base64');
      assert.ok(
        encodedForms(secret).some((form) => text.includes(form)),
        `after ${before.length} bytes`,
      );
    }
  });
});
