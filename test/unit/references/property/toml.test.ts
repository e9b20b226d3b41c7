import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { toml } from '../../../../src/references/notations/toml/toml';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

const values = fc.record({
  oldPath: path,
  newPath: path,
  oldPassword: password,
  newPassword: password,
  oldContent: keyContent,
  newContent: keyContent,
  quote: fc.constantFrom('"', "'", '"""', "'''"),
  contentQuote: fc.constantFrom('"', '"""', "'''", '"""\n', "'''\n"),
  layout,
});

/** Writes a string in one of the kinds of quotes, by the rules of the TOML specification. */
function written(value: string, quote: string): string {
  if (quote.startsWith("'")) return `${quote}${value}${quote.trim()}`;
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `${quote}${quote === '"' ? escaped.replaceAll('\n', '\\n') : escaped}${quote.trim()}`;
}

/** With plain objects. */
const read = (text: string): Record<string, unknown> => JSON.parse(JSON.stringify(parse(text)));
const unix = (text: string) => text.replaceAll('\r\n', '\n');

describe('property toml', function () {
  this.timeout(120_000 * Math.max(1, RUNS / 1000));

  it('smol-toml reads the new path and password in any kind of quotes', async () => {
    await assertProperty('toml', values, async (one) => {
      const text = laidOut(
        [
          `# ${one.layout.comment}`,
          'title = "x" # end',
          `kms.clientKeyFile   =   ${written(one.oldPath, one.quote)}   # file`,
          `kms.password = ${written(one.oldPassword, one.quote)}`,
          '[mqtt]',
          `client_key = "mqtt/client.json"`,
          `password = ${written(one.oldPassword, one.quote)}`,
        ],
        one.layout,
      );
      const wanted = { keyFile: one.newPath, password: one.newPassword };
      const { after } = await patchInMemory(toml, text, wanted, { count: 2, bom: one.layout.bom });
      assert.deepEqual(read(after), {
        title: 'x',
        kms: { clientKeyFile: one.newPath, password: one.newPassword },
        mqtt: { client_key: 'mqtt/client.json', password: one.oldPassword },
      });
      assert.ok(after.includes(`=   ${one.quote}`), 'the quotes are of the same kind');
    });
  });

  it('key content keeps its delimiters, on one line or several', async () => {
    await assertProperty('toml', values, async (one) => {
      const text = laidOut(
        [
          '[[plugins]]',
          'type = "Aliyun"',
          `client_key = ${written(one.oldContent, one.contentQuote)}`,
          `password = ${written(one.oldPassword, one.quote)}`,
          'inline = { a = 1 } ',
        ],
        one.layout,
      );
      const wanted = { keyContent: one.newContent, password: one.newPassword };
      const { after } = await patchInMemory(toml, text, wanted, { count: 2 });
      const [plugin] = Object.values(read(unix(after))).flat();
      assert.deepEqual(plugin, {
        type: 'Aliyun',
        client_key: one.newContent,
        password: one.newPassword,
        inline: { a: 1 },
      });
    });
  });

  it('a list of clients as JSON in a string', async () => {
    await assertProperty('toml', values, async (one) => {
      const list = (file: string) =>
        JSON.stringify([{ clientKeyFile: file, passwordFromFilePath: `${file}.txt` }]);
      const text = `cache_client_dkms_config_info = ${written(list(one.oldPath), one.quote)}\n`;
      const wanted = { keyFile: one.newPath, passwordFile: `${one.newPath}.txt` };
      const { after } = await patchInMemory(toml, text, wanted, { count: 2 });
      assert.deepEqual(read(after), { cache_client_dkms_config_info: list(one.newPath) });
    });
  });
});
