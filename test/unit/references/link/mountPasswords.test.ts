import assert from 'node:assert/strict';
import { credentialText, NEW_KEY, NEW_PASSWORD, OLD_KEY, OLD_PASSWORD, OTHER_KEY } from '../demoWorkspace';
import { oldFiles, openBench } from '../plan/planSupport';

/** Holds nothing that a password could be tried on. */
const dummy = credentialText(OLD_KEY, 'MII');
const OLD_NAME = `clientKey_${OLD_KEY}.json`;
const NEW_NAME = `clientKey_${NEW_KEY}.json`;

const image = (...lines: string[]) => `FROM scratch\n${lines.join('\n')}\n`;

/** Role and obstacle of all that a Dockerfile holds. */
async function listed(files: Readonly<Record<string, string>>, file = 'Dockerfile') {
  const bench = await openBench(files);
  const groups = (await bench.groups()).filter(({ id }) => id.includes(`${file}#`));
  return groups.map(({ ticked, references }) => [
    ticked,
    ...references.map(({ role, notEditable }) => notEditable ?? role),
  ]);
}

describe('a password beside a mounted credential', () => {
  it('is of the same client, and both change', async () => {
    const { old } = await oldFiles();
    for (const content of [old, dummy]) {
      const copy = `COPY keys/${OLD_NAME} /app/`;
      const bench = await openBench({
        [`keys/${OLD_NAME}`]: content,
        Dockerfile: image(copy, `ENV KMS_PASSWORD='${OLD_PASSWORD}' DB_PASSWORD=Sup3rS3cret`),
      });
      const plan = await bench.plan();
      assert.deepEqual(plan.refused, []);
      bench.write(plan);
      assert.equal(
        bench.read('Dockerfile'),
        image(`COPY keys/${NEW_NAME} /app/`, `ENV KMS_PASSWORD='${NEW_PASSWORD}' DB_PASSWORD=Sup3rS3cret`),
      );
    }
  });

  it('is recognised by what it opens whatever its name, and never by a name of others', async () => {
    const { old } = await oldFiles();
    const files = (content: string, name: string, password = OLD_PASSWORD) => ({
      'keys/a.json': content,
      Dockerfile: image('COPY keys/a.json /app/', `ENV ${name}='${password}'`),
    });
    const alone = [[true, 'keyFile']];
    assert.deepEqual(await listed(files(old, 'SOME_PASSWORD')), [[true, 'keyFile', 'password']]);
    assert.deepEqual(await listed(files(dummy, 'SOME_PASSWORD')), alone);
    assert.deepEqual(await listed(files(old, 'KMS_PASSWORD', 'Other1!xyz')), alone);
  });

  it('belongs to none of two keys where it cannot be tried', async () => {
    const files = {
      'keys/a.json': dummy,
      'keys/b.json': credentialText(OTHER_KEY, 'MII'),
      Dockerfile: image('COPY keys/a.json keys/b.json /app/', `ENV KMS_PASSWORD='${OLD_PASSWORD}'`),
    };
    assert.deepEqual((await listed(files)).flat().includes('password'), false);
  });

  it('stays with the client that reads the file through the mount', async () => {
    const { old } = await oldFiles();
    const name = 'ALIBABA_CLOUD_KMS';
    const lines = [
      'COPY keys/a.json /app/',
      `ENV ${name}_CLIENTKEY_FILEPATH=/app/a.json ${name}_PASSWORD='${OLD_PASSWORD}'`,
    ];
    assert.deepEqual(await listed({ 'keys/a.json': old, Dockerfile: image(...lines) }), [
      [true, 'keyFile', 'password', 'keyFile'],
    ]);
  });
});

describe('a mount', () => {
  it('is what the own Dockerfile says, then what is nearest', async () => {
    const { old } = await oldFiles();
    const client = `ENV client_key_private_key_path=/app/client.json client_key_password='${OLD_PASSWORD}'`;
    const files = {
      'one/client.json': old,
      'one/Dockerfile': image('COPY client.json /app/client.json', client),
      'two/client.json': credentialText(OTHER_KEY, 'MII'),
      'two/Dockerfile': image(
        'COPY client.json /app/client.json',
        client.replace(OLD_PASSWORD, 'Other1!xyz'),
      ),
      'two/app/secretsmanager.properties':
        'client_key_private_key_path=/app/client.json\nclient_key_password=Other1!xyz\n',
    };
    const bench = await openBench(files);
    const keys = (await bench.groups()).flatMap(({ id, keyId }) =>
      id.includes('#client_key') || id.includes('.properties')
        ? [[/(?:one|two)\/(?:app\/)?\w+/.exec(id)?.[0], keyId]]
        : [],
    );
    assert.deepEqual(keys, [
      ['one/Dockerfile', OLD_KEY],
      ['two/Dockerfile', OTHER_KEY],
      ['two/app/secretsmanager', OTHER_KEY],
    ]);
  });

  it('of a file that is not here is told by its name, and changes with who reads it', async () => {
    const lines = (file: string, password: string) =>
      image(
        'WORKDIR /app',
        `COPY ${file} keys/`,
        `ENV KMS_CLIENT_KEY_FILE=/app/keys/${file} KMS_CLIENT_KEY_PASSWORD='${password}'`,
      );
    const bench = await openBench({ Dockerfile: lines(OLD_NAME, OLD_PASSWORD) });
    assert.equal((await bench.groups()).filter(({ id }) => id.includes('Dockerfile')).length, 1);
    bench.write(await bench.plan({ groupIds: (await bench.groups()).map(({ id }) => id) }));
    assert.equal(bench.read('Dockerfile'), lines(NEW_NAME, NEW_PASSWORD));
  });
});
