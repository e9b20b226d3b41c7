// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the cases are sources of scripts
import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import {
  createJavaScript,
  createTypeScript,
} from '../../../../src/references/notations/javascript/javascript';
import {
  decodeJavaScriptString,
  encodeJavaScriptString,
} from '../../../../src/references/notations/javascript/literal';
import { grammarsFolder, OLD_KEY } from '../demoWorkspace';
import { found, visible } from './found';

const javascript = createJavaScript(grammarsFolder);
const [typescript = javascript, tsx = javascript] = createTypeScript(grammarsFolder);
const withPassword = (expression: string) =>
  found(javascript, `const c = { kmsClientKeyFilePath: 'old.json', kmsPassword: ${expression} };`);
const withFile = (expression: string) =>
  found(javascript, `const c = { kmsClientKeyFilePath: ${expression} };`);

describe('notations javascript and typescript', function () {
  this.timeout(60_000);

  it('cover each ending by its grammar', () => {
    const covering = (name: string) =>
      [javascript, typescript, tsx].findIndex((one) => one.covers(name, name));
    assert.deepEqual(['a.js', 'a.jsx', 'a.mjs', 'a.cjs'].map(covering), [0, 0, 0, 0]);
    assert.deepEqual(['a.ts', 'a.mts', 'a.cts', 'a.tsx', 'a.json'].map(covering), [1, 1, 1, 2, -1]);
  });

  it('decode and encode each kind of literal as JavaScript does', () => {
    const raws = [
      "'a\\'b\\x41\\u5bc6\\u{1F600}\\q\\\nc'",
      '"\\0\\101"',
      '`a\\`\\${b}\\\r\nc\r\nd$e`',
      "'\\r\\n\\t'",
    ];
    for (const raw of raws) assert.equal(decodeJavaScriptString(raw), runInNewContext(raw), raw);
    for (const raw of ["'a' + 'b'", "'open", '`a${b}`', "'\\u{110000}'", "'\\xg'"])
      assert.equal(decodeJavaScriptString(raw), undefined, raw);
    const cases: readonly (readonly [value: string, before: string, raw: string])[] = [
      ['a\'b"c', "'x'", "'a\\'b\"c'"],
      ['a"b', '"x"', '"a\\"b"'],
      ['a`${b}\\$', '`x`', '`a\\`\\${b}\\\\$`'],
      ['a\nb', '`x\r\ny`', '`a\r\nb`'],
      ['a\nb', "'x' + `y`", "'a\\nb'"],
    ];
    for (const [value, before, raw] of cases) {
      assert.equal(encodeJavaScriptString(value, before), raw);
      assert.equal(decodeJavaScriptString(raw), value);
    }
  });

  it('look-ups in all their spellings', async () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['process.env.X', ['passwordEnv environment(X)']],
      ["process.env['X']", ['passwordEnv environment(X)']],
      ["process.env.X || 'Default1!'", ['passwordEnv environment(X)', 'password Default1!']],
      ["(process.env.X) ?? 'Default1!'", ['passwordEnv environment(X)', 'password Default1!']],
      ['import.meta.env.VITE_X', ['passwordEnv environment(VITE_X)']],
      ['process?.env?.X', ['passwordEnv environment(X)']],
      ['env.KMS_PW', ['passwordEnv environment(KMS_PW)']],
      ['env.password', ['password !lookup']],
      ['`${process.env.X}`', ['passwordEnv environment(X)']],
      ["Deno.env.get('X')", ['passwordEnv environment(X)']],
      ["getEnv('X', 'Default1!')", ['passwordEnv environment(X)', 'password Default1!']],
      ["this.configService.get('X')", ['password either(X)']],
      ["config.get('kms.pw', 'Default1!')", ['password either(kms.pw)', 'password Default1!']],
      ["map.get('X')", ['password !lookup']],
      ['`Old${x}`', ['password !interpolated']],
      ['String.raw`Old`', ['password !interpolated']],
      ["x ? 'a' : 'b'", ['password !ambiguous']],
      ["x || 'b'", ['password !ambiguous']],
      ['null', []],
      ['undefined', []],
    ];
    for (const [expression, members] of cases)
      assert.deepEqual(await withPassword(expression), [['keyFile old.json', ...members]], expression);
    const own =
      "const env = { PW: 'Aaaa1!xx' }; new Nacos({ kmsClientKeyFilePath: 'a.json', kmsPassword: env.PW });";
    assert.deepEqual(await found(javascript, own), [['keyFile a.json', 'password Aaaa1!xx']]);
    const later =
      "let p; p = process.env.X; if (!p) p = 'Default1!'; const c = { kmsClientKeyContent: readFile('a.json'), kmsPassword: p };";
    assert.deepEqual(await found(javascript, later), [
      ['keyFile a.json', 'passwordEnv environment(X)', 'password Default1!'],
    ]);
  });

  it('paths from the folder of the file', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["path.join(__dirname, 'keys', 'old.json')", 'keyFile ./keys: old.json'],
      ["path.resolve(__dirname, '../old.json')", 'keyFile .: ../old.json'],
      ["join(dirname(fileURLToPath(import.meta.url)), 'old.json')", 'keyFile .: old.json'],
      ["path.join(import.meta.dirname, 'old.json')", 'keyFile .: old.json'],
      ["path.join(process.cwd(), 'keys/old.json')", 'keyFile keys/old.json'],
      ["require('path').join(appInfo.baseDir, 'keys/old.json')", 'keyFile keys/old.json'],
      ["process.cwd() + '/keys/old.json'", 'keyFile : /keys/old.json'],
      ["path.join(process.cwd(), '/keys/old.json')", 'keyFile : /keys/old.json'],
      ['`${process.cwd()}/keys/old.json`', 'keyFile : /keys/old.json'],
      ['`${folder}/keys/old.json`', 'keyFile !interpolated'],
      ["fileURLToPath(new URL('./old.json', import.meta.url))", 'keyFile .: ./old.json'],
      ["require.resolve('./old.json')", 'keyFile .: ./old.json'],
      ["__dirname + '/old.json'", 'keyFile .: /old.json'],
      ['`${__dirname}/old.json`', 'keyFile .: /old.json'],
      ["['a', 'b'].join('/')", 'keyFile !lookup'],
    ];
    for (const [expression, member] of cases)
      assert.deepEqual(await withFile(expression), [[member]], expression);
  });

  it('files that the program reads', async () => {
    const text = `const c = new Nacos({
  kmsClientKeyContent: await fs.promises.readFile(new URL('./old.json', import.meta.url), 'utf8'),
  kmsPassword: readFileSync('pw.txt').toString().trim() });`;
    assert.deepEqual(await found(javascript, text), [['keyFile .: ./old.json', 'passwordFile pw.txt']]);
    const required =
      "new Nacos({ kmsClientKeyContent: JSON.stringify(require('./old.json')), kmsPassword: JSON.stringify(x) });";
    assert.deepEqual(await found(javascript, required), [['keyFile ./old.json', 'password !interpolated']]);
  });

  it('a clean pair beside the login of Nacos, whose password stays', async () => {
    const text =
      "new Nacos({ username: 'nacos', password: 'Login1!x', kmsClientKeyContent: '{}x', kmsPasswordKey: 'Kms1!xyz' });";
    assert.deepEqual(await found(javascript, text), [['keyContent {}x', 'password Kms1!xyz']]);
  });

  it('names of the SDK count where something says that it is KMS', async () => {
    const members = "clientKeyFile: '/srv/a.json', password: 'Aaaa1!xx'";
    const contexts = [
      `import { Config } from '@alicloud/dkms-gcs'; const c = new Config({ ${members} });`,
      `const { Config } = require('@alicloud/kms-sdk'); const c = new Config({ ${members} });`,
      `const c = create({ endpoint: 'kst-1.cryptoservice.kms.aliyuncs.com', ${members} });`,
      `const c = { ${members} }; const id = '${OLD_KEY}';`,
    ];
    for (const text of contexts) {
      const { clients } = await javascript.find(text);
      assert.equal(clients[0]?.context, 'specific', text);
    }
    const { clients } = await javascript.find(`const c = create({ ${members} });`);
    assert.equal(clients[0]?.context, 'weak');
  });

  it('words of the procedure as members', async () => {
    const text =
      "new KmsClient({ clientKeyFilePath: 'a.json', clientKeyPass: 'Aaaa1!xx', password: 'Database1!' });";
    assert.deepEqual(await found(javascript, text), [['keyFile a.json', 'password Aaaa1!xx']]);
  });

  it('members of classes, typed and casted, maps and setters', async () => {
    const text = `
import { Config } from '@alicloud/dkms-gcs';
class A {
  private config: Config = new Config();
  constructor(map: Map<string, string>) {
    (this.config as any).clientKeyFile = <string>'a.json';
    this.config!.password = 'Aaaa1!xx';
    map.set('kmsClientKeyContent', 'b' as string);
    map.set('kmsPassword', 'Bbbb1!xx');
    const c: Config = new Config({});
    c.setClientKeyFile('c.json');
    c.setPassword('Cccc1!xx');
  }
}`;
    assert.deepEqual(await found(typescript, text), [
      ['keyFile a.json', 'password Aaaa1!xx'],
      ['keyContent b', 'password Bbbb1!xx'],
      ['keyFile c.json', 'password Cccc1!xx'],
    ]);
  });

  it('options that are spread into others, and keys that are constants', async () => {
    const text = `
const base = { server: 'a', password: 'Login1!x', kmsPassword: 'Aaaa1!xx' };
new Nacos({ ...base, kmsClientKeyFilePath: 'a.json' });
new Nacos(Object.assign({}, base, { kmsClientKeyFilePath: 'b.json', kmsPassword: 'Bbbb1!xx' }));
new Redis({ ...base, clientKeyFile: 'c.json' });
const o = { [Keys.KMS_CLIENT_KEY_FILE_PATH]: 'd.json' };
conf.set(Keys.KMS_CLIENT_KEY_CONTENT, 'e');
conf.set(Keys.KMS_PASSWORD, 'Eeee1!xx');`;
    assert.deepEqual(await found(javascript, text), [
      ['password Aaaa1!xx', 'keyFile a.json'],
      ['keyFile b.json', 'password Bbbb1!xx'],
      ['keyFile d.json'],
      ['keyContent e', 'password Eeee1!xx'],
    ]);
  });

  it('resources of Pulumi and CDKTF are shown and never edited', async () => {
    for (const text of [
      "import * as ali from '@pulumi/alicloud'; new ali.kms.ClientKey('k', { aapName: 'a', password: config.requireSecret('pw'), privateKeyDataFile: './k.json' });",
      "import { KmsClientKey } from '@cdktf/provider-alicloud/lib/kms-client-key'; new KmsClientKey(this, 'k', { password: pw, privateKeyDataFile: './k.json' });",
    ])
      assert.deepEqual(
        await found(typescript, text),
        [['password !replaces', 'keyFile !replaces ./k.json']],
        text,
      );
  });

  it('nothing of other products, of types and of comments', async () => {
    for (const text of [
      "new https.Agent({ clientKeyFile: 'k.json', password: 'x1234567' });",
      "import Redis from 'ioredis'; const o = { clientKeyFile: 'k.json', password: 'x1234567' }; new Redis(o);",
      "import { MongoClient } from 'mongodb'; new MongoClient('x', { clientKeyFile: 'k.json', password: 'x1234567' });",
      "const o = { temporal: { clientKeyFile: 'k.json', password: 'x1234567' } };",
      "const o = { clientKeyFile: 'client.key', password: 'x1234567' };",
      "const o = { clientKeyFile: 'k.json', clientCert: 'c', password: 'x1234567' };",
      "const o = { clientKeyFile: 'k.json', brokers: ['b'], password: 'x1234567' };",
      "const o = { clientKey: req.headers['x'], password: 'x1234567' };",
      "// o.kmsClientKeyFilePath = 'k.json';\n/* o.kmsPassword = 'x1234567' */",
      "interface O { kmsClientKeyFilePath: 'k.json'; kmsPassword: 'x1234567' }",
      "const o = { kmsPassword: 'x1234567' };",
    ])
      assert.deepEqual(await found(typescript, text), [], text);
  });

  it('hides literals, comments and text of elements, and all of a file that is broken', async () => {
    assert.equal(
      await visible(
        tsx,
        'const a: string = \'secret\'; // secret\nconst b = `secret${a}`; const c = <p t="secret">secret</p>; /secret/.test(a);',
      ),
      'const a: string = \'…\'; //…\nconst b = `…`; const c = <p t="…">…</p>; /…/.test(a);',
    );
    assert.ok(!(await visible(javascript, "const a = 'secret; if (")).includes('secret'));
  });
});
