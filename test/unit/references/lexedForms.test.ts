import assert from 'node:assert/strict';
import type { Notation } from '../../../src/references/notation';
import { dockerfile } from '../../../src/references/notations/dockerfile';
import { groovy } from '../../../src/references/notations/groovy';
import { kotlin } from '../../../src/references/notations/kotlin';
import { rust } from '../../../src/references/notations/rust';
import { scala } from '../../../src/references/notations/scala';
import { shell } from '../../../src/references/notations/shell';

const SDK = 'import com.aliyun.dkms.gcs.openapi.models.Config\n';

/** Of every client, role and value (or what stands in the way) of its members, in the order of the text. */
const clients = async (notation: Notation, text: string) =>
  (await notation.find(text)).clients.map(({ members }) =>
    [...members]
      .sort((one, other) => one.start - other.start)
      .map(({ role, value, obstacle, base }) =>
        [role, ...(base === undefined ? [] : [`${base}:`]), obstacle ?? value].join(' '),
      ),
  );

/** A text with every value of its clients replaced. */
async function patched(notation: Notation, text: string, password: string): Promise<string | undefined> {
  const { clients: found } = await notation.find(text);
  const members = found.flatMap((one) => one.members).sort((one, other) => other.start - one.start);
  return members.reduce<string | undefined>((before, { role, start, end, form, obstacle }) => {
    if (obstacle !== undefined || before === undefined) return before;
    const value = role === 'password' ? password : 'keys/new.json';
    const raw = notation.encode(value, text.slice(start, end), form);
    return raw === undefined ? undefined : before.slice(0, start) + raw + before.slice(end);
  }, text);
}

