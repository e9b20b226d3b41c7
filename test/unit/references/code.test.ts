import assert from 'node:assert/strict';
import type { FoundMember, Notation } from '../../../src/references/notation';
import { createGo } from '../../../src/references/notations/go/go';
import { decodeGoString, encodeGoString } from '../../../src/references/notations/go/literal';
import { createJava } from '../../../src/references/notations/java/java';
import { decodeJavaString, encodeJavaString } from '../../../src/references/notations/java/literal';
import { decodePythonString, encodePythonString } from '../../../src/references/notations/python/literal';
import { createPython } from '../../../src/references/notations/python/python';
import { grammarsFolder, OLD_KEY } from './demoWorkspace';

const java = createJava(grammarsFolder);
const go = createGo(grammarsFolder);
const python = createPython(grammarsFolder);

const GO = 'package x\nimport dk "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"\n';
const PYTHON = 'import os\nfrom openapi.models import Config\n';
const inJava = (body: string) => `import com.aliyun.dkms.gcs.openapi.models.Config;\nclass A {\n${body}\n}\n`;

async function membersOf(notation: Notation, text: string): Promise<readonly FoundMember[]> {
  const { clients } = await notation.find(text);
  return clients.flatMap(({ members }) => members);
}

/** What is found, without places. */
async function found(notation: Notation, text: string): Promise<readonly object[]> {
  const members = await membersOf(notation, text);
  return members.map(({ start: _start, end: _end, ...rest }) => rest);
}

const looked = (role: string, name: string, where = 'environment') => ({
  role,
  lookup: { in: where, name },
  obstacle: 'lookup',
});

