import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import fc from 'fast-check';
import type { FoundMember } from '../../../../src/references/notation';
import {
  createJavaScript,
  createTypeScript,
} from '../../../../src/references/notations/javascript/javascript';
import { grammarsFolder } from '../demoWorkspace';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path } from './property';

const CONTENT = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJ"}';

/** Every way of writing a text, for texts without quotes and backslashes; JSON where it says so. */
const kind = fc.constantFrom(
  (text: string) => `'${text}'`,
  (text: string) => `"${text.replaceAll('"', '\\"')}"`,
  (text: string) => `\`${text}\``,
  (text: string) => `\`${text.replace(/,/g, ',\n  ')}\``,
  (text: string) => `'${text.slice(0, 3)}' + \`${text.slice(3)}\``,
);
const wanted = fc.record({
  password,
  path,
  content: keyContent,
  layout,
  kinds: fc.tuple(kind, kind, kind, kind),
});
type Wanted = typeof wanted extends fc.Arbitrary<infer T> ? T : never;

function script({ kinds: [one, two, three, four], layout: { comment } }: Wanted): readonly string[] {
  return [
    `/* ${comment} */`,
    `const KEY = ${one('keys/old.json')}; // ${comment}`,
    `const options = { kmsClientKeyFilePath: KEY, 'kmsPassword': ${two('OldPw1!x')} };`,
    'const config = {};',
    `config.kmsClientKeyContent = ${three(CONTENT)};`,
    `config['kmsPassword'] = ${four('Old$w1!x')};`,
    `const here = { kmsClientKeyFilePath: \`\${__dirname}/old.json\` };`,
    'result = [options.kmsClientKeyFilePath, options.kmsPassword, config.kmsClientKeyContent, config.kmsPassword, here.kmsClientKeyFilePath];',
  ];
}

describe('property javascript', function () {
  this.timeout(600_000);

  it('node reads what was written', async () => {
    const notation = createJavaScript(grammarsFolder);
    await assertProperty('javascript', wanted, async (one) => {
      const { after } = await patch(notation, script(one), one);
      assertRun(after, one);
    });
  });

  it('node reads what was written into TypeScript', async () => {
    const [notation] = createTypeScript(grammarsFolder);
    assert.ok(notation !== undefined);
    await assertProperty('typescript', wanted, async (one) => {
      const lines = script(one).map((line) =>
        line
          .replace('const KEY =', 'const KEY: string =')
          .replace('const config = {}', 'const config = {} as any')
          .replace(/ \};$/, ' } as const satisfies object;'),
      );
      const { after } = await patch(notation, lines, one);
      assertRun(transformSync(after, { loader: 'ts' }).code, one);
    });
  });
});

function patch(notation: ReturnType<typeof createJavaScript>, lines: readonly string[], one: Wanted) {
  const values = {
    keyFile: ({ base }: FoundMember) => (base === undefined ? one.path : `/${one.path}`),
    keyContent: one.content,
    password: one.password,
  };
  return patchInMemory(notation, laidOut(lines, one.layout), values, { count: 5, bom: one.layout.bom });
}

function assertRun(code: string, { path: file, password: secret, content }: Wanted): void {
  const context = { result: [] as string[], __dirname: '/x' };
  runInNewContext(code, context);
  assert.deepEqual([...context.result], [file, secret, content, secret, `/x/${file}`]);
}
