import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { AuditViewState } from '../../src/model/auditView';
import { auditStrings, rangeLabels } from '../../src/ui/audit/auditStrings';
import type { Translate } from '../../src/ui/words';
import { brokenRules, sidewaysPx, takePicture, textOf, unfold, useViews } from './inBrowser';
import { CALLERS, entryRows, MINUTE, NOW } from './rows';
import { STATES } from './states';

const BUNDLE = path.join(__dirname, '..', '..', 'l10n', 'bundle.l10n.zh-cn.json');
const texts = v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(BUNDLE, 'utf8')));

const t: Translate = (message, ...args) =>
  (texts[message] ?? message).replace(/\{(\d)\}/g, (_, n) => String(args[Number(n)]));

const CHINESE: AuditViewState = {
  ...STATES.inUse,
  locale: 'zh-cn',
  strings: auditStrings(t, true),
  rangeLabels: rangeLabels(t),
  regionName: '华东 1（杭州）',
  verdict: {
    kind: 'inUse',
    headline: ['仍在使用'],
    sentences: [
      ['6 个调用方中有 2 个仍在使用旧 ClientKey，最近一次调用：', { at: NOW - 2 * MINUTE }, '。'],
      ['现在删除会中断：billing-job（Python，10.0.3.0/24）、report-svc（Java，10.0.7.0/24）。'],
    ],
  },
  callers: CALLERS.map((row) => ({ ...row, stateText: t(row.stateText) })),
  migration: '6 个调用方中已有 2 个迁移。',
  entries: { status: 'ready', rows: entryRows(3), more: true, complete: false },
  rollout: { open: 2, text: '5 处中还有 2 处未完成。' },
  policyOffered: true,
  evidence: [{ level: 'ok', text: ['日志在安静期内持续写入，最长停顿 40 分钟。'] }],
  deletion: {
    offered: false,
    label: t('Delete old key… (held back)'),
    reason: [t('Held back: {0} is in use.', t('the old key'))],
  },
};

describe('the audit view in Chinese', function () {
  this.timeout(60_000);
  const { show } = useViews();

  for (const width of [1000, 320]) {
    it(`has no English text of its own and fits into ${width} px`, async () => {
      const { page, violations } = await show(CHINESE, { width, language: 'zh-cn' });
      await unfold(page);
      assert.equal(await page.evaluate('document.documentElement.lang'), 'zh-cn');
      const headings = await page.locator('h2, summary h2, main button, legend, thead th').allTextContents();
      const english = headings.filter(
        (text) => /^[\x20-\x7e…]+$/.test(text) && !/[:/]|^(API|ClientKey|User-Agent)$/.test(text),
      );
      assert.deepEqual(english, []);
      assert.match(await textOf(page.locator('.verdict')), /最近一次调用：2分钟前。/);
      assert.deepEqual(await brokenRules(page), []);
      assert.deepEqual(await violations(), []);
      assert.equal(await sidewaysPx(page), 0);
      await takePicture(page, `chinese-${width}`);
    });
  }
});
