import assert from 'node:assert/strict';
import { scanWorkspace } from '../../../../src/references/scan/scan';
import { credentialText, notations, OLD_KEY, temporaryFolder, writeFiles } from '../demoWorkspace';
import { clientGroups, show } from './workspace';

const JAVA = `import com.aliyun.dkms.gcs.openapi.models.Config;

class A {
    Object config(java.util.Properties p) {
        return new Config().setClientKeyFile("keys/old.json").setPassword(p.getProperty("orders.secret"));
    }
}
`;
/** Nothing in it speaks of a client key: it is read because of the name that the source looks up. */
const PROPERTIES = `orders.secret=\${ORDERS_SECRET:OldPw1!x&y}\n`;

async function scan(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  writeFiles(folder, { 'keys/old.json': credentialText(OLD_KEY), ...files });
  const found = await scanWorkspace({ folders: [folder], keyId: OLD_KEY, exclude: [] }, notations);
  return clientGroups(found).map(({ ticked, references }) => [
    ticked,
    ...references.map((one) => show(folder, one)),
  ]);
}

describe('a scan for what sets a name', () => {
  it('reads a file in which nothing else is of interest, and takes the default in it', async () => {
    assert.deepEqual(await scan({ 'A.java': JAVA, 'application.properties': PROPERTIES }), [
      [true, 'A.java keyFile', 'A.java password (lookup)', 'application.properties password'],
    ]);
  });

  it('follows a chain through such files, where a default that says something else does not count', async () => {
    const chain = { 'A.java': JAVA, 'application.properties': PROPERTIES };
    assert.deepEqual(await scan({ ...chain, 'run.sh': 'export ORDERS_SECRET=OldPw1!new\n' }), [
      [
        true,
        'A.java keyFile',
        'A.java password (lookup)',
        'application.properties password (lookup)',
        'run.sh password',
      ],
    ]);
    assert.deepEqual(await scan({ ...chain, 'run.sh': "export ORDERS_SECRET='OldPw1!x&y'\n" }), [
      [
        true,
        'A.java keyFile',
        'A.java password (lookup)',
        'application.properties password',
        'run.sh password',
      ],
    ]);
  });

  it('knows a default beside its look-up as one, whichever of them counts', async () => {
    const java = JAVA.replace('p.getProperty("orders.secret")', 'System.getenv("ORDERS_SECRET")');
    const files = { 'A.java': java, '.env': `ORDERS_SECRET="\${VAULT_SECRET:-OldPw1x}"\n` };
    const rest = ['A.java keyFile', 'A.java passwordEnv (lookup)', '.env password (lookup)'];
    assert.deepEqual(await scan(files), [[true, ...rest, '.env password']]);
    assert.deepEqual(await scan({ ...files, 'x.sh': 'VAULT_SECRET=OldPw1new\n' }), [
      [true, ...rest, '.env password (ambiguous)', 'x.sh password'],
    ]);
    assert.deepEqual(await scan({ ...files, 'x.sh': 'VAULT_SECRET=OldPw1x\n' }), [
      [true, ...rest, '.env password', 'x.sh password'],
    ]);
  });
});
