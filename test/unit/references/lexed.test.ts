import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FoundMember, type Notation, TooSlow } from '../../../src/references/notation';
import { dockerfile } from '../../../src/references/notations/dockerfile';
import { groovy } from '../../../src/references/notations/groovy';
import { hcl } from '../../../src/references/notations/hcl';
import { kotlin } from '../../../src/references/notations/kotlin';
import { rust } from '../../../src/references/notations/rust';
import { scala } from '../../../src/references/notations/scala';
import { shell } from '../../../src/references/notations/shell';
import { root } from './demoWorkspace';

const all: readonly Notation[] = [kotlin, scala, groovy, rust, shell, dockerfile, hcl];

const members = async (notation: Notation, text: string): Promise<readonly FoundMember[]> =>
  (await notation.find(text)).clients.flatMap((client) => client.members);

/** Role, value and obstacle of every member. */
const told = async (notation: Notation, text: string) =>
  (await members(notation, text)).map(({ role, value, obstacle }) => [role, obstacle ?? value]);

describe('notations without a grammar', function () {
  this.timeout(60_000);

  it('never throw, and never point outside of a text that is cut off anywhere', async () => {
    for (const notation of all) {
      const folder = join(root, 'test', 'workspace', notation.name, 'before');
      for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
        if (!entry.isFile()) continue;
        const whole = readFileSync(join(entry.parentPath, entry.name), 'utf8');
        for (let cut = 0; cut < whole.length; cut += 1 + Math.floor(whole.length / 40)) {
          for (const text of [whole.slice(0, cut), whole.slice(cut)]) {
            const found = await notation.find(text).catch((error: unknown) => {
              assert.ok(error instanceof TooSlow);
              return undefined;
            });
            const ranges = [
              ...(found?.clients ?? []).flatMap((client) => client.members),
              ...(found?.hidden ?? []),
              ...(found?.settings ?? []),
            ];
            for (const { start, end } of ranges)
              assert.ok(
                start >= 0 && start <= end && end <= text.length,
                `${notation.name} ${entry.name} at ${cut}`,
              );
          }
        }
      }
    }
  });

  it('is named by the file', () => {
    for (const [notation, names] of [
      [kotlin, ['A.kt', 'build.gradle.kts']],
      [scala, ['A.scala', 'a.sc']],
      [groovy, ['A.groovy', 'build.gradle', 'Jenkinsfile']],
      [rust, ['main.rs']],
      [shell, ['run.sh', 'a.bash', '.zshrc', '.envrc']],
      [dockerfile, ['Dockerfile', 'Dockerfile.prod', 'app.dockerfile', 'Containerfile']],
      [hcl, ['main.tf', 'a.tfvars', 'b.hcl']],
    ] as const)
      for (const name of names) assert.ok(notation.covers(name, name), name);
    for (const name of ['terraform.tfstate', 'terraform.tfstate.backup', '.terraform.lock.hcl'])
      assert.ok(!all.some((notation) => notation.covers(name, name)), name);
    assert.ok(shell.covers('deploy', 'bin/deploy') && !shell.covers('LICENSE', 'LICENSE'));
  });

  it('Kotlin writes what a raw string cannot hold as an ordinary one', () => {
    assert.equal(kotlin.encode('a"""b$c', '"""x"""'), '"a\\"\\"\\"b\\$c"');
    assert.equal(kotlin.encode('a$b', '"""x"""'), `"""a\${'$'}b"""`);
    assert.equal(kotlin.encode('  a"""', '"""x"""', 'trimIndent'), undefined);
  });

  it('Kotlin: quotes before the end of a raw string belong to it', async () => {
    const text = 'val c = KmsConfig().apply { clientKeyFile = "a.json"; password = """Old"""" }';
    assert.deepEqual(await told(kotlin, text), [
      ['keyFile', 'a.json'],
      ['password', 'Old"'],
    ]);
  });

  it('Groovy: a slashy string that would begin a comment becomes another', () => {
    assert.equal(groovy.encode('*Pw1', '/x/'), "'*Pw1'");
    assert.equal(groovy.encode('a$b', '"x"'), '"a\\$b"');
    assert.equal(groovy.encode('a/b', '/x/'), '/a\\/b/');
  });

  it('Groovy: a division is no string', async () => {
    const text = 'def a = b / c\ndef d = [clientKeyFile: "x/y.json", password: "p"] // e / f';
    assert.equal((await members(groovy, text)).length, 2);
  });

  it('Rust: `#` are added only where the text would close the literal', () => {
    assert.equal(rust.encode('a"#b', 'r#"x"#'), 'r##"a"#b"##');
    assert.equal(rust.encode('a"b', 'r#"x"#'), 'r#"a"b"#');
    assert.equal(rust.encode('a"b', 'r"x"'), 'r#"a"b"#');
  });

  it('shell: quotes are single where the value needs any', () => {
    assert.equal(shell.encode('a$b', 'x'), "'a$b'");
    assert.equal(shell.encode('a!b', '"x"'), "'a!b'");
    assert.equal(shell.encode("it's", 'x'), "'it'\\''s'");
    assert.equal(shell.encode('~/my keys/a.json', '~/a.json'), "~/'my keys/a.json'");
    assert.equal(shell.encode('~Pw1', 'x'), "'~Pw1'");
  });

  it('shell: a password that looks like a flag is not written as an argument of its own', async () => {
    const text =
      'bench kst.cryptoservice.kms.aliyuncs.com --client_key_file a.json --client_key_password Old1';
    const password = (await members(shell, text)).find(({ role }) => role === 'password');
    assert.equal(shell.encode('--Pw1!x', 'Old1', password?.form), undefined);
    assert.equal(shell.encode('-Pw1', 'Old1', password?.form), '-Pw1');
  });

  it('shell: commands in substitutions and functions are commands, words in quotes are none', async () => {
    const pair = 'client_key_private_key_path=a.json client_key_password=Old1';
    const found = [
      ['keyFile', 'a.json'],
      ['password', 'Old1'],
    ];
    assert.deepEqual(await told(shell, `x="$(${pair} java -jar a.jar)"`), found);
    assert.deepEqual(await told(shell, `run() {\n  export ${pair}\n}`), found);
    assert.deepEqual(await told(shell, `cat <<'END'\nnothing\nEND\nexport ${pair}`), found);
    assert.deepEqual(await told(shell, `echo '${pair}'`), []);
    assert.deepEqual(await told(shell, `# ${pair}`), []);
    assert.deepEqual(await told(shell, `#!/usr/bin/python3\n${pair}`), []);
  });

  it('shell: the name of a variable is never a password', async () => {
    const text = 'export client_key_private_key_path=a.json client_key_password_from_env_variable=CK_PW';
    assert.deepEqual(await told(shell, text), [
      ['keyFile', 'a.json'],
      ['passwordEnv', 'lookup'],
    ]);
  });

  it('shell and Dockerfile give every variable as a setting', async () => {
    const names = async (notation: Notation, text: string) =>
      ((await notation.find(text)).settings ?? []).map(({ in: place, name, value }) => [place, name, value]);
    const expected = [
      ['environment', 'A', '1'],
      ['environment', 'B', 'x y'],
    ];
    assert.deepEqual(await names(shell, 'export A=1\nB="x y"'), expected);
    assert.deepEqual(await names(dockerfile, 'FROM x\nARG A=1\nENV B="x y"'), expected);
    assert.ok(shell.configures === true && dockerfile.configures === true);
  });

  it('Dockerfile: nothing is expanded, and no line ends', () => {
    assert.equal(dockerfile.encode('a$b', '"x"'), "'a$b'");
    assert.equal(dockerfile.encode("a'$b", 'x'), '"a\'\\$b"');
    assert.equal(dockerfile.encode('a\nb', "'x'"), undefined);
    assert.equal(dockerfile.encode('#a', 'x'), "'#a'");
  });

  it('Dockerfile: what another stage copies is no file of the workspace', async () => {
    const { mounts = [] } = await dockerfile.find(
      'FROM a\nCOPY --from=b x.json /x.json\nADD https://a/b.json /c.json',
    );
    assert.deepEqual(mounts, []);
  });

  it('HCL is never written, and sets nothing that others look up', async () => {
    for (const form of [undefined, 'x']) assert.equal(hcl.encode('a', '"b"', form), undefined);
    const found = await hcl.find('variable "client_key_password" {\n  default = "Old1"\n}\nKMS_PW = "x"');
    assert.equal(found.settings, undefined);
    assert.ok(
      found.clients.flatMap((client) => client.members).every(({ obstacle }) => obstacle !== undefined),
    );
  });
});