describe('forms of notations without a grammar', () => {
  it('a look-up that fails for want of a value has no default', async () => {
    for (const [notation, value] of [
      [kotlin, 'System.getenv("PW") ?: error("no password")'],
      [kotlin, 'System.getenv("PW") ?: throw IllegalStateException("no password")'],
      [scala, 'sys.env.getOrElse("PW", throw new Exception("no password"))'],
      [scala, 'sys.env.getOrElse("PW", sys.error("no password"))'],
    ] as const)
      assert.deepEqual(
        await clients(
          notation,
          `${SDK}val c = new Config().setClientKeyFile("a.json").setPassword(${value})`,
        ),
        [['keyFile a.json', 'passwordEnv lookup']],
      );
    const failing =
      'Kms { client_key_file: "a.json", password: env::var("PW").unwrap_or_else(|_| panic!("no")) }';
    assert.deepEqual(await clients(rust, `fn x() { ${failing} }`), [
      ['keyFile a.json', 'passwordEnv lookup'],
    ]);
  });

  it('Kotlin: what Spring puts into parameters is looked up, each its own', async () => {
    const value = (name: string) => `@Value("\\\${${name}}")`;
    const parameters = `${value('kms.file')} private val file: String, ${value('kms.pw:Old1!xyz')} private val pw: String`;
    const text = `${SDK}class C(${parameters}, private val plain: String) {
  fun one() = Config().setClientKeyFile(file).setPassword(pw)
  fun two() = Config().setClientKeyFile(file).setPassword(plain)
}`;
    assert.deepEqual(await clients(kotlin, text), [
      ['keyFile lookup', 'password lookup', 'password Old1!xyz'],
      ['keyFile lookup', 'password lookup'],
    ]);
  });

  it('Groovy: calls without brackets are calls', async () => {
    const text = `test {
  systemProperty "kmsClientKeyFilePath", "a.json"
  systemProperty 'kmsPasswordKey', 'Old1!xyz'
  environment "client_key_private_key_path", "b.json"
  environment "client_key_password", "Old2!xyz"
}`;
    assert.deepEqual(await clients(groovy, text), [
      ['keyFile a.json', 'password Old1!xyz'],
      ['keyFile b.json', 'password Old2!xyz'],
    ]);
    assert.deepEqual(
      await clients(
        groovy,
        `${SDK}Config c = new Config()\nc.setClientKeyFile "a.json"\nc.setPassword "Old1!xyz"`,
      ),
      [['keyFile a.json', 'password Old1!xyz']],
    );
  });

  it('the parts of a path lead to one file', async () => {
    const pw = 'password = File("keys", "pw.txt").readText().trim()';
    assert.deepEqual(
      await clients(
        kotlin,
        `${SDK}val c = Config().apply { clientKeyFile = Paths.get("keys", "a.json").toString(); ${pw} }`,
      ),
      [['keyFile keys: a.json', 'passwordFile keys: pw.txt']],
    );
    const path = 'PathBuf::from("etc").join("keys").join("a.json")';
    assert.deepEqual(
      await clients(
        rust,
        `fn x() { Kms { client_key_file: ${path}, password: Zeroizing::new("Old1!xyz".into()) } }`,
      ),
      [['keyFile etc/keys: a.json', 'password Old1!xyz']],
    );
    assert.deepEqual(
      await clients(rust, 'fn x() { Kms { client_key_file: PathBuf::from(root).join("a.json") } }'),
      [['keyFile lookup']],
    );
  });

  it('Rust: builders and variables of the environment', async () => {
    const builder = 'Kms::builder().client_key_file("a.json").password("Old1!xyz").build()';
    assert.deepEqual(await clients(rust, `fn x() { ${builder} }`), [['keyFile a.json', 'password Old1!xyz']]);
    const variables =
      'std::env::set_var("client_key_private_key_path", "a.json"); std::env::set_var("client_key_password", "Old1!xyz");';
    assert.deepEqual(await clients(rust, `fn x() { ${variables} }`), [
      ['keyFile a.json', 'password Old1!xyz'],
    ]);
    assert.deepEqual(await clients(rust, 'fn x() { Pg::builder().password("Sup3rS3cret").build() }'), []);
  });

  it('a class of the application may hold a client key, one of another product does not', async () => {
    const settings = (name: string) => `val s = ${name}(clientKeyFile = "a.json", password = "Old1!xyz")`;
    const imports = 'import com.shop.config.KmsSettings\nimport com.shop.tls.TlsSettings\n';
    const [found, ...others] = (await kotlin.find(`${imports}${settings('KmsSettings')}`)).clients;
    assert.equal(found?.context, 'weak');
    assert.equal(others.length, 0);
    assert.deepEqual(await clients(kotlin, `${imports}${settings('TlsSettings')}`), []);
  });

  it('a list of arguments holds flags and their values', async () => {
    const list = 'vec!["ali", "--password-file-path", "pw.txt", "--client-key-file-path", "a.json"]';
    assert.deepEqual(await clients(rust, `fn x() { let words = ${list}; }`), [
      ['passwordFile pw.txt', 'keyFile a.json'],
    ]);
    assert.deepEqual(await clients(rust, 'fn x() { f(&["--password", "x", "--client-key", "a.pem"]); }'), []);
  });

  it('helm: what it would read as something else is not written', async () => {
    const text =
      'helm install kbs . --set kbs.aliyunKms.password=Old1! --set-file kbs.aliyunKms.clientKey=a.json\n';
    assert.equal(
      await patched(shell, text, 'a$b'),
      "helm install kbs . --set kbs.aliyunKms.password='a$b' --set-file kbs.aliyunKms.clientKey=keys/new.json\n",
    );
    for (const password of ['12345678', 'true', 'a,b', 'a{b'])
      assert.equal(await patched(shell, text, password), undefined);
    const asText = text.replace('--set kbs', '--set-string kbs');
    assert.match((await patched(shell, asText, '12345678')) ?? '', /password=12345678 /);
  });

  it('two variables of one name that hold JSON are two clients', async () => {
    const json = (file: string) => `'[{"clientKeyFile":"${file}","passwordFromFilePath":"pw.txt"}]'`;
    const text = `if x; then\nexport cache_client_dkms_config_info=${json('a.json')}\nelse\nexport cache_client_dkms_config_info=${json('b.json')}\nfi\n`;
    const found = (await shell.find(text)).clients.map(({ anchor }) => anchor);
    assert.deepEqual(found, ['cache_client_dkms_config_info/[0]', 'cache_client_dkms_config_info#2/[0]']);
  });

  it('Dockerfile: lists of arguments are JSON, and the script in one is a script', async () => {
    const text = `FROM a
CMD ["/bench", "--client_key_file=a.json", "--client_key_password", "Old1!xyz"]
ENTRYPOINT ["sh", "-c", "client_key_private_key_path=b.json client_key_password=\\"Old2!xyz\\" ./x"]
RUN ["redis-cli", "--client-key", "c.json", "--client-key-password", "Sup3rS3cret"]
`;
    assert.deepEqual(await clients(dockerfile, text), [
      ['keyFile a.json', 'password Old1!xyz'],
      ['keyFile b.json', 'password Old2!xyz'],
    ]);
    assert.equal(
      await patched(dockerfile, text, 'n$1'),
      text
        .replace('=a.json', '=keys/new.json')
        .replace('"Old1!xyz"', '"n$$1"')
        .replace('=b.json', '=keys/new.json')
        .replace('\\"Old2!xyz\\"', "'n$$1'"),
    );
  });
});
