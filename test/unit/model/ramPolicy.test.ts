import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { actionsOf, NEEDS_NO_PERMISSION, ramActionOf, ramPolicy } from '../../../src/model/ramPolicy';

const ROOT = path.join(__dirname, '../../..');

/** What src/cloud names in quotes like an operation: by the verbs that KMS and the log service begin theirs with. */
function calledOperations(): string[] {
  const folder = path.join(ROOT, 'src/cloud');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const names = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(OPERATION)])
    .map((match) => match[1] ?? '');
  return [...new Set(names)].sort();
}

const OPERATION = /'((?:List|Get|Describe|Create|Delete|Update|Put|Set)[A-Z]\w+)'/g;

const policySchema = v.strictObject({
  Version: v.literal('1'),
  Statement: v.array(
    v.strictObject({
      Effect: v.literal('Allow'),
      Action: v.array(v.string()),
      Resource: v.union([v.string(), v.array(v.string())]),
    }),
  ),
});

function parsed(text: string) {
  return v.parse(policySchema, JSON.parse(text));
}

describe('RAM policy', () => {
  it('allows every operation that the cloud room calls, and no other', () => {
    const operations = calledOperations();
    assert.ok(operations.length >= 12, operations.join());
    const needed = operations.filter((name) => !NEEDS_NO_PERMISSION.includes(name)).map(ramActionOf);
    assert.deepEqual([...new Set(needed)].sort(), actionsOf('rotation'));
  });

  it('knows the actions that the log service calls by other names than its operations', () => {
    assert.equal(ramActionOf('GetLogsV2'), 'log:GetLogStoreLogs');
    assert.equal(ramActionOf('GetHistograms'), 'log:GetLogStoreHistogram');
  });

  it('for reading changes nothing', () => {
    const extra = actionsOf('rotation').filter((action) => !actionsOf('readOnly').includes(action));
    assert.deepEqual(extra, ['kms:CreateClientKey', 'kms:DeleteClientKey']);
  });

  it('takes in an action that the service named, unless it would let a reader write', () => {
    assert.ok(actionsOf('readOnly', 'kms:ListKmsInstances').includes('kms:ListKmsInstances'));
    assert.deepEqual(actionsOf('readOnly', 'kms:DeleteClientKey'), actionsOf('readOnly'));
    assert.deepEqual(actionsOf('rotation', 'kms:DeleteClientKey'), actionsOf('rotation'));
  });

  it('is JSON for the RAM console that names only audit logs of KMS', () => {
    const { Statement } = parsed(ramPolicy('rotation', 'sts:AssumeRole'));
    assert.deepEqual(
      Statement.map(({ Resource }) => Resource),
      ['*', 'acs:log:*:*:project/kms-log-*'],
    );
    assert.deepEqual(
      Statement.flatMap(({ Action }) => Action).sort(),
      [...actionsOf('rotation'), 'sts:AssumeRole'].sort(),
    );
    assert.ok(Statement[1]?.Action.every((action) => action.startsWith('log:')));
  });

  it('names the projects of chosen logs, and nothing that is no project', () => {
    const { Statement } = parsed(ramPolicy('readOnly', undefined, ['central-audit', 'a"/*']));
    assert.deepEqual(Statement[1]?.Resource, [
      'acs:log:*:*:project/kms-log-*',
      'acs:log:*:*:project/central-audit/*',
    ]);
  });

  it('is what the README asks for', () => {
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const section = readme.slice(readme.indexOf('\n## Permissions'), readme.indexOf('\n## Privacy'));
    const named = [...section.matchAll(/`((?:kms|log):\w+)`/g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(named)].sort(), actionsOf('rotation'));
  });
});
