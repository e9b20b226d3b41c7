import assert from 'node:assert/strict';
import fc from 'fast-check';
import { load, loadAll } from 'js-yaml';
import * as v from 'valibot';
import { yaml } from '../../../../src/references/notations/yaml/yaml';
import {
  assertProperty,
  keyContent,
  type Layout,
  laidOut,
  layout,
  password,
  patchInMemory,
  path,
  RUNS,
} from './property';

/** A way of writing a client in YAML, and how another reader finds both values again. */
interface Form {
  readonly name: string;
  readonly lines: (key: string, password: string) => readonly string[];
  readonly read: (text: string) => readonly [key: unknown, password: unknown];
  /** Values that cannot be written there: the patch refuses them, and says so. */
  readonly refuses?: (value: string) => boolean;
}

const OLD_PATH = 'keys/client.json';
const OLD_CONTENT = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}';
const OLD_PASSWORD = 'OldPw1!x';

const at = (value: unknown, ...keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>((tree, key) => {
    if (Array.isArray(tree)) return tree[Number(key)];
    return v.parse(v.record(v.string(), v.unknown()), tree)[key];
  }, value);

const trimmed = (value: unknown) => v.parse(v.string(), value).replace(/\n+$/, '');
const kms = (file: string, pw: string, indent = '  ') => [
  'kms:',
  `${indent}client-key-file: ${file}`,
  `${indent}client-key-password: ${pw}`,
];
const readKms = (text: string) =>
  [at(load(text), 'kms', 'client-key-file'), at(load(text), 'kms', 'client-key-password')] as const;
/** As Compose does once YAML is read; `$$` is all that a value may hold of it. */
const single = (value: unknown) => v.parse(v.string(), value).replace(/\$\$/g, '$');
const inList = (value: unknown) => single(value).replace(/^[^=]*=/, '');
/** White space with `#` or a colon ends a plain scalar, and what stands around the value is not rewritten. */
const endsPlain = (value: string) => /\s#|:\s|:$/.test(value);

const ofPaths: readonly Form[] = [
  { name: 'plain', lines: (key, pw) => kms(key, pw), read: readKms },
  { name: 'single', lines: (key, pw) => kms(`'${key}'`, `'${pw}'`), read: readKms },
  { name: 'double', lines: (key, pw) => kms(`"${key}"   # note`, `"${pw}" # note`), read: readKms },
  { name: 'anchor', lines: (key, pw) => kms(`&key ${key}`, `&pw !!str ${pw}`), read: readKms },
  {
    name: 'flow',
    lines: (key, pw) => [`kms: {client-key-file: ${key}, client-key-password: ${pw}}`],
    read: readKms,
  },
  {
    name: 'dotted',
    lines: (key, pw) => [`kms.client-key-file: ${key}`, `kms.client-key-password: ${pw}`],
    read: (text) => [at(load(text), 'kms.client-key-file'), at(load(text), 'kms.client-key-password')],
  },
  {
    name: 'default',
    lines: (key, pw) => kms(`\${shop.kms.file:${key}}`, `"\${shop.kms.pw:${pw}}"`),
    read: (text) => {
      const [file, pw] = readKms(text).map((value) => /^\$\{[\w.]+:([\s\S]*)\}$/.exec(String(value))?.[1]);
      return [file, pw];
    },
    refuses: endsPlain,
  },
  {
    name: 'second document',
    lines: (key, pw) => ['a: 1', '---', ...kms(key, pw), '...', '---', 'b: 2'],
    read: (text) => {
      const [, document] = loadAll(text);
      return [at(document, 'kms', 'client-key-file'), at(document, 'kms', 'client-key-password')];
    },
  },
  {
    name: 'compose mapping',
    lines: (key, pw) => [
      'services:',
      '  app:',
      '    image: shop/app',
      '    environment:',
      `      ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH: ${key}`,
      `      ALIBABA_CLOUD_KMS_PASSWORD: ${pw}`,
    ],
    read: (text) => {
      const environment = at(load(text), 'services', 'app', 'environment');
      return [
        single(at(environment, 'ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH')),
        single(at(environment, 'ALIBABA_CLOUD_KMS_PASSWORD')),
      ];
    },
  },
  {
    name: 'compose list',
    lines: (key, pw) => [
      'services:',
      '  app:',
      '    image: shop/app',
      '    environment:',
      `      - client_key_private_key_path=${key}`,
      `      - 'client_key_password=${pw}'`,
    ],
    read: (text) => {
      const environment = at(load(text), 'services', 'app', 'environment');
      return [inList(at(environment, 0)), inList(at(environment, 1))];
    },
    refuses: endsPlain,
  },
  {
    name: 'literals of Kustomize',
    lines: (key, pw) => [
      'secretGenerator:',
      '  - name: app',
      '    literals:',
      `      - "client_key_private_key_path=${key}"`,
      `      - client_key_password=${pw}`,
    ],
    read: (text) => {
      const literals = at(load(text), 'secretGenerator', 0, 'literals');
      const value = (index: number) => v.parse(v.string(), at(literals, index)).replace(/^[^=]*=/, '');
      return [value(0), value(1)];
    },
    refuses: endsPlain,
  },
  {
    name: 'script of a job',
    lines: (key, pw) => [
      'jobs:',
      '  test:',
      '    runs-on: ubuntu-latest',
      '    steps:',
      '      - run: |',
      `          export client_key_private_key_path='${key}'`,
      `          export client_key_password='${pw}'`,
    ],
    read: (text) => {
      const script = v.parse(v.string(), at(load(text), 'jobs', 'test', 'steps', 0, 'run'));
      const [, key, pw] =
        /^export client_key_private_key_path='([^']*)'\nexport client_key_password='([^']*)'\n?$/.exec(
          script,
        ) ?? [];
      return [key, pw];
    },
  },
  {
    name: 'properties in a ConfigMap',
    lines: (key, pw) => [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: {name: app}',
      'data:',
      '  app.properties: |',
      `    client_key_private_key_path=${key}`,
      `    client_key_password=${pw}`,
    ],
    read: (text) => {
      const inner = v.parse(v.string(), at(load(text), 'data', 'app.properties'));
      const [, key, pw] = /^client_key_private_key_path=(.*)\nclient_key_password=(.*)\n?$/.exec(inner) ?? [];
      const decode = (value = '') =>
        value.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, hex: string | undefined, unit: string) =>
          hex === undefined ? unit : String.fromCharCode(Number.parseInt(hex, 16)),
        );
      return [decode(key), decode(pw)];
    },
  },
];

