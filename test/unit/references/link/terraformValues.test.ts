import assert from 'node:assert/strict';
import { basename, dirname } from 'node:path';
import { OLD_PASSWORD } from '../demoWorkspace';
import { oldFiles, openBench } from '../plan/planSupport';

const VALUES = JSON.stringify({ client_key_password: OLD_PASSWORD, client_key_file: 'keys/client.json' });
const HCL_VALUES = `client_key_password = "${OLD_PASSWORD}"\nclient_key_file = "keys/client.json"\n`;
const RESOURCE = [
  'resource "alicloud_kms_client_key" "k" {',
  '  password = var.client_key_password',
  '  private_key_data_file = format("./%s", var.client_key_file)',
  '}',
  '',
].join('\n');
const PROVIDER = 'provider "app" {\n  password = var.client_key_password\n}\n';

describe('values of Terraform', () => {
  it('are left alone where a client key is made from them, and changed where it is not', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'keys/client.json': old,
      'made/main.tf': RESOURCE,
      'made/prod.tfvars.json': VALUES,
      'made/env/test.auto.tfvars.json': VALUES,
      'used/main.tf': PROVIDER,
      'used/prod.tfvars.json': VALUES,
    });
    const groups = (await bench.groups()).filter(({ id }) => id.includes('.tfvars.json'));
    const shown = groups.map(({ references, ticked }) => [
      references.map(({ file }) => basename(dirname(file)))[0],
      references.map(({ notEditable }) => notEditable),
      ticked,
    ]);
    assert.deepEqual(shown.sort(), [
      ['env', ['replaces', 'replaces'], false],
      ['made', ['replaces', 'replaces'], false],
      ['used', [undefined, undefined], true],
    ]);
  });

  it('are never changed in the language of Terraform, and it is said why', async () => {
    const { old } = await oldFiles();
    const bench = await openBench({
      'keys/client.json': old,
      'made/main.tf': RESOURCE,
      'made/prod.tfvars': HCL_VALUES,
      'used/main.tf': PROVIDER,
      'used/prod.tfvars': HCL_VALUES,
    });
    const groups = (await bench.groups()).filter(({ id }) => id.includes('.tfvars'));
    assert.deepEqual(groups.flatMap(({ references }) => references.map((one) => one.notEditable)).sort(), [
      'replaces',
      'replaces',
      'unsupported',
      'unsupported',
    ]);
  });
});
