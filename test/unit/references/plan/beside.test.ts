import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { NEW_KEY, NEW_PASSWORD, OLD_KEY, OLD_PASSWORD, temporaryFolder, writeFiles } from '../demoWorkspace';
import { envClient, NEW_NAME, NEW_PASSWORD_NAME, oldFiles, openBench, propertiesClient } from './planSupport';

describe('new files beside the old ones', function () {
  this.timeout(30_000);

  it('are copies in the folder of each old file, and the paths change their last name alone', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'a/keys/client.json': old,
      'a/passwords/pw.txt': OLD_PASSWORD,
      'a/kms.properties': propertiesClient('./keys/client.json', 'passwords/pw.txt'),
    });
    const plan = await bench.plan();
    assert.deepEqual(plan.refused, []);
    bench.write(plan);
    assert.deepEqual(plan.copies.map(({ file }) => bench.name(file)).sort(), [
      `a/keys/${NEW_NAME}`,
      `a/passwords/${NEW_PASSWORD_NAME}`,
    ]);
    assert.equal(
      bench.read('a/kms.properties'),
      propertiesClient(`./keys/${NEW_NAME}`, `passwords/${NEW_PASSWORD_NAME}`),
    );
    assert.equal(bench.read(`a/passwords/${NEW_PASSWORD_NAME}`), NEW_PASSWORD);
    assert.equal(bench.read('a/keys/client.json'), old, 'the old files stay');
    assert.deepEqual(plan.warnings, []);
  });

  it('are one copy for two clients, which knows both', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'keys/client.json': old,
      'a.env': envClient('keys/client.json'),
      'b.env': envClient('keys/client.json'),
    });
    const plan = await bench.plan();
    assert.deepEqual(
      plan.copies.map(({ file, groupIds }) => [bench.name(file), groupIds.length]),
      [[`keys/${NEW_NAME}`, 2]],
    );
  });

  it('are none where the new files lie there already', async () => {
    const { old } = await oldFiles();
    const first = await openBench({ 'keys/client.json': old, '.env': envClient('keys/client.json') });
    const credentialFile = join(first.folder, 'keys', NEW_NAME);
    const bench = await openBench(
      { 'keys/client.json': old, '.env': envClient('keys/client.json') },
      { credentialFile },
    );
    assert.equal((await bench.plan()).refused.length, 1, 'the new credential cannot be read');
    const inside = join(bench.folder, 'keys', NEW_NAME);
    const plan = await bench.plan({ replacement: { ...bench.replacement, credentialFile: inside } });
    assert.deepEqual([plan.copies, plan.refused, plan.files.length], [[], [], 1]);
  });

  it('never replace a file of another content', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'keys/client.json': old,
      [`keys/${NEW_NAME}`]: '{}',
      '.env': envClient('keys/client.json'),
    });
    const plan = await bench.plan();
    assert.deepEqual([plan.copies, plan.files], [[], []]);
    assert.match(plan.refused[0]?.reason ?? '', /another content/);
  });

  it('keep the form of a password file that is JSON', async () => {
    const { old } = await oldFiles();
    const json = JSON.stringify({ ClientKeyPassword: OLD_PASSWORD }, null, 2);
    const bench = await openBench({
      'keys/client.json': old,
      [`keys/password_${OLD_KEY}.json`]: json,
      'kms.properties': propertiesClient('keys/client.json', `keys/password_${OLD_KEY}.json`),
    });
    const plan = await bench.plan({ groupIds: (await bench.groups()).map(({ id }) => id).slice(0, 1) });
    bench.write(plan);
    assert.equal(
      bench.read(`keys/password_${NEW_KEY}.json`),
      JSON.stringify({ ClientKeyPassword: NEW_PASSWORD }, null, 2),
    );
    assert.match(bench.read('kms.properties'), new RegExp(`=keys/password_${NEW_KEY}\\.json`));
  });

  it('are never put outside of the workspace folder, nor into build output: those are to be delivered', async () => {
    const { old } = await oldFiles();
    const outside = temporaryFolder();
    writeFiles(outside, { 'client.json': old, 'linked/client.json': old });
    const bench = await openBench({
      'absolute.env': envClient(join(outside, 'client.json')),
      'absent.env': envClient(`/srv/app/clientKey_${OLD_KEY}.json`),
      'dist/keys/client.json': old,
      'built.env': envClient('dist/keys/client.json'),
    });
    const groupIds = (await bench.groups()).map(({ id }) => id);
    const plan = await bench.plan({ groupIds });
    assert.deepEqual(plan.copies, []);
    bench.write(plan);
    assert.match(bench.read('absolute.env'), new RegExp(`=${join(outside, NEW_NAME)}\n`));
    assert.match(bench.read('absent.env'), new RegExp(`=/srv/app/${NEW_NAME}\n`));
    const delivers = plan.warnings
      .filter(({ kind }) => kind === 'deliverFiles')
      .map(({ file }) => bench.name(file));
    assert.ok(delivers.includes('absolute.env') && delivers.includes('absent.env'));
  });

  it('are put where a link in the workspace leads only if that is inside', async () => {
    const { old } = await oldFiles();
    const outside = temporaryFolder();
    writeFiles(outside, { 'client.json': old });
    const bench = await openBench({ 'real/client.json': old });
    symlinkSync(join(bench.folder, 'real'), join(bench.folder, 'inside'));
    symlinkSync(outside, join(bench.folder, 'outside'));
    writeFiles(bench.folder, {
      'inside.env': envClient('inside/client.json'),
      'outside.env': envClient('outside/client.json'),
    });
    const plan = await bench.plan({ groupIds: (await bench.groups()).map(({ id }) => id) });
    assert.deepEqual(
      plan.copies.map(({ file }) => bench.name(file)),
      [`inside/${NEW_NAME}`],
    );
  });

  it('follow a mount: its source is named anew, a stable name in the container stays', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'keys/client.json': old,
      Dockerfile: [
        'FROM scratch',
        'COPY keys/client.json /run/kms/key.json',
        'ENV ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=/run/kms/key.json',
        `ENV ALIBABA_CLOUD_KMS_PASSWORD='${OLD_PASSWORD}'`,
        '',
      ].join('\n'),
    });
    const plan = await bench.plan();
    assert.deepEqual(plan.refused, []);
    bench.write(plan);
    const after = bench.read('Dockerfile');
    assert.match(after, new RegExp(`^COPY keys/${NEW_NAME} /run/kms/key\\.json$`, 'm'));
    assert.match(after, /^ENV ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=\/run\/kms\/key\.json$/m);
    assert.deepEqual(
      plan.copies.map(({ file }) => bench.name(file)),
      [`keys/${NEW_NAME}`],
    );
  });

  it('say what git makes of them', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({ 'keys/client.json': old, '.env': envClient('keys/client.json') });
    const kinds = async (state: string) =>
      (await bench.plan({ git: () => state })).warnings.map(
        ({ kind, file }) => `${kind} ${bench.name(file)}`,
      );
    assert.deepEqual(await kinds('ignored'), [`ignoredTarget keys/${NEW_NAME}`]);
    assert.deepEqual(await kinds('notIgnored'), ['commitsPassword .env', `committedCopy keys/${NEW_NAME}`]);
    assert.deepEqual(await kinds('notInWorkTree'), []);
  });
});
