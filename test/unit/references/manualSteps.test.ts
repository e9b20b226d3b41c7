import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManualStep } from '../../../src/model/reference';
import type { CredentialFiles } from '../../../src/model/rotation';
import { manualStepCommand } from '../../../src/references/link/manualSteps';
import { temporaryFolder, writeFiles } from './demoWorkspace';
import { clientGroups, keyFile, link, lookUp, password } from './link/workspace';

const PASSWORD = `nW7$#a&b*C?d!E~f^g%h@i_j-K`;
const CONTENT = '{"KeyId":"KAAP.x","PrivateKeyData":"TUlJ"}';

/** Saved files under a name that a shell would take apart. */
function saveFiles() {
  const folder = temporaryFolder();
  writeFiles(folder, { "it's $(here)/key file.json": CONTENT, "it's $(here)/pw;.txt": PASSWORD });
  return {
    folder,
    files: {
      credentialFile: join(folder, "it's $(here)", 'key file.json'),
      passwordFile: join(folder, "it's $(here)", 'pw;.txt'),
    },
  };
}

/** Runs a command in bash with stand-ins for the tools: each writes its arguments, one a line, and what it reads. */
function run(command: string, folder: string) {
  const tool = `#!/bin/sh\nname=$(basename "$0")\nprintf '%s\\n' "$@" > "$OUT/$name.args"\ncat > "$OUT/$name.input"\n`;
  writeFiles(folder, { 'bin/gh': tool, 'bin/glab': tool, 'bin/kubectl': tool });
  for (const name of ['gh', 'glab', 'kubectl']) chmodSync(join(folder, 'bin', name), 0o755);
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, OUT: folder };
  const out = execFileSync('bash', ['--norc', '-c', `set -eu; ${command}; printf %s "\${KMS_PW-}"`], {
    env,
    input: '',
  });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { out: out.toString(), read };
}

