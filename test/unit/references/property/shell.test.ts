import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { shell } from '../../../../src/references/notations/shell';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path } from './property';

const KEY = 'ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH';
const PASSWORD = 'ALIBABA_CLOUD_KMS_PASSWORD';
const PRINT = `show "$${KEY}" "$${PASSWORD}"`;
const JSON_PRINT = 'show "$cache_client_dkms_config_info"';
const config = '[{"clientKeyFile":"keys/old.json","passwordFromFilePath":"keys/old.txt","note":"it\'s"}]';
const single = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Ways to write a path and a password into a script, each with what prints them. */
const forms: readonly (readonly string[])[] = [
  [`export ${KEY}=keys/old.json`, `export ${PASSWORD}=OldPw1\\!x`, PRINT],
  [`${KEY}='keys/old.json'; ${PASSWORD}='OldPw1!x' # both`, PRINT],
  [`export ${KEY}="keys/old.json" \\`, `  ${PASSWORD}="OldPw1!x"`, PRINT],
  [`declare -x ${KEY}=$'keys/old.json' ${PASSWORD}=$'OldPw1!x'`, PRINT],
  [`export "${KEY}=keys/old.json" '${PASSWORD}=OldPw1!x'`, PRINT],
  [`export ${KEY}="\${NOWHERE:-keys/old.json}" ${PASSWORD}="\${NOWHERE:-OldPw1!x}"`, PRINT],
  [`export ${KEY}=\${NOWHERE-keys/old.json}`, `export ${PASSWORD}=\${NOWHERE:-OldPw1!x}`, PRINT],
  [`: "\${${KEY}:=keys/old.json}" "\${${PASSWORD}:=OldPw1!x}"`, PRINT],
  ['if true; then', `  ${KEY}=keys/old.json`, `  ${PASSWORD}='Old'Pw1\\!x`, 'fi', PRINT],
  [`x=$(${KEY}=keys/old.json ${PASSWORD}=OldPw1 env)`, 'show "$x"'],
  [
    `show() { printf "%s\\0" "\${2#*=}" "$4"; }`,
    'show kst-1.cryptoservice.kms.aliyuncs.com --client_key_file=keys/old.json -client_key_password OldPw1',
  ],
  [
    `show() { printf "%s\\0" "\${1#*=}" "\${2#*=}"; }`,
    'show -DkmsClientKeyFilePath=keys/old.json "-DkmsPasswordKey=OldPw1!x"',
  ],
  [`export cache_client_dkms_config_info=${single(config)}`, JSON_PRINT],
  [`export cache_client_dkms_config_info="${config.replaceAll('"', '\\"')}"`, JSON_PRINT],
];
/** Cannot be read back one by one: the environment of a command, as `env` prints it. */
const LISTED = 9;

describe('property: shell', function () {
  this.timeout(600_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shell-property-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs all scripts in one process; gives what each printed. */
  function run(scripts: readonly string[]): readonly (readonly string[])[] {
    // One shell for all: a process for each would take most of the time.
    const program = `exec 2>&1; i=0; while [ -e "$1/$i" ]; do show() { printf "%s\\0" "$@"; }; . "$1/$i"; printf "\\1\\0"
      unset ${KEY} ${PASSWORD} cache_client_dkms_config_info KMS_CLIENT_KEY_CONTENT KMS_PASSWORD x; i=$((i+1)); done`;
    for (const [index, script] of scripts.entries()) writeFileSync(join(folder, String(index)), script);
    const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
    const printed = execFileSync('bash', ['-c', program, 'bash', folder], options)
      .split('\x01\0')
      .slice(0, -1);
    return printed.map((one) => one.split('\0').slice(0, -1));
  }

  it('bash reads the new path and password in every form', async function () {
    if (process.platform === 'win32') this.skip();
    const cases: { script: string; expected: readonly string[]; form: number }[] = [];
    await assertProperty(
      'shell',
      fc.tuple(password, path, path, layout, fc.nat(forms.length - 1)),
      async ([newPassword, newPath, newFile, form, index]) => {
        // As an argument of its own it would be another flag: refused, see the unit tests.
        fc.pre(!/^--[A-Za-z]/.test(newPassword));
        const isJson = forms[index]?.at(-1) === JSON_PRINT;
        const text = laidOut([`# ${form.comment}`, ...(forms[index] ?? [])], { ...form, crlf: false });
        const { after } = await patchInMemory(
          shell,
          text,
          { keyFile: newPath, password: newPassword, passwordFile: newFile },
          { count: 2 },
        );
        const json = JSON.stringify([
          { clientKeyFile: newPath, passwordFromFilePath: newFile, note: "it's" },
        ]);
        cases.push({ script: after, expected: isJson ? [json] : [newPath, newPassword], form: index });
      },
    );
    const printed = run(cases.map(({ script }) => script));
    assert.equal(printed.length, cases.length);
    for (const [index, { expected, form, script }] of cases.entries()) {
      const [first = '', second] = printed[index] ?? [];
      const read =
        form === LISTED
          ? [KEY, PASSWORD].map((name) => new RegExp(`^${name}=(.*)$`, 'm').exec(first)?.[1])
          : second === undefined
            ? [first]
            : [first, second];
      assert.deepEqual(read, expected, script);
    }
  });

  it('bash reads key content', async function () {
    if (process.platform === 'win32') this.skip();
    const cases: { script: string; expected: readonly string[] }[] = [];
    const old = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJ"}';
    await assertProperty(
      'shell',
      fc.tuple(password, keyContent, layout, fc.boolean()),
      async ([newPassword, newContent, form, double]) => {
        const written = double ? `"${old.replaceAll('"', '\\"')}"` : single(old);
        const lines = [
          `KMS_CLIENT_KEY_CONTENT=${written}`,
          'KMS_PASSWORD=OldPw1',
          'show "$KMS_CLIENT_KEY_CONTENT" "$KMS_PASSWORD"',
        ];
        const { after } = await patchInMemory(
          shell,
          laidOut(lines, { ...form, crlf: false }),
          { keyContent: newContent, password: newPassword },
          { count: 2 },
        );
        cases.push({ script: after, expected: [newContent, newPassword] });
      },
    );
    assert.deepEqual(
      run(cases.map(({ script }) => script)),
      cases.map(({ expected }) => expected),
    );
  });
});