describe('values in programming languages', function () {
  this.timeout(60_000);

  it('Java: look-ups in all their spellings', async () => {
    const spellings: readonly (readonly [string, readonly object[]])[] = [
      ['System.getenv("X")', [looked('passwordEnv', 'X')]],
      ['System.getenv().get("X")', [looked('passwordEnv', 'X')]],
      ['Objects.requireNonNull(System.getenv(NAME))', [looked('passwordEnv', 'KMS_PW')]],
      ['properties.getProperty("kms.pw")', [looked('password', 'kms.pw', 'settings')]],
      [
        'props.getProperty("kms.pw", "Old1!xyz")',
        [looked('password', 'kms.pw', 'settings'), { role: 'password', value: 'Old1!xyz' }],
      ],
      [
        'Optional.ofNullable(System.getenv("X")).orElse("Old1!xyz")',
        [looked('passwordEnv', 'X'), { role: 'password', value: 'Old1!xyz' }],
      ],
      ['test ? "a1!bcdef" : "b1!bcdef"', [{ role: 'password', obstacle: 'ambiguous' }]],
      ['String.format("%s!", name)', [{ role: 'password', obstacle: 'interpolated' }]],
      ['decrypt("Old1!xyz")', [{ role: 'password', obstacle: 'lookup' }]],
      ['null', []],
      ['"<password>"', []],
      ['(String) "Old1!xyz".trim()', [{ role: 'password', value: 'Old1!xyz' }]],
      ['Files.readAllLines(Paths.get("pw.txt")).get(0)', [{ role: 'passwordFile', value: 'pw.txt' }]],
      ['readFile("pw.txt")', [{ role: 'passwordFile', value: 'pw.txt' }]],
    ];
    for (const [expression, members] of spellings) {
      const text = inJava(
        `static final String NAME = "KMS_PW"; Object c = new Config().setPassword(${expression});`,
      );
      assert.deepEqual(await found(java, text), members, expression);
    }
  });

  it('Java: what annotations inject', async () => {
    const annotations: readonly (readonly [string, readonly object[]])[] = [
      ['@Value("\u0024{kms.pw}")', [looked('password', 'kms.pw', 'settings')]],
      [
        '@Value("\u0024{kms.pw:Old1!x:y}")',
        [looked('password', 'kms.pw', 'settings'), { role: 'password', value: 'Old1!x:y', form: 'default' }],
      ],
      ['@Value("\u0024{kms.pw:}")', [looked('password', 'kms.pw', 'settings')]],
      ['@Value("#{systemEnvironment[\'X\']}")', [looked('passwordEnv', 'X')]],
      ['@Value("pre-\u0024{kms.pw}")', [{ role: 'password', obstacle: 'interpolated' }]],
      [
        '@ConfigProperty(name = "kms.pw", defaultValue = "Old1!xyz")',
        [looked('password', 'kms.pw', 'settings'), { role: 'password', value: 'Old1!xyz' }],
      ],
    ];
    for (const [annotation, members] of annotations) {
      const text = inJava(`${annotation} private String pw; Object c = new Config().setPassword(pw);`);
      assert.deepEqual(await found(java, text), members, annotation);
    }
    assert.equal(java.encode('a{b', 'Old', 'default'), undefined, 'a brace would end the placeholder');
  });

  it('Java: names that are given in place of values', async () => {
    const text = `import com.aliyuncs.kms.secretsmanager.client.model.DKmsConfig;
class A { Object a = new DKmsConfig().setPasswordFromEnvVariable("X");
  Object b = new DKmsConfig().setPasswordFromFilePathName("Y"); }`;
    assert.deepEqual(await found(java, text), [
      { role: 'passwordEnv', lookup: { in: 'either', indirect: true, name: 'X' }, obstacle: 'lookup' },
      { role: 'passwordFile', lookup: { in: 'either', name: 'Y' }, obstacle: 'lookup' },
    ]);
  });

  it('Java: a password that something else reads is left alone, a check is no use', async () => {
    const use = async (statement: string) => {
      const text = inJava(`void a() { String pw = "Old1!xyz"; ${statement} new Config().setPassword(pw); }`);
      return (await membersOf(java, text)).map(({ obstacle }) => obstacle);
    };
    for (const check of [
      'if (pw == null || pw.isEmpty()) return;',
      'Objects.requireNonNull(pw);',
      'assertNotNull(pw);',
      'if (pw.length() < 8) return;',
    ])
      assert.deepEqual(await use(check), [undefined], check);
    for (const other of [
      'connect(pw);',
      'database.password = pw;',
      'String b = pw + "x";',
      'log(pw.trim());',
    ])
      assert.deepEqual(await use(other), ['ambiguous'], other);
  });

  it('a path in parts says what it counts from', async () => {
    const paths: readonly (readonly [Notation, string, object])[] = [
      [
        java,
        inJava('Object c = new Config().setClientKeyFile(Paths.get("/etc", "kms", "x.json").toString());'),
        { base: '/etc/kms', value: 'x.json' },
      ],
      [
        java,
        inJava('Object c = new Config().setClientKeyFile(Path.of("a").resolve("b/x.json").toString());'),
        { base: 'a', value: 'b/x.json' },
      ],
      [
        go,
        `${GO}var c = dk.Config{ClientKeyFile: ptr(filepath.Join("a", "b", "x.json"))}`,
        { base: 'a/b', value: 'x.json' },
      ],
      [
        go,
        `${GO}func f(dir string) { use(dk.Config{ClientKeyFile: ptr(filepath.Join(dir, "x.json"))}) }`,
        { value: 'x.json', obstacle: 'interpolated' },
      ],
      [
        python,
        `${PYTHON}c = Config(client_key_file=os.path.join(os.path.dirname(__file__), 'a', 'x.json'))`,
        { base: './a', value: 'x.json' },
      ],
      [
        python,
        `${PYTHON}c = Config(client_key_file=str(Path(__file__).resolve().parents[1] / 'x.json'))`,
        { base: '..', value: 'x.json' },
      ],
      [
        python,
        `${PYTHON}B = os.path.dirname(__file__)\nc = Config(client_key_file=B + '/../x.json')`,
        { base: '.', value: '/../x.json' },
      ],
    ];
    for (const [notation, text, path] of paths)
      assert.deepEqual(await found(notation, text), [{ role: 'keyFile', ...path }], text);
  });

  it('Go: pointers, helpers and flags', async () => {
    const spellings: readonly (readonly [string, readonly object[]])[] = [
      ['tea.String("Old1!xyz")', [{ role: 'password', value: 'Old1!xyz' }]],
      ['ptr.To("Old1!xyz")', [{ role: 'password', value: 'Old1!xyz' }]],
      ['strPtr(`Old1!xyz`)', [{ role: 'password', value: 'Old1!xyz' }]],
      ['tea.String(os.Getenv(Name))', [looked('passwordEnv', 'ENV_PW')]],
      [
        'tea.String(getEnvOrDefault("X", "Old1!xyz"))',
        [looked('passwordEnv', 'X'), { role: 'password', value: 'Old1!xyz' }],
      ],
      [
        'tea.String(cmp.Or(os.Getenv("X"), "Old1!xyz"))',
        [looked('passwordEnv', 'X'), { role: 'password', value: 'Old1!xyz' }],
      ],
      ['tea.String(viper.GetString("kms.pw"))', [looked('password', 'kms.pw', 'settings')]],
      [
        'flag.String("client_key_password", "Old1!xyz", "usage")',
        [looked('password', 'client_key_password', 'settings'), { role: 'password', value: 'Old1!xyz' }],
      ],
      ['tea.String(fmt.Sprintf("%s!", x))', [{ role: 'password', obstacle: 'interpolated' }]],
      ['tea.String(decrypt("Old1!xyz"))', [{ role: 'password', obstacle: 'lookup' }]],
      ['nil', []],
      ['tea.String("")', []],
    ];
    for (const [expression, members] of spellings) {
      const text = `${GO}const Name = "ENV_PW"\nvar c = &dk.Config{Password: ${expression}}\n`;
      assert.deepEqual(await found(go, text), members, expression);
    }
  });

  it('Go: a type is judged by the path of its import, not by what it is called', async () => {
    const config = (path: string, alias: string, type: string) =>
      `package x\nimport ${alias} "${path}"\nvar c = ${type}{ClientKeyFile: ptr("a.json"), Password: ptr("Old1!xyz")}\n`;
    const contextOf = async (text: string) => (await go.find(text)).clients.map(({ context }) => context);
    const kms = 'github.com/aliyun/alibabacloud-dkms-transfer-go-sdk/sdk';
    assert.deepEqual(await contextOf(config(kms, 'rest', 'rest.Config')), ['specific']);
    assert.deepEqual(await contextOf(config(kms, '.', 'Config')), ['specific']);
    assert.deepEqual(await contextOf(config(kms, 'sdk', 'sdk.Client')), []);
    assert.deepEqual(await contextOf(config('k8s.io/client-go/rest', 'openapi', 'openapi.Config')), []);
    assert.deepEqual(await contextOf(config('example.com/settings', '', 'settings.Config')), ['weak']);
  });

  it('Python: look-ups in all their spellings', async () => {
    const spellings: readonly (readonly [string, readonly object[]])[] = [
      ["os.getenv('X')", [looked('passwordEnv', 'X')]],
      ["os.environ['X']", [looked('passwordEnv', 'X')]],
      [
        "environ.get(NAME, 'Old1!xyz')",
        [looked('passwordEnv', 'CK_PW'), { role: 'password', value: 'Old1!xyz' }],
      ],
      ["os.getenv('X') or 'Old1!xyz'", [looked('passwordEnv', 'X'), { role: 'password', value: 'Old1!xyz' }]],
      [
        "config('X', default='Old1!xyz')",
        [looked('passwordEnv', 'X'), { role: 'password', value: 'Old1!xyz' }],
      ],
      ["env('X')", [looked('passwordEnv', 'X')]],
      ["'a1!bcdef' if x else 'b1!bcdef'", [{ role: 'password', obstacle: 'ambiguous' }]],
      ["f'{x}!abc'", [{ role: 'password', obstacle: 'interpolated' }]],
      ["'%s!abc' % x", [{ role: 'password', obstacle: 'interpolated' }]],
      ["'{}!abc'.format(x)", [{ role: 'password', obstacle: 'interpolated' }]],
      ["getpass.getpass('Password: ')", [{ role: 'password', obstacle: 'lookup' }]],
      ["open('pw.txt').read().strip()", [{ role: 'passwordFile', value: 'pw.txt' }]],
      ["Path('pw.txt').read_text().rstrip('\\n')", [{ role: 'passwordFile', value: 'pw.txt' }]],
      ['None', []],
      ["b'Old1!xyz'.decode()", [{ role: 'password', value: 'Old1!xyz' }]],
    ];
    for (const [expression, members] of spellings) {
      const text = `${PYTHON}NAME = 'CK_PW'\nc = Config(password=${expression})\n`;
      assert.deepEqual(await found(python, text), members, expression);
    }
  });

  it('a function without arguments stands for what it returns', async () => {
    for (const [notation, text] of [
      [
        java,
        inJava(`String pw() { return System.getenv("X"); } static String file() { return "a.json"; }
          Object c = new Config().setClientKeyFile(A.file()).setPassword(this.pw());`),
      ],
      [
        go,
        `${GO}func pw() (string, error) {
  if x { return "", err }
  return os.Getenv("X"), nil
}
func file() string { return "a.json" }
func c() { secret, err := pw(); use(dk.Config{Password: &secret, ClientKeyFile: ptr(file())}) }`,
      ],
      [
        python,
        `${PYTHON}def file():
    return 'a.json'
class A:
    def pw(self):
        return os.getenv('X')
    def make(self):
        return Config(password=self.pw(), client_key_file=file())`,
      ],
    ] as const) {
      const members = await found(notation, text);
      const expected = [looked('passwordEnv', 'X'), { role: 'keyFile', value: 'a.json' }];
      assert.deepEqual(members, expected, text);
    }
  });

  it('a function that makes clients makes one for each call', async () => {
    for (const [notation, text] of [
      [
        java,
        inJava(`Object a() { return make("a.json", "Pa1!xyzw"); } Object b() { return make("b.json", "Pb1!xyzw"); }
          Object make(String f, String p) { return new Config().setClientKeyFile(f).setPassword(p); }`),
      ],
      [
        go,
        `${GO}func build(f, p string) *dk.Config { return &dk.Config{ClientKeyFile: &f, Password: &p} }
func a() { outer("a.json", "Pa1!xyzw"); outer("b.json", "Pb1!xyzw") }
func outer(f, p string) { build(f, p) }`,
      ],
      [
        python,
        `${PYTHON}def make(f='b.json', p=None): return Config(client_key_file=f, password=p)
a = make('a.json', p="Pa1!xyzw")
b = make(p="Pb1!xyzw", f='b.json')
`,
      ],
    ] as const) {
      const { clients } = await notation.find(text);
      assert.deepEqual(
        clients.map(({ members }) =>
          members
            .map(({ value }) => value)
            .sort()
            .reverse(),
        ),
        [
          ['a.json', 'Pa1!xyzw'],
          ['b.json', 'Pb1!xyzw'],
        ],
        text,
      );
      assert.equal(new Set(clients.map(({ anchor }) => anchor)).size, 2);
    }
  });

  it('the key id in a literal shows a use, wherever it goes', async () => {
    const file = `keys/clientKey_${OLD_KEY}.json`;
    for (const [notation, text] of [
      [java, `class A { Object c = open("${file}", 1); }`],
      [go, `package x\nvar c = open(\`${file}\`)`],
      [python, `c = open_it('${file}')`],
    ] as const)
      assert.deepEqual(await found(notation, text), [{ role: 'keyFile', value: file }], text);
    for (const text of [`log = 'uses ${file} today'`, `id = '${OLD_KEY}'`, `# ${file}`])
      assert.deepEqual(await found(python, text), [], text);
  });

  it('names alone mean nothing beside a certificate or another product', async () => {
    for (const [notation, text] of [
      [java, 'class A { void a(S s) { s.setClientKeyFile("certs/tls.key"); s.setPassword("Tls1!xyz"); } }'],
      [
        java,
        'import io.temporal.x.Options;\nclass A { String clientKeyFilePath = "c"; String clientKeyPass = "d"; }',
      ],
      [
        java,
        'class A { void a(MqttConfig c) { c.setClientKeyFile("k.json"); c.setPassword("Mqtt1!xyz"); } }',
      ],
      [go, 'package x\nvar c = Options{Addr: "localhost", Password: "Redis1!xyz"}'],
      [go, 'package x\nvar c = TLSConfig{ClientKeyFile: "k.json", Password: "Tls1!xyz"}'],
      [python, "c = connect(host='localhost', password='Redis1!xyz')"],
      [python, "import pulsar\nc = pulsar.AuthenticationTLS(client_key_file='k.json', password='Tls1!xyz')"],
    ] as const)
      assert.deepEqual(await found(notation, text), [], text);
  });

  it('literals of Java, Go and Python are decoded by the rules of the language', () => {
    const texts: readonly (readonly [(raw: string) => string | undefined, string, string | undefined])[] = [
      [decodeJavaString, '"a\\u00e9\\101\\t\\"\\s"', 'aéA\t" '],
      [decodeJavaString, '"\\q"', undefined],
      [decodeJavaString, '"""\n    a\n      b\\\n    c  \n    """', 'a\n  bc\n'],
      [decodeGoString, '"\\x41\\u00e9\\U0001F600\\a"', 'Aé😀\x07'],
      [decodeGoString, '"\\xff"', undefined],
      [decodeGoString, '"\\q"', undefined],
      [decodeGoString, '`a\\n\r\n`', 'a\\n\n'],
      [decodePythonString, "'\\x41\\u00e9\\q\\\n'", 'Aé\\q'],
      [decodePythonString, 'rb"a\\n"', 'a\\n'],
      [decodePythonString, "b'\\u00e9'", '\\u00e9'],
      [decodePythonString, "f'{{a}}'", '{a}'],
      [decodePythonString, "'\\N{BULLET}'", undefined],
    ];
    for (const [decode, raw, value] of texts) assert.equal(decode(raw), value, raw);
  });

  it('an encoder keeps the kind of literal while it can hold the value', () => {
    const texts: readonly (readonly [string | undefined, string | undefined])[] = [
      [encodeGoString('a`b', '`x`'), '"a`b"'],
      [encodeGoString('a\nb', '`x`'), '`a\nb`'],
      [encodeGoString('é😀', '"x"'), '"\\u00e9\\U0001f600"'],
      [encodePythonString("a'b", "r'x'"), "'a\\'b'"],
      [encodePythonString('a\\', "r'x'"), "'a\\\\'"],
      [encodePythonString('a\\b', "R'x'"), "R'a\\b'"],
      [encodePythonString('é', "b'x'"), undefined],
      [encodePythonString('é', "'x'"), "'\\u00e9'"],
      [encodePythonString('é', "'密'"), "'é'"],
      [encodePythonString('{a}', "f'x'"), "f'{{a}}'"],
      [encodePythonString('a"', '"""x"""'), '"""a\\""""'],
      [encodePythonString('{\n}', '"""{\r\n\r\n}"""'), '"""{\r\n}"""'],
      [encodeJavaString('{\n  "a": "b"\n}', '"""\n    {}"""'), '"""\n    {\n      "a": "b"\n    }"""'],
      [encodeJavaString('a"', '"""\n  x"""'), '"""\n  a\\""""'],
      [encodeJavaString(' a', '"""\n  x"""'), '"""\n  \\sa"""'],
    ];
    for (const [written, raw] of texts) assert.equal(written, raw);
  });

  it('hides every literal and comment, and all of a broken file', async () => {
    const shown = async (notation: Notation, text: string) => {
      const { hidden } = await notation.find(text);
      let rest = text;
      for (const { start, end, open = 0, close = 0 } of [...hidden].sort(
        (one, other) => other.start - one.start,
      ))
        rest = `${rest.slice(0, start + open)}…${rest.slice(end - close)}`;
      return rest;
    };
    assert.equal(
      await shown(java, 'class A { /* s */ String a = """\n s"""; char b = \'s\'; } // s'),
      'class A { /*…*/ String a = """…"""; char b = …; } //…',
    );
    assert.equal(
      await shown(go, 'package x\nvar a, b = "s", `s` // s'),
      'package x\nvar a, b = "…", `…` //…',
    );
    assert.equal(await shown(python, "a = rb'''s''' + f\"{b['s']}s\" # s"), "a = rb'''…''' + f\"…\" #…");
    assert.doesNotMatch(await shown(python, "a = 's\nb = ("), /s/);
  });

  it('nothing that can be written makes it hang or crash', async () => {
    const many = (text: string, count: number) => text.repeat(count);
    for (const [notation, text] of [
      [java, inJava(`Object c = new Config().setClientKeyFile(${many('"a" + ', 3000)}"b");`)],
      [java, inJava(`Object c = new Config().setClientKeyFile(${many('(', 3000)}"b"${many(')', 3000)});`)],
      [
        java,
        inJava(
          'static final String A = B; static final String B = A; Object c = new Config().setPassword(A);',
        ),
      ],
      [go, `${GO}var a = b\nvar b = a\nvar c = dk.Config{Password: &a}`],
      [
        python,
        `${PYTHON}def f(a): return f(a)\nc = Config(client_key_file=${many('str(', 2000)}'x'${many(')', 2000)})`,
      ],
      [python, `${PYTHON}a = a + a\nc = Config(password=a, client_key_file=${many('a or ', 1000)}'b')`],
      [
        python,
        `${PYTHON}${Array.from({ length: 60 }, (_, at) => `a${at} = f(a${at + 1})\na${at} = a${at + 1} + a${at + 1}\n`).join('')}c = Config(password=a0)`,
      ],
      [python, 'c = Config(client_key_file=\'a\n def ( password="x" \0'],
      [go, 'package x\nfunc f( { c := &Config{ClientKeyFile: "a", \n'],
    ] as const) {
      const started = Date.now();
      await notation.find(text).catch((error: Error) => assert.equal(error.name, 'TooSlow'));
      assert.ok(Date.now() - started < 20_000);
    }
  });
});