describe('the command of a manual step', () => {
  const step = (kind: ManualStep['kind'], name: string, role: ManualStep['role']) => ({ kind, name, role });
  const commandOf = (one: ManualStep, files: CredentialFiles) => manualStepCommand(one, files, [one]);

  it('sets a variable to the content of the saved file', () => {
    const { folder, files } = saveFiles();
    const command = commandOf(step('environment', 'KMS_PW', 'password'), files) ?? '';
    assert.equal(run(command, folder).out, PASSWORD);
    const content = commandOf(step('environment', 'KMS_PW', 'keyContent'), files) ?? '';
    assert.equal(run(content, folder).out, CONTENT);
    const path = commandOf(step('environment', 'KMS_PW', 'keyFile'), files) ?? '';
    assert.equal(run(path, folder).out, files.credentialFile);
    assert.equal(commandOf(step('environment', 'KMS PW; rm x', 'password'), files), undefined);
  });

  for (const [kind, tool] of [
    ['githubSecret', 'gh secret set'],
    ['gitlabVariable', 'glab variable set'],
  ] as const)
    it(`gives ${tool} the file to read`, () => {
      const { folder, files } = saveFiles();
      const command = commandOf(step(kind, "KMS_$(x)'", 'password'), files) ?? '';
      const { read } = run(command, folder);
      const [name = '', ...args] = tool.split(' ');
      assert.equal(read(`${name}.input`), PASSWORD);
      assert.deepEqual(read(`${name}.args`).trim().split('\n'), [...args, "KMS_$(x)'"]);
      const path = run(commandOf(step(kind, 'KMS_FILE', 'keyFile'), files) ?? '', folder);
      assert.equal(path.read(`${name}.input`), files.credentialFile);
    });

  it('gives kubectl the file by its name', () => {
    const { folder, files } = saveFiles();
    const command =
      commandOf(step('kubernetesSecret', 'shop/kms key/client.json', 'keyContent'), files) ?? '';
    assert.ok(command.endsWith(' | kubectl apply -f -'));
    const { read } = run(command.replace(/ \| kubectl apply -f -$/, ''), folder);
    assert.deepEqual(read('kubectl.args').trim().split('\n'), [
      ...['create', 'secret', 'generic', 'kms key', '--namespace', 'shop'],
      `--from-file=client.json=${files.credentialFile}`,
      ...['--dry-run=client', '-o', 'yaml'],
    ]);
    const anywhere = commandOf(step('kubernetesSecret', '/kms/pw', 'password'), files) ?? '';
    assert.ok(!anywhere.includes('--namespace'));
    assert.equal(commandOf(step('kubernetesSecret', 'kms', 'password'), files), undefined);
  });

  it('sets both values of a Kubernetes Secret at once, and leaves those of others out', () => {
    const { folder, files } = saveFiles();
    const key = step('kubernetesSecret', 'shop/kms/clientkey', 'keyContent');
    const pw = step('kubernetesSecret', 'shop/kms/password', 'password');
    const others = [
      step('kubernetesSecret', 'shop/kms-test/password', 'password'),
      step('kubernetesSecret', '/kms/password', 'password'),
      step('environment', 'shop/kms/x', 'password'),
    ];
    const command = manualStepCommand(key, files, [key, ...others, pw]) ?? '';
    assert.equal(manualStepCommand(pw, files, [key, ...others, pw]), command);
    const { read } = run(command.replace(/ \| kubectl apply -f -$/, ''), folder);
    assert.deepEqual(read('kubectl.args').trim().split('\n'), [
      ...['create', 'secret', 'generic', 'kms', '--namespace', 'shop'],
      `--from-file=clientkey=${files.credentialFile}`,
      `--from-file=password=${files.passwordFile}`,
      ...['--dry-run=client', '-o', 'yaml'],
    ]);
  });

  it('holds no value, and there is none for what only a person can do', () => {
    const { files } = saveFiles();
    for (const kind of ['environment', 'githubSecret', 'gitlabVariable', 'kubernetesSecret'] as const)
      assert.ok(!commandOf(step(kind, 'a/b/KMS_PW', 'password'), files)?.includes('nW7'));
    for (const kind of ['setting', 'secretStore', 'deliver'] as const)
      assert.equal(commandOf(step(kind, 'x', 'password'), files), undefined);
  });
});

describe('what remains to be done by hand', () => {
  it('is told for each kind of place', async () => {
    const ci = lookUp('password', 'ci', 'KMS_PW');
    const client = (...members: Parameters<typeof lookUp>[]) => members.map((one) => lookUp(...one));
    const told = {
      'A.java': {
        clients: { one: client(['keyFile', 'environment', 'CK'], ['password', 'settings', 'kms.pw']) },
      },
      'secret.yaml': {
        notation: 'yaml',
        clients: {
          sealed: [
            { role: 'keyContent', name: 'clientkey', obstacle: 'encrypted' },
            { role: 'password', name: 'pw', obstacle: 'encrypted' },
          ],
        },
      },
      '.github/workflows/a.yml': { notation: 'yaml', clients: { one: [keyFile('/srv/old.json'), ci] } },
      '.gitlab-ci.yml': { notation: 'yaml', clients: { one: [lookUp('keyContent', 'ci', 'CK'), ci] } },
      Jenkinsfile: { notation: 'groovy', clients: { one: [lookUp('keyFile', 'ci', 'ck-file'), password()] } },
    } as const;
    const groups = clientGroups(await link(told));
    assert.deepEqual(
      groups.map(({ manualSteps }) => manualSteps.map(({ kind, name, role }) => `${kind} ${name} ${role}`)),
      [
        ['environment CK keyFile', 'setting kms.pw password'],
        ['secretStore clientkey keyContent', 'secretStore pw password'],
        ['deliver /srv/old.json keyFile', 'githubSecret KMS_PW password'],
        ['gitlabVariable CK keyContent', 'gitlabVariable KMS_PW password'],
        ['secretStore ck-file keyFile'],
      ],
    );
  });
});
