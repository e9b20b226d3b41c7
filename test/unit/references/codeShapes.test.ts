import assert from 'node:assert/strict';
import type { FoundMember, Notation } from '../../../src/references/notation';
import { createGo } from '../../../src/references/notations/go/go';
import { createJava } from '../../../src/references/notations/java/java';
import { createPython } from '../../../src/references/notations/python/python';
import { grammarsFolder } from './demoWorkspace';

const java = createJava(grammarsFolder);
const go = createGo(grammarsFolder);
const python = createPython(grammarsFolder);

const inJava = (body: string) => `import com.aliyun.dkms.gcs.openapi.models.Config;\nclass A {\n${body}\n}\n`;
const inGo = (body: string) =>
  `package x\nimport dk "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"\n${body}\n`;
const inPython = (body: string) => `import os\nfrom openapi.models import Config\n${body}\n`;

/** Each client as its members, in short: `keyFile keys/a.json`, `password ?lookup`, `passwordEnv $NAME`. */
async function clientsOf(notation: Notation, text: string): Promise<readonly (readonly string[])[]> {
  const { clients } = await notation.find(text);
  // What is set last stands first in a chain of calls.
  return clients.map(({ members }) => members.map(show).sort());
}

function show({ role, base, value, lookup, obstacle }: FoundMember): string {
  const from = base === undefined ? '' : `[${base}]`;
  if (lookup !== undefined) return `${role} $${lookup.name}`;
  return `${role} ${value === undefined ? `?${obstacle}` : from + value}`;
}

/** What the file of a client is called in `new Config().setClientKeyFile(…)`. */
async function javaPath(expression: string): Promise<string | undefined> {
  const text = inJava(
    `static final String DIR = "keys"; Object c = new Config().setClientKeyFile(${expression});`,
  );
  return (await clientsOf(java, text))[0]?.[0];
}

async function javaPassword(expression: string): Promise<readonly string[]> {
  const text = inJava(`Object c = new Config().setPassword(${expression});`);
  return (await clientsOf(java, text)).flat();
}

