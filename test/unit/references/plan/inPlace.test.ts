import assert from 'node:assert/strict';
import { NEW_KEY, NEW_PASSWORD, OLD_KEY, OLD_PASSWORD, OTHER_KEY, privateKeys } from '../demoWorkspace';
import { all, envClient, oldFiles, openBench, propertiesClient } from './planSupport';

const KEY = 'keys/client.json';
const PASSWORD = 'keys/pw.txt';

describe('old files with new content', function () {
  this.timeout(30_000);

  it('keep their names, paths and form, and change right after each other', async () => {
    const { old, fresh } = await privateKeys();
    const pretty = (id: string, data: string) =>
      `{\r\n\t"PrivateKeyData" : "${data}",\r\n\t"KeyId" : "${id}"\r\n}\r\n`;
    const source = propertiesClient(KEY, PASSWORD);
    const bench = await openBench({
      [KEY]: pretty(OLD_KEY, old),
      [PASSWORD]: `${OLD_PASSWORD}\n`,
      'kms.properties': source,
    });
    const groups = await bench.groups();
    const plan = await bench.plan({ strategies: all(groups, 'inPlace') });
    assert.deepEqual([plan.refused, plan.copies], [[], []]);
    assert.deepEqual(
      plan.files.map(({ file }) => bench.name(file)),
      [PASSWORD, KEY],
    );
    bench.write(plan);
    assert.equal(bench.read(KEY), pretty(NEW_KEY, fresh));
    assert.equal(bench.read(PASSWORD), `${NEW_PASSWORD}\n`);
    assert.equal(bench.read('kms.properties'), source);
    assert.deepEqual(
      plan.warnings.map(({ kind, file }) => [kind, bench.name(file)]),
      [
        ['notAtomic', PASSWORD],
        ['notAtomic', KEY],
      ],
    );
    const shown = plan.files.map(({ maskedBefore, maskedAfter }) => maskedBefore + maskedAfter).join('\n');
    for (const secret of [OLD_PASSWORD, NEW_PASSWORD, old.slice(0, 24), fresh.slice(0, 24)])
      assert.ok(!shown.includes(secret));
    assert.match(shown, /«old password»[\s\S]*«new password, 33 characters»/);
    assert.match(shown, /«key content KAAP\.66abf237…»[\s\S]*«key content KAAP\.9d01c7e2…»/);
  });

  it('take the literals of all their clients along, each once', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({ [KEY]: old, 'a.env': envClient(KEY), 'b.env': envClient(KEY) });
    const groups = (await bench.groups()).filter((group) => group.ticked);
    const plan = await bench.plan({ strategies: all(groups, 'inPlace') });
    assert.deepEqual(
      plan.files.map(({ file, edits }) => [bench.name(file), edits.length]),
      [
        ['a.env', 1],
        ['b.env', 1],
        [KEY, 1],
      ],
    );
    const credential = plan.files[2]?.edits[0];
    assert.equal(credential?.role, 'credentialFile');
    assert.deepEqual(
      [credential?.groupId, ...(credential?.alsoOf ?? [])],
      groups.map(({ id }) => id),
    );
  });

  it('are refused where a client of the same file does not change with them', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({ [KEY]: old, 'a.env': envClient(KEY), 'b.env': envClient(KEY) });
    const [first] = (await bench.groups()).filter((group) => group.ticked);
    const plan = await bench.plan({
      groupIds: [first?.id ?? ''],
      strategies: all(first === undefined ? [] : [first], 'inPlace'),
    });
    assert.deepEqual([plan.files, plan.refused.length], [[], 1]);
    assert.match(plan.refused[0]?.reason ?? '', /shared/);
  });

  it('are refused with the client that is refused for another reason', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({ [KEY]: old, 'a.env': envClient(KEY), 'b.env': envClient(KEY) });
    const groups = (await bench.groups()).filter((group) => group.ticked);
    const [first] = groups;
    // The one is doubtful all at once: then the other cannot go without it.
    const plan = await bench.plan({
      groupIds: [...groups.map(({ id }) => id).reverse(), 'gone'],
      strategies: { ...all(groups, 'inPlace'), [first?.id ?? '']: 'elsewhere' as 'beside' },
    });
    assert.deepEqual([plan.files, plan.copies, plan.refused.length], [[], [], 3]);
  });

  it('never are a password file that a client of another key reads, too', async () => {
    const { old, other } = await oldFiles();
    const bench = await openBench({
      [KEY]: old,
      'keys/other.json': other,
      [PASSWORD]: OLD_PASSWORD,
      'a.properties': propertiesClient(KEY, PASSWORD),
      'b.properties': propertiesClient('keys/other.json', PASSWORD),
    });
    const groups = (await bench.groups()).filter((group) => group.ticked);
    assert.deepEqual(
      groups.map(({ strategies }) => strategies),
      [['beside']],
    );
    const refused = await bench.plan({ strategies: all(groups, 'inPlace') });
    assert.deepEqual([refused.files, refused.refused.length], [[], 1]);
    const plan = await bench.plan();
    bench.write(plan);
    assert.equal(bench.read(PASSWORD), OLD_PASSWORD);
    assert.match(bench.read('a.properties'), new RegExp(`clientKey_${NEW_KEY}_Password\\.txt`));
    assert.ok(bench.read('keys/other.json').includes(OTHER_KEY));
  });

  it('are what a class-path resource becomes unasked, credential file ticked', async () => {
    const { old } = await oldFiles();
    const resource = 'src/main/resources/client.json';
    const bench = await openBench({
      [resource]: old,
      'src/main/java/A.java': `import com.aliyun.kms.*;\nclass A { Object c = new KmsConfig().setClientKeyFile("client.json").setPassword("${OLD_PASSWORD}"); }\n`,
    });
    const plan = await bench.plan();
    assert.deepEqual(plan.refused, []);
    assert.deepEqual(
      plan.files.map(({ file }) => bench.name(file)),
      ['src/main/java/A.java', resource],
    );
    bench.write(plan);
    assert.ok(bench.read(resource).includes(NEW_KEY));
    assert.match(bench.read('src/main/java/A.java'), /setClientKeyFile\("client\.json"\)/);
  });
});
