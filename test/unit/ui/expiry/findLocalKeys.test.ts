import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createBackground } from '../../../../src/references/background';
import { findLocalKeys } from '../../../../src/ui/expiry/findLocalKeys';
import {
  copyDemo,
  credentialText,
  grammarsFolder,
  NEW_KEY,
  OLD_KEY,
  OLD_PASSWORD,
  OTHER_KEY,
  privateKeys,
  root,
  temporaryFolder,
  writeFiles,
} from '../../references/demoWorkspace';

const UNTIL = Date.UTC(2027, 0, 1);
const NOTHING_LEFT_OUT = { exclude: [], encodings: {} };

describe('client keys of the credential files of a workspace', function () {
  this.timeout(30_000);
  const worker = createBackground({
    workerFile: join(root, 'src', 'references', 'worker.ts'),
    grammarsFolder,
    execArgv: ['--require', 'tsx/cjs'],
  });
  after(() => worker.dispose());

  const found = async (...folders: string[]) => {
    const keys = await findLocalKeys(folders, worker, NOTHING_LEFT_OUT);
    return keys.map(({ id, file, folder, notAfter }) => [id, file.slice(folder.length + 1), notAfter]);
  };

  it('are found with the password beside them, once each', async () => {
    const folder = await copyDemo();
    assert.deepEqual(await found(folder, folder), [
      [OLD_KEY, `keys/clientKey_${OLD_KEY}.json`, UNTIL],
      [NEW_KEY, `keys/clientKey_${NEW_KEY}.json`, UNTIL],
    ]);
  });

  it('are found with a password that stands in a file which names both', async () => {
    const folder = temporaryFolder();
    const { old } = await privateKeys();
    writeFiles(folder, {
      'conf/app.json': credentialText(OLD_KEY, old),
      '.env': `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=conf/app.json\nALIBABA_CLOUD_KMS_PASSWORD=${OLD_PASSWORD}\n`,
    });
    assert.deepEqual(await found(folder), [[OLD_KEY, 'conf/app.json', UNTIL]]);
  });

  it('are not told where no password opens them, and hide no others', async () => {
    const folder = await copyDemo();
    rmSync(join(folder, 'keys', `clientKey_${NEW_KEY}_Password.txt`));
    writeFiles(folder, {
      'damaged/clientKey.json': credentialText(OTHER_KEY),
      'damaged/clientKey_Password.txt': OLD_PASSWORD,
    });
    assert.deepEqual(
      (await found(folder)).map(([id]) => id),
      [OLD_KEY],
    );
  });

  it('follow the file when it moves', async () => {
    const folder = await copyDemo();
    renameSync(join(folder, 'keys'), join(folder, 'secrets'));
    assert.deepEqual(
      (await found(folder)).map(([, file]) => file),
      [`secrets/clientKey_${OLD_KEY}.json`, `secrets/clientKey_${NEW_KEY}.json`],
    );
  });
});
