import assert from 'node:assert/strict';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { xml } from '../../../../src/references/notations/xml/xml';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

const values = fc.record({
  oldPath: path,
  newPath: path,
  oldPassword: password,
  newPassword: password,
  oldContent: keyContent,
  newContent: keyContent,
  quote: fc.constantFrom('"', "'"),
  layout,
});

const escaped = (value: string) =>
  value
    .replaceAll('&', '&#38;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#x27;')
    .replaceAll('\n', '&#10;');

const read = (text: string) => new DOMParser().parseFromString(text, 'text/xml');

describe('property xml', function () {
  this.timeout(120_000 * Math.max(1, RUNS / 1000));

  it('another parser reads the new attributes', async () => {
    await assertProperty('xml', values, async (one) => {
      const { quote } = one;
      const text = laidOut(
        [
          '<?xml version="1.0" encoding="UTF-8"?>',
          `<!-- ${one.layout.comment.replaceAll('-', '')} -->`,
          '<beans xmlns="http://www.springframework.org/schema/beans">',
          '  <bean id="kms" class="com.aliyun.dkms.gcs.openapi.models.Config">',
          `    <property name="clientKeyFile" value = ${quote}${escaped(one.oldPath)}${quote}/>`,
          `    <property value=${quote}${escaped(one.oldPassword)}${quote} name="password" />`,
          '  </bean>',
          `  <bean id="redis" class="org.redisson.Config"><property name="password" value="Redis1!xx"/></bean>`,
          '</beans>',
        ],
        one.layout,
      );
      const wanted = { keyFile: one.newPath, password: one.newPassword };
      const { after } = await patchInMemory(xml, text, wanted, { count: 2, bom: one.layout.bom });
      const [file, secret, other] = [...read(after).getElementsByTagName('property')];
      assert.equal(file?.getAttribute('value'), one.newPath);
      assert.equal(secret?.getAttribute('value'), one.newPassword);
      assert.equal(other?.getAttribute('value'), 'Redis1!xx');
    });
  });

  it('another parser reads the new text, the new CDATA and the new content', async () => {
    await assertProperty('xml', values, async (one) => {
      const text = laidOut(
        [
          '<config><kms>',
          `  <clientKeyFile> ${escaped(one.oldPath)} </clientKeyFile>`,
          `  <clientKeyPassword><![CDATA[${one.oldPassword}]]></clientKeyPassword>`,
          '</kms><other>',
          `  <property name="clientKeyContent"><value>${escaped(one.oldContent)}</value></property>`,
          `  <entry key="clientKeyPassword" value="${escaped(one.oldPassword)}"/>`,
          '</other></config>',
        ],
        one.layout,
      );
      const wanted = {
        keyFile: one.newPath,
        keyContent: one.newContent,
        password: one.newPassword,
      };
      const { after } = await patchInMemory(xml, text, wanted, { count: 4 });
      const document = read(after);
      const textOf = (name: string) => document.getElementsByTagName(name)[0]?.textContent;
      assert.equal(textOf('clientKeyFile'), ` ${one.newPath} `);
      assert.equal(textOf('clientKeyPassword'), one.newPassword);
      assert.equal(textOf('value'), one.newContent);
      assert.equal(document.getElementsByTagName('entry')[0]?.getAttribute('value'), one.newPassword);
      assert.ok(after.includes(`<![CDATA[${one.newPassword}]]>`), 'CDATA stays CDATA');
    });
  });

  it('JSON in an attribute or a text keeps both layers', async () => {
    await assertProperty('xml', values, async (one) => {
      const list = (file: string) =>
        JSON.stringify([{ clientKeyFile: file, passwordFromFilePath: `${file}.txt` }]);
      const text = `<a><prop key="cache_client_dkms_config_info">${list(one.oldPath).replaceAll('&', '&amp;')}</prop><b cache_client_dkms_config_info=${one.quote}${escaped(list(one.oldPath))}${one.quote}/></a>`;
      const wanted = { keyFile: one.newPath, passwordFile: `${one.newPath}.txt` };
      const { after } = await patchInMemory(xml, text, wanted, { count: 4 });
      const document = read(after);
      assert.equal(document.getElementsByTagName('prop')[0]?.textContent, list(one.newPath));
      assert.equal(
        document.getElementsByTagName('b')[0]?.getAttribute('cache_client_dkms_config_info'),
        list(one.newPath),
      );
    });
  });
});