const BASE64 = (text: string) => Buffer.from(text).toString('base64');
const decoded = (value: unknown) => Buffer.from(v.parse(v.string(), value), 'base64').toString();
const content = (head: string, key: string, pw: string) => [
  'kms:',
  `  clientKeyContent: ${head}`,
  `      ${key}`,
  `  clientKeyPassword: ${head}`,
  `      ${pw}`,
];
const readContent = (text: string) =>
  [
    trimmed(at(load(text), 'kms', 'clientKeyContent')),
    trimmed(at(load(text), 'kms', 'clientKeyPassword')),
  ] as const;

const ofContent: readonly Form[] = [
  { name: 'literal block', lines: (key, pw) => content('|', key, pw), read: readContent },
  { name: 'literal block, stripped', lines: (key, pw) => content('|- # x', key, pw), read: readContent },
  { name: 'literal block, kept', lines: (key, pw) => [...content('|+', key, pw), ''], read: readContent },
  { name: 'folded block', lines: (key, pw) => content('>-', key, pw), read: readContent },
  {
    name: 'Secret, data',
    lines: (key, pw) => [
      'apiVersion: v1',
      'kind: Secret',
      'metadata: {name: kms}',
      'data:',
      `  clientkey: ${BASE64(key)}`,
      `  password: "${BASE64(`${pw}\n`)}"`,
    ],
    read: (text) => {
      const pw = decoded(at(load(text), 'data', 'password'));
      assert.ok(pw.endsWith('\n'), 'the line end in the Base64 is kept');
      return [decoded(at(load(text), 'data', 'clientkey')), pw.slice(0, -1)];
    },
  },
  {
    name: 'Secret, stringData',
    lines: (key, pw) => [
      'apiVersion: v1',
      'kind: Secret',
      'metadata: {name: kms}',
      `stringData: {clientkey: '${key}', password: ${pw}}`,
    ],
    read: (text) => [at(load(text), 'stringData', 'clientkey'), at(load(text), 'stringData', 'password')],
  },
];

/** Where the values are cut out nothing differs; the quotes that stand around them are theirs. */
function assertFrame(form: Form, style: Layout, after: string): void {
  const [start = '', ...rest] = text(form, style, '\ue000', '\ue000').split(/["']?\ue000["']?/);
  if (form.name === 'Secret, data') return;
  assert.ok(after.startsWith(start));
  assert.ok(after.endsWith(rest.at(-1) ?? ''));
}

const text = (form: Form, style: Layout, key: string, pw: string) =>
  laidOut([`# ${style.comment}`, ...form.lines(key, pw)], style);

describe('any password, path and content in YAML, read back by js-yaml', function () {
  this.timeout(300_000);

  it('paths and passwords', async () => {
    let written = 0;
    const cases = fc.tuple(fc.constantFrom(...ofPaths), path, password, layout);
    await assertProperty(
      'yaml',
      cases,
      async ([form, newPath, newPassword, style]) => {
        const before = text(form, style, OLD_PATH, OLD_PASSWORD);
        if (form.refuses?.(newPath) || form.refuses?.(newPassword)) return;
        const values = { keyFile: newPath, password: newPassword };
        const { after } = await patchInMemory(yaml, before, values, { count: 2, bom: style.bom });
        assert.deepEqual(form.read(after), [newPath, newPassword], form.name);
        assertFrame(form, style, after);
        written += 1;
      },
      RUNS * 3,
    );
    assert.ok(written > RUNS * 2.5);
  });

  it('content and passwords', async () => {
    const cases = fc.tuple(fc.constantFrom(...ofContent), keyContent, password, layout);
    await assertProperty(
      'yaml',
      cases,
      async ([form, newContent, newPassword, style]) => {
        const before = text(form, style, OLD_CONTENT, OLD_PASSWORD);
        const values = { keyContent: newContent, password: newPassword };
        const { after } = await patchInMemory(yaml, before, values, { count: 2, bom: style.bom });
        assert.deepEqual(form.read(after), [newContent, newPassword], form.name);
        assertFrame(form, style, after);
      },
      RUNS * 2,
    );
  });
});
