import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rust } from '../../../../src/references/notations/rust';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path } from './property';

const literals = (text: string) =>
  [...text.matchAll(/\/\*<\*\/\s*([\s\S]*?)\s*\/\*>\*\//g)].map(([, raw]) => raw ?? '');

/** A literal as *The Rust Reference* describes it: raw ones end at the first quote with as many `#`. */
function readRust(raw: string): string {
  const hashes = /^r(#*)"/.exec(raw)?.[1];
  if (hashes === undefined) {
    const inner = /^"((?:\\[\s\S]|[^"\\])*)"$/.exec(raw)?.[1];
    assert.ok(inner !== undefined, 'one literal');
    return inner.replace(
      /\\([\s\S])/g,
      (_, code: string) => ({ n: '\n', r: '\r', t: '\t', '0': '\0' })[code] ?? code,
    );
  }
  const open = 2 + hashes.length;
  assert.equal(raw.indexOf(`"${hashes}`, open), raw.length - 1 - hashes.length, 'it ends where it should');
  return raw.slice(open, -1 - hashes.length).replaceAll('\r\n', '\n');
}

const kinds = ['"', 'r"', 'r#"', 'r##"'];
const within = (kind: string, value: string) => {
  const text = kind === '"' ? value.replace(/["\\]/g, '\\$&') : value;
  return `${kind}${text}"${kind.replace(/[^#]/g, '')}`;
};

describe('property: Rust', function () {
  this.timeout(300_000);

  it('the literals of a struct say the new values, its raw strings stay raw', async () => {
    await assertProperty(
      'rust',
      fc.tuple(
        keyContent,
        password,
        path,
        layout,
        fc.constantFrom(...kinds.slice(2), '"'),
        fc.constantFrom(...kinds),
      ),
      async ([newContent, newPassword, newPath, form, kind, other]) => {
        const old = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJ"}';
        const lines = [
          `// ${form.comment}`,
          'fn a() -> Kms {',
          `    Kms { client_key: /*<*/${within(kind, old)}/*>*/.into(), client_key_password: /*<*/${within(other, 'OldPw1!x')}/*>*/.to_string() }`,
          '}',
          `fn b() -> Kms { Kms { client_key_file: String::from(/*<*/${within(other, 'keys/old.json')}/*>*/), password: PASSWORD.into() } }`,
          `const PASSWORD: &'static str = /*<*/${within(kind, 'OldPw1!x')}/*>*/;`,
        ];
        const { after } = await patchInMemory(
          rust,
          laidOut(lines, form),
          { keyContent: newContent, password: newPassword, keyFile: newPath },
          { count: 4, bom: form.bom },
        );
        const raws = literals(after);
        assert.deepEqual(raws.map(readRust), [newContent, newPassword, newPath, newPassword]);
        // `#` come only where the text would close the literal.
        assert.equal(raws[0]?.slice(0, kind.length), kind);
      },
    );
  });
});
