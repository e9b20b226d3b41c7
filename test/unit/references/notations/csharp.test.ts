import assert from 'node:assert/strict';
import { createCsharp } from '../../../../src/references/notations/csharp/csharp';
import {
  csharpQuotes,
  decodeCsharpString,
  encodeCsharpString,
} from '../../../../src/references/notations/csharp/literal';
import { grammarsFolder, OLD_KEY } from '../demoWorkspace';
import { found, visible } from './found';

const csharp = createCsharp(grammarsFolder);
const USING = 'using AlibabaCloud.Dkms.Gcs.OpenApi.Models;\n';
const inClass = (body: string) => found(csharp, `${USING}class A {\n${body}\n}`);
const withPassword = (expression: string) =>
  inClass(`Config c = new Config { ClientKeyFile = "old.json", Password = ${expression} };`);

describe('notation csharp', function () {
  this.timeout(60_000);

  it('decodes each kind of literal as C# does', () => {
    const cases: readonly (readonly [raw: string, value: string | undefined])[] = [
      [String.raw`"a\"\\\u5bc6\U0001F600\x41;\0"`, 'a"\\密😀A;\0'],
      [String.raw`"\q"`, undefined],
      [String.raw`@"C:\k\""x"""`, String.raw`C:\k\"x"`],
      ['@"a\r\nb"', 'a\nb'],
      ['"""a"b"""', 'a"b'],
      ['""""a"""b""""', 'a"""b'],
      ['"""\n    a\n\n      b\n    """', 'a\n\n  b'],
      ['"""\r\n  a\r\n  """', 'a'],
      ['"""\n a\n  """', undefined],
      ['$"a"', undefined],
      ['"a"u8', undefined],
      ['"a" + "b"', undefined],
    ];
    for (const [raw, value] of cases) assert.equal(decodeCsharpString(raw), value, raw);
  });

  it('encodes in the same kind of literal, or not at all', () => {
    const cases: readonly (readonly [value: string, before: string, raw: string | undefined])[] = [
      [String.raw`C:\k"`, '"x"', String.raw`"C:\\k\""`],
      [String.raw`C:\k"`, '@"x"', String.raw`@"C:\k"""`],
      ['a\nb\u2028', '"x" + "y"', String.raw`"a\nb\u2028"`],
      ['a"b', '"""x"""', '"""a"b"""'],
      ['a"""b', '"""x"""', '""""a"""b""""'],
      ['"a', '"""x"""', undefined],
      ['{\n  "a": 1\n}', '"""\r\n    x\r\n    """', '"""\r\n    {\r\n      "a": 1\r\n    }\r\n    """'],
      ['a\nb', '"""x"""', '"""\na\nb\n"""'],
    ];
    for (const [value, before, raw] of cases) {
      assert.equal(encodeCsharpString(value, before), raw);
      if (raw !== undefined) assert.equal(decodeCsharpString(raw), value);
    }
    assert.deepEqual(csharpQuotes('@"x"'), { open: 2, close: 1 });
    assert.deepEqual(csharpQuotes('""""x""""'), { open: 4, close: 4 });
    assert.deepEqual(csharpQuotes('$@"x"'), { open: 3, close: 1 });
    assert.deepEqual(csharpQuotes('"open'), { open: 0, close: 0 });
  });

  it('look-ups in all their spellings', async () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['Environment.GetEnvironmentVariable("X")', ['passwordEnv environment(X)']],
      ['System.Environment.GetEnvironmentVariable("X")!', ['passwordEnv environment(X)']],
      [
        'Environment.GetEnvironmentVariable("X") ?? "Default1!"',
        ['passwordEnv environment(X)', 'password Default1!'],
      ],
      ['AlibabaCloud.DarabonbaEnv.Client.GetEnv("X")', ['passwordEnv environment(X)']],
      ['DotNetEnv.Env.GetString("X", "Default1!")', ['passwordEnv environment(X)', 'password Default1!']],
      ['configuration["Kms:Password"]', ['password settings(Kms.Password)']],
      ['cfg["Kms:Password"]', ['password settings(Kms.Password)']],
      ['_config.GetSection("Kms")["Password"]', ['password settings(Kms.Password)']],
      ['config.GetSection("A").GetSection("Kms")["Pw"]', ['password settings(A.Kms.Pw)']],
      ['config.GetSection("Kms:Pw").Value', ['password settings(Kms.Pw)']],
      ['config.GetValue<string>("Kms:Pw", "Default1!")', ['password settings(Kms.Pw)', 'password Default1!']],
      ['ConfigurationManager.AppSettings["Pw"]', ['password settings(Pw)']],
      ['dictionary["Pw"]', ['password !lookup']],
      ['$"Old{x}"', ['password !interpolated']],
      ['string.Format("{0}", x)', ['password !interpolated']],
      ['x ? "a" : "b"', ['password !ambiguous']],
      ['string.Empty', []],
      ['null', []],
    ];
    for (const [expression, members] of cases)
      assert.deepEqual(await withPassword(expression), [['keyFile old.json', ...members]], expression);
    const sections = `readonly IConfigurationSection kms; A(IConfiguration configuration) { this.kms = configuration.GetSection("A:Kms"); }
Config B() { var own = configuration.GetSection("A").GetSection("B"); return new Config { ClientKeyFile = kms["File"], Password = own["Pw"] }; }
Config C(IConfigurationSection section) => new Config { ClientKeyFile = section["File"], Password = kms.GetSection("C")["Pw"] };`;
    assert.deepEqual(await inClass(sections), [
      ['keyFile settings(A.Kms.File)', 'password settings(A.B.Pw)'],
      ['keyFile !lookup', 'password settings(A.Kms.C.Pw)'],
    ]);
    const named =
      'const string Name = "MY_PW"; Config c = new() { ClientKeyFile = "a.json", Password = Environment.GetEnvironmentVariable(Name) };';
    assert.deepEqual(await inClass(named), [['keyFile a.json', 'passwordEnv environment(MY_PW)']]);
  });

  it('paths and files that the program reads', async () => {
    const body = `Config a = new Config {
  ClientKeyFile = Path.Combine(AppContext.BaseDirectory, "keys", "old.json"),
  Password = File.ReadAllText(Path.Combine(Directory.GetCurrentDirectory(), "pw.txt")).Trim() };
Config b = new Config { ClientKeyContent = await File.ReadAllTextAsync(AppDomain.CurrentDomain.BaseDirectory + "old.json") };
Config c = new Config { ClientKeyFile = Directory.GetCurrentDirectory() + @"\\keys\\old.json" };`;
    assert.deepEqual(await inClass(body), [
      ['keyFile keys: old.json', 'passwordFile pw.txt'],
      ['keyFile old.json'],
      ['keyFile : \\keys\\old.json'],
    ]);
  });

  it('setters, dictionaries, named arguments, parameters, records', async () => {
    const body = `
void Set() { var c = new Config(); c.SetClientKeyFile("a.json"); c.SetPassword("Aaaa1!xx"); }
void Map() { var d = new Dictionary<string, string> { ["clientKeyFile"] = "b.json", { "password", "Bbbb1!xx" } }; Config.Build(d); }
void Add() { var d = new Dictionary<string, string>(); d.Add("clientKeyFile", "c.json"); d["password"] = "Cccc1!xx"; }
Config Given(string f, string p) => new Config { ClientKeyFile = f, Password = p };
void Gives() { Given(p: "Dddd1!xx", f: "d.json"); }
void Id() { Use(new Config { AccessKeyId = "${OLD_KEY}", PrivateKey = "PEM" }); }
#if DEBUG
Config Debug() => new Config { ClientKeyFile = "e.json", Password = "Eeee1!xx" };
#endif`;
    assert.deepEqual(await inClass(body), [
      ['keyFile a.json', 'password Aaaa1!xx'],
      ['keyFile b.json', 'password Bbbb1!xx'],
      ['keyFile c.json', 'password Cccc1!xx'],
      ['keyFile d.json', 'password Dddd1!xx'],
      [`keyContent !unsupported ${OLD_KEY}`, 'keyContent !unsupported PEM'],
      ['keyFile e.json', 'password Eeee1!xx'],
    ]);
  });

  it('the resource of Pulumi is shown and never edited', async () => {
    const text = `using AliCloud = Pulumi.AliCloud;
var key = new AliCloud.Kms.ClientKey("k", new AliCloud.Kms.ClientKeyArgs { AapName = "a", Password = config.RequireSecret("pw"), PrivateKeyDataFile = "./k.json" });`;
    assert.deepEqual(await found(csharp, text), [['password !replaces', 'keyFile !replaces ./k.json']]);
  });

  it('a password that something else uses too is not edited', async () => {
    const body =
      'void M() { string pw = "Shared1!"; Use(new Config { ClientKeyFile = "a.json", Password = pw }); Connect(pw); }';
    assert.deepEqual(await inClass(body), [['keyFile a.json', 'password !ambiguous']]);
  });

  it('nothing of other products, of comments and of the SDK itself', async () => {
    for (const text of [
      'using AlibabaCloud.Dkms.Gcs.OpenApiCredential.Models; namespace AlibabaCloud.Dkms.Gcs.OpenApi { class Client { object c = new Config { ClientKeyFile = config.ClientKeyFile, Password = config.Password }; } }',
      'using k8s; class A { object c = new KubernetesClientConfiguration { ClientKeyFilePath = "k.json", Password = "x1234567" }; }',
      'using MQTTnet; class A { object c = new Options { ClientKeyFile = "k.json", Password = "x1234567" }; }',
      'using StackExchange.Redis; class A { object c = new Options { ClientKeyFile = "k.json", Password = "x1234567" }; }',
      'class A { object c = new TlsOptions { ClientKeyFile = "k.json", Password = "x1234567" }; }',
      'class A { object c = new Options { ClientKeyFile = "client.pem", Password = "x1234567" }; }',
      'class A { object c = new Options { ClientKeyFile = "k.json", UserName = "u", Password = "x1234567" }; }',
      'class A { // var c = new Config { ClientKeyFile = "k.json" };\n }',
      'class Config { public string ClientKeyFile { get; set; } Config(string f) { this.ClientKeyFile = f; ClientKeyFile = f; } }',
    ])
      assert.deepEqual(await found(csharp, text), [], text);
  });

  it('hides literals and comments, and all of a file that is broken', async () => {
    assert.equal(
      await visible(
        csharp,
        'class A { string a = @"secret"; /* secret */ string b = $"s{c}"; string d = """secret"""; }',
      ),
      'class A { string a = @"…"; /*…*/ string b = $"…"; string d = """…"""; }',
    );
    assert.ok(!(await visible(csharp, 'class A { string a = "secret')).includes('secret'));
  });
});
