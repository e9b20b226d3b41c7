import assert from 'node:assert/strict';
import { consoleSite, consoleUrl } from '../../../../src/ui/commands/consoleLink';

describe('Open in Console', () => {
  it('takes the site that is set, else that of the account, else that of the language', () => {
    assert.equal(consoleSite('international', 'china', 'zh-cn'), 'international');
    assert.equal(consoleSite('china', 'international', 'en'), 'china');
    assert.equal(consoleSite('auto', 'international', 'zh-cn'), 'international');
    assert.equal(consoleSite('auto', 'china', 'en'), 'china');
    for (const [language, site] of [
      ['zh-cn', 'china'],
      ['zh-TW', 'china'],
      ['en', 'international'],
      ['ja', 'international'],
    ] as const)
      assert.equal(consoleSite('auto', undefined, language), site, language);
  });

  it('leads to the console of the region and nowhere else', () => {
    assert.equal(consoleUrl('china', 'cn-hangzhou'), 'https://kms.console.aliyun.com/cn-hangzhou/key/list');
    const { host, pathname } = new URL(consoleUrl('international', '../evil?x=1#@example.com'));
    assert.equal(host, 'kms.console.alibabacloud.com');
    assert.equal(decodeURIComponent(pathname), '/../evil?x=1#@example.com/key/list');
  });
});
