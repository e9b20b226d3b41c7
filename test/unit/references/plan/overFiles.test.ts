import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Notations } from '../../../../src/references/notations';
import { planPatch } from '../../../../src/references/plan/plan';
import { NEW_KEY, NEW_PASSWORD, notations, OLD_KEY, OLD_PASSWORD } from '../demoWorkspace';
import { envClient, NEW_NAME, oldFiles, openBench } from './planSupport';

const JAVA =
  'import com.aliyun.kms.*;\nclass A { Object c = new KmsConfig().setClientKeyFile("keys/client.json").setPassword(System.getenv("KMS_PW")); }\n';
const ENV = `# application\nKMS_PW='${OLD_PASSWORD}'\nOTHER=1\n`;

/** A client whose password is set in another file. */
async function openSplit(more: Readonly<Record<string, string>> = {}) {
  const { old } = await oldFiles();
  return openBench({ 'keys/client.json': old, 'src/A.java': JAVA, '.env': ENV, ...more });
}

describe('a client over several files', function () {
  this.timeout(30_000);

  it('changes in all of them, and the plan says that this is not at once', async () => {
    const bench = await openSplit();
    const plan = await bench.plan();
    assert.deepEqual(plan.refused, []);
    bench.write(plan);
    assert.equal(bench.read('src/A.java'), JAVA.replace('client.json', NEW_NAME));
    assert.equal(bench.read('.env'), ENV.replace(OLD_PASSWORD, NEW_PASSWORD));
    assert.deepEqual(
      plan.warnings.map(({ kind, file }) => [kind, bench.name(file)]),
      [
        ['notAtomic', 'src/A.java'],
        ['notAtomic', '.env'],
      ],
    );
    const env = plan.files.find(({ file }) => file.endsWith('.env'));
    assert.ok(!(env?.maskedBefore ?? OLD_PASSWORD).includes(OLD_PASSWORD));
    assert.match(env?.maskedAfter ?? '', /KMS_PW='«new password, 33 characters»'/);
  });

  it('changes in none of them where one cannot be proven, and takes no other client along', async () => {
    const bench = await openSplit({ 'other.env': envClient('keys/client.json').replaceAll("'", '') });
    const groups = await bench.groups();
    // An encoder that forgets the quotes of the one password.
    const broken: Notations = {
      ...notations,
      named(name) {
        const notation = notations.named(name);
        if (notation === undefined || name !== 'dotenv') return notation;
        const { encode } = notation;
        return {
          ...notation,
          encode: (value, raw, form) => (raw.includes("'") ? `${value}'` : encode(value, raw, form)),
        };
      },
    };
    const order = {
      folders: [bench.folder],
      keyId: OLD_KEY,
      exclude: [],
      groupIds: groups.filter((group) => group.ticked).map((group) => group.id),
      replacement: bench.replacement,
    };
    const plan = await planPatch(order, broken, { isCommitted: async () => false });
    assert.deepEqual(
      plan.files.map(({ file }) => bench.name(file)),
      ['other.env'],
    );
    assert.deepEqual(
      plan.copies.map(({ groupIds }) => groupIds.length),
      [1],
    );
    assert.equal(plan.refused.length, 1);
    for (const { reason } of plan.refused) assert.match(reason, /does not read back as intended/);
  });

  it('goes without the client that is refused, also where both stand in one file', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'a/client.json': old,
      'b/client.json': old,
      [`b/${NEW_NAME}`]: 'somebody else',
      'A.java': ['a', 'b']
        .map(
          (name) =>
            `class ${name} { Object c = new com.aliyun.kms.kms20160120.model.KmsConfig().setClientKeyFile("${name}/client.json").setPassword("${OLD_PASSWORD}"); }`,
        )
        .join('\n'),
    });
    const plan = await bench.plan();
    assert.equal(plan.refused.length, 1);
    bench.write(plan);
    const after = bench.read('A.java');
    assert.ok(after.includes(`a/${NEW_NAME}`) && after.includes('b/client.json'));
    assert.equal(after.split(NEW_PASSWORD).length, 2);
    assert.equal(after.split(OLD_PASSWORD).length, 2);
  });

  it('is refused for a doubt that has come up since, not for one that was shown', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'keys/client.json': old,
      '.env': envClient('keys/client.json', 'stalePw123'),
    });
    const [group] = (await bench.groups()).filter(({ doubt }) => doubt === 'notOpened');
    const groupIds = [group?.id ?? ''];
    const unseen = await bench.plan({ groupIds, doubts: {} });
    assert.deepEqual(
      unseen.refused.map(({ reason }) => reason),
      ['It has become doubtful since it was looked at (notOpened).'],
    );
    const seen = await bench.plan({ groupIds, doubts: { [group?.id ?? '']: 'notOpened' } });
    assert.deepEqual([seen.refused, seen.files.length], [[], 1]);
    assert.equal((await bench.plan({ groupIds })).files.length, 1, 'nothing is compared unasked');
  });

  it('is refused in a way that it cannot go', async () => {
    const { old } = await oldFiles();
    const key = `keys/clientKey_${OLD_KEY}.json`;
    const bench = await openBench({ [key]: old, '.env': envClient(key) });
    const id = `${join(bench.folder, '.env')}#ALIBABA_CLOUD_KMS`;
    const plan = await bench.plan({ groupIds: [id], strategies: { [id]: 'inPlace' } });
    assert.deepEqual(plan.refused, [{ groupId: id, reason: 'It cannot be patched in this way (inPlace).' }]);
  });

  it('with the credential as text gets the new one in the form of the old', async () => {
    const { old } = await oldFiles();
    const spaced = JSON.stringify(JSON.parse(old), null, 1).replaceAll('\n', '');
    const bench = await openBench({
      '.env': `KMS_CLIENT_KEY_CONTENT='${spaced}'\nKMS_PASSWORD='${OLD_PASSWORD}'\n`,
    });
    const plan = await bench.plan();
    assert.deepEqual([plan.refused, plan.copies], [[], []]);
    bench.write(plan);
    assert.match(
      bench.read('.env'),
      new RegExp(`^KMS_CLIENT_KEY_CONTENT='\\{ "KeyId": "${NEW_KEY}", "PrivateKeyData": "[^" ]+"\\}'$`, 'm'),
    );
  });
});
