import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createCsharp } from '../../../../src/references/notations/csharp/csharp';
import { grammarsFolder } from '../demoWorkspace';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path } from './property';

const csharp = createCsharp(grammarsFolder);
const CONTENT = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJ"}';

/** Every way of writing a text in C#, for texts without quotes and backslashes; JSON where it says so. */
const kind = fc.constantFrom(
  (text: string) => `"${text.replaceAll('"', '\\"')}"`,
  (text: string) => `@"${text.replaceAll('"', '""')}"`,
  (text: string) =>
    `"${text.slice(0, 3).replaceAll('"', '\\"')}" + @"${text.slice(3).replaceAll('"', '""')}"`,
  (text: string) => `"""${text}"""`,
  (text: string) => `""""\n        ${text}\n        """"`,
);

describe('property csharp', function () {
  this.timeout(600_000);

  it('an independent reader reads what was written', async () => {
    const values = fc.record({
      password,
      path,
      content: keyContent,
      layout,
      kinds: fc.tuple(kind, kind, kind, kind),
    });
    await assertProperty('csharp', values, async (wanted) => {
      const [one, two, three, four] = wanted.kinds;
      const lines = [
        'using AlibabaCloud.Dkms.Gcs.OpenApi.Models;',
        `/* ${wanted.layout.comment} */`,
        'class Clients {',
        `    const string File = ${one('keys/old.json')}; // ${wanted.layout.comment}`,
        `    Config first = new Config { ClientKeyFile = File, Password = ${two('OldPw1!x')} };`,
        '    void Second() {',
        '        var config = new Config();',
        `        config.ClientKeyContent = ${three(CONTENT)};`,
        `        config.Password = ${four('Old$w1!x')};`,
        '    }',
        '}',
      ];
      const { after } = await patchInMemory(
        csharp,
        laidOut(lines, wanted.layout),
        { keyFile: wanted.path, keyContent: wanted.content, password: wanted.password },
        { count: 4, bom: wanted.layout.bom },
      );
      assert.deepEqual(readStrings(after), [wanted.path, wanted.password, wanted.content, wanted.password]);
    });
  });
});

/** An independent reader: all strings of a file, in order; what is joined is one. */
function readStrings(source: string): readonly string[] {
  const found: string[] = [];
  let joins = false;
  let at = 0;
  const take = (text: string) => {
    found.push(joins ? `${found.pop() ?? ''}${text}` : text);
    joins = false;
  };
  while (at < source.length) {
    const unit = source[at];
    if (source.startsWith('//', at)) at = source.indexOf('\n', at);
    else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 2;
    else if (source.startsWith('"""', at)) {
      let quotes = 3;
      while (source[at + quotes] === '"') quotes += 1;
      const end = source.indexOf('"'.repeat(quotes), at + quotes);
      take(readRaw(source.slice(at + quotes, end).replaceAll('\r\n', '\n')));
      at = end + quotes;
    } else if (source.startsWith('@"', at)) {
      let text = '';
      for (at += 2; source[at] !== '"' || source[at + 1] === '"'; at += 1) {
        if (source[at] === '"') at += 1;
        text += source[at];
      }
      take(text.replaceAll('\r\n', '\n'));
      at += 1;
    } else if (unit === '"') {
      let text = '';
      for (at += 1; source[at] !== '"'; at += 1) {
        assert.ok(!/[\r\n]/.test(source[at] ?? ''), 'a regular literal ends with its line');
        if (source[at] === '\\') {
          at += 1;
          const code = source[at] ?? '';
          assert.match(code, /[\\"n]/);
          text += code === 'n' ? '\n' : code;
        } else text += source[at];
      }
      take(text);
      at += 1;
    } else {
      if (unit === '+') joins = true;
      at += 1;
    }
  }
  return found;
}

function readRaw(inner: string): string {
  if (!inner.includes('\n')) return inner;
  const lines = inner.split('\n');
  const indent = lines.at(-1) ?? '';
  assert.match(indent, /^\s*$/);
  assert.equal(lines[0]?.trim(), '');
  return lines
    .slice(1, -1)
    .map((line) => {
      assert.ok(line === '' || line.startsWith(indent));
      return line.slice(indent.length);
    })
    .join('\n');
}
