import assert from 'node:assert/strict';
import { durationText, exactTime, relativeTime } from '../../../src/model/timeText';

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('times in words', () => {
  const ago = (ms: number, locale = 'en') => relativeTime(NOW - ms, NOW, locale);

  it('need no number for what has just happened, in both languages, also where a clock is a moment ahead', () => {
    assert.equal(ago(0), 'just now');
    assert.equal(ago(4000), 'just now');
    assert.equal(ago(-4000), 'just now');
    assert.equal(ago(0, 'zh-cn'), '刚刚');
  });

  it('take the unit with the fewest words, in singular and plural', () => {
    assert.equal(ago(40_000), '40 seconds ago');
    assert.equal(ago(2 * MINUTE), '2 minutes ago');
    assert.equal(ago(90 * MINUTE), '1 hour ago');
    assert.equal(ago(36 * 60 * MINUTE), '36 hours ago');
    assert.equal(ago(-12.5 * DAY), 'in 12 days');
    assert.equal(ago(-12.5 * DAY, 'zh-cn'), '12天后');
    assert.equal(durationText(DAY, 'en'), '24 hours');
    assert.equal(durationText(35 * DAY, 'en'), '35 days');
  });

  it('name the zone of an exact moment', () => {
    assert.match(exactTime(NOW, 'en', 'Asia/Shanghai'), /^Nov 24, 2026, 8:00:00\sPM GMT\+8$/);
    assert.match(exactTime(NOW, 'zh-cn', 'Asia/Shanghai'), /GMT\+8.*20:00:00|20:00:00.*GMT\+8/);
  });
});
