import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groovy } from '../../../../src/references/notations/groovy';
import { kotlin } from '../../../../src/references/notations/kotlin';
import { scala } from '../../../../src/references/notations/scala';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path } from './property';

/** The literals between two marks, which are comments in all of these languages. */
const literals = (text: string) =>
  [...text.matchAll(/\/\*<\*\/\s*([\s\S]*?)\s*\/\*>\*\//g)].map(([, raw]) => raw ?? '');
const marked = (raw: string) => `/*<*/${raw}/*>*/`;

/** Reads the escapes that Java and its relatives share. */
const unescaped = (text: string) =>
  text.replace(/\\(?:u([0-9a-f]{4})|([\s\S]))/gi, (_, hex?: string, code = '') =>
    hex === undefined
      ? ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[code as string] ?? code)
      : String.fromCharCode(Number.parseInt(hex, 16)),
  );

const HOLE = /(?<!\\)(?:\\\\)*\$[\p{L}_{`]/u;

/** Kotlin's grammar: `$` before a name or a brace is a hole; a raw string knows no escape. */
function readKotlin(raw: string): string {
  if (!raw.startsWith('"""')) {
    const inner = /^"((?:\\.|[^"\\\n])*)"$/.exec(raw)?.[1];
    assert.ok(inner !== undefined, 'one literal');
    assert.doesNotMatch(inner, HOLE);
    return unescaped(inner);
  }
  const [, inner, trimmed] = /^"""([\s\S]*)"""(\.trimIndent\(\))?$/.exec(raw) ?? [];
  assert.ok(inner !== undefined && !/""".*[^"]/.test(inner), 'one raw literal');
  const text = inner.split(`\${'$'}`).map((part) => {
    assert.doesNotMatch(part, /\$[\p{L}_{`]/u);
    return part;
  });
  const value = text.join('$');
  if (trimmed === undefined) return value;
  const lines = value.split(/\r?\n/);
  const width = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines
    .slice(lines[0]?.trim() ? 0 : 1, lines.at(-1)?.trim() ? undefined : -1)
    .map((line) => line.slice(width))
    .join('\n');
}

function readScala(raw: string): string {
  const [, prefix = '', quotes = '', inner = ''] = /^(s|f|raw)?("""|")([\s\S]*)\2$/.exec(raw) ?? [];
  assert.notEqual(quotes, '', 'one literal');
  if (quotes === '"') assert.doesNotMatch(inner.replace(/\\./g, ''), /["\n]/);
  const escapes = prefix === 's' || prefix === 'f' || (prefix === '' && quotes === '"');
  if (prefix !== '') assert.doesNotMatch(inner.replaceAll('$$', ''), /\$/);
  if (prefix === 'f') assert.doesNotMatch(inner, /%/);
  const text = prefix === '' ? inner : inner.replaceAll('$$', () => '$');
  return escapes ? unescaped(text) : text;
}

function readGroovy(raw: string): string {
  const [, quotes = '', inner = ''] = /^('''|"""|['"/])([\s\S]*)\1$/.exec(raw) ?? [];
  assert.notEqual(quotes, '', 'one literal');
  if (quotes === '/') {
    assert.doesNotMatch(inner, /\$|(?<!\\)\/|\\(?!\/)/);
    return inner.replaceAll('\\/', '/');
  }
  const bare = inner.replace(/\\[\s\S]/g, '');
  assert.ok(!bare.includes(quotes) && (quotes.length === 3 || !bare.includes('\n')));
  if (quotes.startsWith('"')) assert.doesNotMatch(bare, /\$/);
  return unescaped(inner);
}

describe('property: Kotlin, Scala and Groovy', function () {
  this.timeout(300_000);

  for (const { notation, read, kinds, member, imports } of [
    {
      notation: kotlin,
      read: readKotlin,
      kinds: ['""', '""""""'],
      member: (name: string, value: string) => `  config.${name} = ${value}`,
      imports: 'import com.aliyun.kms.kms20160120.model.KmsConfig',
    },
    {
      notation: scala,
      read: readScala,
      kinds: ['""', '""""""', 's""', 'raw""', 'f""', 's""""""', 'raw""""""'],
      member: (name: string, value: string) => `  config.${name} = ${value}`,
      imports: 'import com.aliyun.kms.kms20160120.model.KmsConfig',
    },
    {
      notation: groovy,
      read: readGroovy,
      kinds: ["''", '""', "''''''", '""""""', '//'],
      member: (name: string, value: string) => `  config.${name} = ${value}`,
      imports: 'import com.aliyun.kms.kms20160120.model.KmsConfig',
    },
  ]) {
    const within = (kind: string, value: string) => {
      const middle =
        kind.startsWith('raw') || /^[sf]/.test(kind)
          ? kind.indexOf('"') + (kind.length - kind.indexOf('"')) / 2
          : kind.length / 2;
      return `${kind.slice(0, middle)}${kind === '//' ? value.replaceAll('/', '\\/') : value}${kind.slice(middle)}`;
    };
    const create =
      notation.name === 'kotlin'
        ? 'val config = KmsConfig()'
        : notation.name === 'scala'
          ? 'val config = new KmsConfig()'
          : 'def config = new KmsConfig()';

    it(`${notation.name}: the literals say the new values`, async () => {
      await assertProperty(
        notation.name,
        fc.tuple(password, path, layout, fc.constantFrom(...kinds), fc.constantFrom(...kinds)),
        async ([newPassword, newPath, form, first, second]) => {
          const lines = [
            `// ${form.comment}`,
            imports,
            create,
            member('clientKeyFile', marked(within(first, 'keys/old.json'))),
            member('password', marked(within(second, 'OldPw1!x'))),
          ];
          const { after } = await patchInMemory(
            notation,
            laidOut(lines, form),
            { keyFile: newPath, password: newPassword },
            { count: 2, bom: form.bom },
          );
          assert.deepEqual(literals(after).map(read), [newPath, newPassword]);
        },
      );
    });

    it(`${notation.name}: key content`, async () => {
      const old = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJ"}';
      const long = kinds.filter((kind) => kind.length >= 6 || /^'{2}$/.test(kind));
      await assertProperty(
        notation.name,
        fc.tuple(keyContent, password, layout, fc.constantFrom(...long), fc.boolean()),
        async ([newContent, newPassword, form, kind, indented]) => {
          const literal =
            notation.name === 'kotlin' && indented
              ? `"""\n    ${old}\n  """.trimIndent()`
              : within(kind, /^(?:s|f)/.test(kind) ? old.replaceAll('"', '\\"') : old);
          const lines = [
            imports,
            create,
            member('clientKeyContent', marked(literal)),
            member('password', marked(within(kinds[0] ?? '', 'OldPw1!x'))),
          ];
          const { after } = await patchInMemory(
            notation,
            laidOut(lines, form),
            { keyContent: newContent, password: newPassword },
            { count: 2, bom: form.bom },
          );
          assert.deepEqual(
            literals(after).map((raw) => read(raw).replaceAll('\r\n', '\n')),
            [newContent, newPassword],
          );
          if (form.crlf && literals(after)[0]?.includes('\r\n')) assert.doesNotMatch(after, /(?<!\r)\n/);
        },
      );
    });
  }
});
