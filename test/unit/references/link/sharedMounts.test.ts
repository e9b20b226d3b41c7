import assert from 'node:assert/strict';
import { OLD_PASSWORD } from '../demoWorkspace';
import { NEW_NAME, oldFiles, openBench } from '../plan/planSupport';

const UNSET = `\${SET_NOWHERE}`;

const client = (key: string, password = OLD_PASSWORD) =>
  `client_key_private_key_path=${key}\nclient_key_password=${password}\n`;

async function openMounted(target: string, second: string) {
  const { old } = await oldFiles();
  return openBench({
    'keys/client.json': old,
    Dockerfile: `FROM scratch\nCOPY keys/client.json ${target}\n`,
    'a.properties': client('/app/client.json'),
    'b.properties': second,
  });
}

describe('a mount that two clients read through', () => {
  it('brings the new file to both of them', async () => {
    for (const target of ['/app/client.json', '/app/']) {
      const bench = await openMounted(target, client('/app/client.json'));
      const plan = await bench.plan();
      assert.deepEqual(plan.refused, []);
      bench.write(plan);
      assert.match(bench.read('Dockerfile'), new RegExp(`^COPY keys/${NEW_NAME} /app/`, 'm'));
      for (const name of ['a.properties', 'b.properties'])
        assert.match(bench.read(name), new RegExp(`=/app/${NEW_NAME}\n`));
    }
  });

  it('keeps its name in the container, and both get the new password', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'keys/client.json': old,
      'compose.yaml': 'services:\n  a:\n    volumes:\n      - ./keys/client.json:/app/key.json:ro\n',
      'a.properties': client('/app/key.json'),
      'b.properties': client('/app/key.json'),
    });
    const plan = await bench.plan();
    assert.deepEqual(plan.refused, []);
    assert.equal(plan.files.length, 3);
    bench.write(plan);
    assert.match(bench.read('compose.yaml'), new RegExp(`\\./keys/${NEW_NAME}:/app/key\\.json:ro`));
    assert.ok(!`${bench.read('a.properties')}${bench.read('b.properties')}`.includes(OLD_PASSWORD));
  });

  it('holds back the one where the other cannot change', async () => {
    const bench = await openMounted('/app/client.json', client('/app/client.json', UNSET));
    const groups = (await bench.groups()).filter(({ id }) => id.includes('.properties'));
    assert.deepEqual(
      groups.map(({ ticked, doubt }) => [ticked, doubt]),
      [
        [false, 'shared'],
        [false, undefined],
      ],
    );
    const plan = await bench.plan({ groupIds: groups.map(({ id }) => id) });
    assert.deepEqual(plan.files, []);
    assert.ok(plan.refused.some(({ reason }) => /through the same mount \(shared\)/.test(reason)));
  });

  it('is refused where only one of them is asked for', async () => {
    const bench = await openMounted('/app/client.json', client('/app/client.json'));
    for (const name of ['a.properties', 'b.properties']) {
      const groupIds = (await bench.groups()).map(({ id }) => id).filter((id) => id.includes(name));
      const plan = await bench.plan({ groupIds });
      assert.deepEqual(plan.files, []);
      assert.equal(plan.refused.length, 1);
    }
  });

  it('belongs to one that changes, where nothing says who reads through it', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'keys/client.json': old,
      Dockerfile: 'FROM scratch\nCOPY keys/client.json /app/\n',
      'a.properties': client('keys/client.json', UNSET),
      'b.properties': client('keys/client.json'),
    });
    const plan = await bench.plan();
    assert.deepEqual(plan.files.map(({ file }) => bench.name(file)).sort(), ['Dockerfile', 'b.properties']);
  });
});