describe('shapes of real programs', function () {
  this.timeout(60_000);

  it('the folder that a program runs in, and separators, are parts of a path', async () => {
    const paths: readonly (readonly [string, string])[] = [
      ['System.getProperty("user.dir") + "/keys/a.json"', '[]/keys/a.json'],
      [
        'System.getProperty("user.dir") + File.separator + "keys" + java.io.File.separator + "a.json"',
        '[keys]a.json',
      ],
      ['DIR + "/a.json"', '[keys]/a.json'],
      ['DIR + File.separator + "a.json"', '[keys]a.json'],
      ['A.class.getResource("/a.json").getFile()', '[]/a.json'],
      ['java.nio.file.Paths.get("keys", "a.json").toString()', '[keys]a.json'],
      ['"keys/" + "a.json"', 'keys/a.json'],
    ];
    for (const [expression, expected] of paths)
      assert.equal(await javaPath(expression), `keyFile ${expected}`, expression);
    assert.equal(await javaPath('DIR + ".json"'), 'keyFile keys.json');
    assert.equal(await javaPath('folder() + "a.json"'), 'keyFile ?interpolated');

    const nacos = `package x
import "github.com/nacos-group/nacos-sdk-go/v2/common/constant"
func dir() string { wd, err := os.Getwd(); if err != nil { panic(err) }; return wd }
func getFileContent(p string) string { b, _ := os.ReadFile(p); return string(b) }
var c = constant.KMSv3Config{
  ClientKeyContent: getFileContent(path.Join(dir(), "client_key.json")),
  Password: getFileContent(path.Join(dir(), "keys", "password")),
}`;
    assert.deepEqual(await clientsOf(go, nacos), [
      ['keyFile client_key.json', 'passwordFile [keys]password'],
    ]);
    const root = inPython(
      "ROOT = os.getcwd()\nc = Config(client_key_file=ROOT + os.sep + 'keys' + '/a.json')\nd = Config(client_key_file=os.path.join(ROOT, 'a.json'))",
    );
    assert.deepEqual(await clientsOf(python, root), [['keyFile [keys]/a.json'], ['keyFile a.json']]);
  });

  it('what a program reads from a file, however it does', async () => {
    for (const expression of [
      'new Scanner(new File("pw.txt")).nextLine()',
      'new BufferedReader(new FileReader("pw.txt")).readLine()',
      'Files.lines(java.nio.file.Paths.get("pw.txt")).findFirst().get()',
      'org.apache.commons.io.IOUtils.toString(new FileInputStream("pw.txt"), "UTF-8")',
      'FileUtil.readUtf8String("pw.txt").trim()',
      'new String(Files.newInputStream(Paths.get("pw.txt")).readAllBytes())',
    ])
      assert.deepEqual(await javaPassword(expression), ['passwordFile pw.txt'], expression);
    const resource = inJava(
      `void a() { try (BufferedReader r = new BufferedReader(new FileReader("pw.txt"))) { new Config().setPassword(r.readLine()); } }`,
    );
    assert.deepEqual(await clientsOf(java, resource), [['passwordFile pw.txt']]);
  });

  it('look-ups of the helper that the official samples use, and with a default after a test', async () => {
    assert.deepEqual(await javaPassword('com.aliyun.darabonba.env.EnvClient.getEnv("X")'), [
      'passwordEnv $X',
    ]);
    assert.deepEqual(await javaPassword('System.getenv("X") != null ? System.getenv("X") : "Old1!xyz"'), [
      'password Old1!xyz',
      'passwordEnv $X',
    ]);
    const tested =
      "pw = os.getenv('X')\nc = Config(password=pw if pw else 'Old1!xyz')\nd = Config(password=pw or 'Old2!xyz')";
    assert.deepEqual(await clientsOf(python, inPython(tested)), [
      ['password Old1!xyz', 'passwordEnv $X'],
      ['password Old2!xyz', 'passwordEnv $X'],
    ]);
  });

  it('branches of a condition are clients of their own, if each gives key and password', async () => {
    const both = [
      ['keyFile a.json', 'password A1!bcdef'],
      ['keyFile b.json', 'password B1!bcdef'],
    ];
    const set = (name: string) =>
      `c.setClientKeyFile("${name}.json"); c.setPassword("${name.toUpperCase()}1!bcdef");`;
    const objects = `void a(boolean x) { Config c = new Config(); if (x) { ${set('a')} } else { ${set('b')} } }`;
    assert.deepEqual(await clientsOf(java, inJava(objects)), both);
    const later = `void a() { Config c = new Config(); ${set('a')} use(c); ${set('b')} }`;
    assert.deepEqual(await clientsOf(java, inJava(later)), both);
    const cases = `void a(String x) { String f; String p; switch (x) { case "a": f = "a.json"; p = "A1!bcdef"; break;
      default: f = "b.json"; p = "B1!bcdef"; } new Config().setClientKeyFile(f).setPassword(p); }`;
    assert.deepEqual(await clientsOf(java, inJava(cases)), both);
    const values = `def a(x):
    if x:
        path, pw = 'a.json', 'A1!bcdef'
    else:
        path, pw = 'b.json', 'B1!bcdef'
    return Config(client_key_file=path, password=pw)`;
    assert.deepEqual(await clientsOf(python, inPython(values)), both);
    const fields = `func a(x bool) { c := &dk.Config{}; if x { c.ClientKeyFile = tea.String("a.json"); c.Password = tea.String("A1!bcdef") } else {
  c.ClientKeyFile = tea.String("b.json"); c.Password = tea.String("B1!bcdef") } }`;
    assert.deepEqual(await clientsOf(go, inGo(fields)), both);

    const halves = `void a(boolean x) { Config c = new Config(); c.setPassword("A1!bcdef"); if (x) { c.setClientKeyFile("a.json"); } else { c.setClientKeyFile("b.json"); } }`;
    assert.equal((await clientsOf(java, inJava(halves))).length, 1);
    const reassigned =
      'void a() { String p = "a.json"; p = "b.json"; new Config().setClientKeyFile(p).setPassword("A1!bcdef"); }';
    assert.deepEqual(await clientsOf(java, inJava(reassigned)), [
      ['keyFile ?ambiguous', 'password A1!bcdef'],
    ]);
  });

  it('values that come in through constants of an enumeration, fields of a class, several targets at once', async () => {
    const pair = [['keyFile a.json', 'password A1!bcdef']];
    const constants = `enum E { PROD("a.json", "A1!bcdef"); final String f, p; E(String f, String p) { this.f = f; this.p = p; }
  Object c() { return new Config().setClientKeyFile(f).setPassword(p); } }`;
    assert.deepEqual(await clientsOf(java, inJava(constants)), pair);
    const bean = `class KmsProperties { private String clientKeyFile = "a.json"; private String password = "A1!bcdef";
  void setPassword(String password) { this.password = password; } }`;
    assert.deepEqual(await clientsOf(java, bean), pair);
    assert.deepEqual(
      await clientsOf(java, bean.replace('KmsProperties', 'MqttProperties')),
      [],
      'another product',
    );
    const dataclass =
      "class Settings:\n    client_key_file: str = 'a.json'\n    password: str = 'A1!bcdef'\n";
    assert.deepEqual(await clientsOf(python, dataclass), pair);
    const tuple = "c = Config()\nc.client_key_file, c.password = 'a.json', 'A1!bcdef'";
    assert.deepEqual(await clientsOf(python, inPython(tuple)), pair);
    const inner = `import com.alibaba.nacos.client.aliyun.AliyunConst;
class A { Object p = new Properties() {{ put(AliyunConst.KMS_CLIENT_KEY_FILE_PATH_KEY, "a.json"); put(AliyunConst.KMS_PASSWORD_KEY, "A1!bcdef"); }}; }`;
    assert.deepEqual(await clientsOf(java, inner), pair);
  });

  it('builders of a type that is called after KMS, and of no other', async () => {
    const chain = (type: string, of = '') =>
      `class A { Object c = ${type}.builder().${of}lientKeyFile("a.json").${of.replace(/C$/, 'P').replace(/^c$/, 'p')}assword("A1!bcdef").build(); }`;
    const pair = [['keyFile a.json', 'password A1!bcdef']];
    assert.deepEqual(await clientsOf(java, chain('KmsClientConfig', 'c')), pair);
    assert.deepEqual(await clientsOf(java, chain('AliyunKmsOptions', 'withC')), pair);
    assert.deepEqual(await clientsOf(java, chain('ConnectionOptions', 'withC')), []);
    assert.deepEqual(
      await clientsOf(java, `import io.fabric8.kubernetes.client.*;\n${chain('Config', 'withC')}`),
      [],
    );
  });

  it('a constant that is called after the client key is nobody else’s, wherever it is read', async () => {
    const text = (name: string) =>
      inJava(
        `static final String ${name} = "A1!bcdef"; void a() { new Config().setClientKeyFile("a.json").setPassword(${name}); Factory.of(${name}); }`,
      );
    const [first] = await clientsOf(java, text('clientKeyPass'));
    assert.deepEqual(first, ['keyFile a.json', 'password A1!bcdef']);
    assert.deepEqual(await clientsOf(java, text('PASSWORD')), [['keyFile a.json', 'password ?ambiguous']]);
  });

  it('a text block that is closed on a line of its own stays one', () => {
    const before = '"""\n        {\n          "KeyId": "a"\n        }\n        """';
    const after = java.encode('{\n  "KeyId": "b",\n  "x": "y"\n}\n', before);
    assert.equal(
      after,
      '"""\n        {\n          "KeyId": "b",\n          "x": "y"\n        }\n        """',
    );
    assert.equal(java.encode('  a\n  b\n', before), '"""\n          a\n          b\n        """');
  });
});
