import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createGo } from '../../../../src/references/notations/go/go';
import { grammarsFolder } from '../demoWorkspace';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

const go = createGo(grammarsFolder);

const values = fc.record({
  oldPath: path,
  newPath: path,
  oldPassword: password,
  newPassword: password,
  oldContent: keyContent,
  newContent: keyContent,
  quotes: fc.tuple(fc.constantFrom('"', '`'), fc.constantFrom('"', '`'), fc.constantFrom('"', '`')),
  style: fc.constantFrom('literal', 'setters', 'constants', 'passed', 'default'),
  layout,
});
type Values = typeof values extends fc.Arbitrary<infer T> ? T : never;

const literal = (value: string, quote: string) => (quote === '`' ? `\`${value}\`` : JSON.stringify(value));

function sourceOf({ style, quotes, layout: how, ...one }: Values): string {
  const file = literal(one.oldPath, quotes[0]);
  const content = literal(one.oldContent, quotes[1]);
  const secret = literal(one.oldPassword, quotes[2]);
  const bodies: Record<Values['style'], readonly string[]> = {
    literal: [
      'func make() *dk.Config {',
      `\treturn &dk.Config{ClientKeyFile: tea.String(${file}), // ${how.comment}`,
      `\t\tClientKeyContent: dara.String(${content}), Password: tea.String(${secret})}`,
      '}',
    ],
    setters: [
      `var config = new(dk.Config).SetClientKeyFile(${file}).`,
      `\t// ${how.comment}`,
      `\tSetClientKeyContent(${content}).SetPassword(${secret})`,
    ],
    constants: [
      `const File, Content = ${file}, ${content}`,
      'const (',
      `\tSecret string = ${secret} // ${how.comment}`,
      ')',
      'var config = dk.Config{tea: nil, ClientKeyFile: ptr(File), ClientKeyContent: ptr(Content), Password: ptr(Secret)}',
    ],
    passed: [
      `func a() { b(${file}, ${content}, ${secret}) }`,
      'func b(file string, content, secret string) {',
      '\tc := &dk.Config{ClientKeyFile: &file, ClientKeyContent: &content}',
      '\tc.Password = &secret',
      '}',
    ],
    default: [
      'func a() {',
      `\tfile, content := ${file}, ${content}`,
      `\tuse(&dk.Config{ClientKeyFile: &file, ClientKeyContent: &content, Password: tea.String(getEnv("KMS_PW", ${secret}))})`,
      '}',
    ],
  };
  return laidOut(
    [
      'package x',
      'import dk "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"',
      `/* ${how.comment} */`,
      ...bodies[style],
    ],
    how,
  );
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"' };

/** The string literals of a source in their order, read by the rules of the Go specification; comments are passed over. */
function literalsOf(source: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < source.length; at += 1) {
    if (source.startsWith('//', at)) at = source.indexOf('\n', at);
    else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 1;
    else if (source.charAt(at) === '`') {
      const end = source.indexOf('`', at + 1);
      found.push(
        source
          .slice(at + 1, end)
          .split('\r')
          .join(''),
      );
      at = end;
    } else if (source.charAt(at) === '"') {
      let value = '';
      for (at += 1; source.charAt(at) !== '"'; at += 1) {
        assert.notEqual(source.charAt(at), '\n', 'an interpreted literal ends on its line');
        if (source.charAt(at) !== '\\') {
          value += source.charAt(at);
          continue;
        }
        at += 1;
        const mark = source.charAt(at);
        const width = { x: 2, u: 4, U: 8 }[mark];
        const code =
          width === undefined
            ? SIMPLE[mark]
            : String.fromCodePoint(Number.parseInt(source.slice(at + 1, at + 1 + width), 16));
        assert.ok(code !== undefined, `Go knows no escape ${mark}`);
        value += code;
        at += width ?? 0;
      }
      found.push(value);
    }
    if (at < 0) break;
  }
  return found;
}

describe('property go', function () {
  this.timeout(120_000 * Math.max(1, RUNS / 1000));

  it('a reader of Go literals gets exactly the new values', async () => {
    await assertProperty('go', values, async (one) => {
      const { newPath, newPassword, newContent } = one;
      const source = sourceOf(one);
      const { after } = await patchInMemory(
        go,
        source,
        { keyFile: newPath, keyContent: newContent, password: newPassword },
        { count: 3, bom: one.layout.bom },
      );
      const fresh = new Map([
        [one.oldPath, newPath],
        [one.oldContent, newContent],
        [one.oldPassword, newPassword],
      ]);
      const before = literalsOf(source);
      assert.deepEqual(
        literalsOf(after),
        before.map((value) => fresh.get(value) ?? value),
      );
      assert.ok([...fresh.keys()].every((value) => before.includes(value)));
    });
  });
});
