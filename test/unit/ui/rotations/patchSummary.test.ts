import assert from 'node:assert/strict';
import type { ManualStep, ReferenceGroup } from '../../../../src/model/reference';
import { Secret } from '../../../../src/model/secret';
import type { WorkspacePatchPlan } from '../../../../src/rotation/rotations';
import { patchSummary } from '../../../../src/ui/rotations/patchSummary';
import { plain } from '../plain';

const FOLDER = '/w';
const PLAN: WorkspacePatchPlan = {
  rotationId: 'r1',
  folder: FOLDER,
  groupIds: ['a'],
  exclude: [],
  replacement: {
    keyId: 'KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a',
    password: new Secret('NewPw1!canary'),
    credentialFile: '/w/keys/clientKey_new.json',
    passwordFile: '/w/keys/clientKey_new_Password.txt',
  },
  copies: [],
  files: [],
  warnings: [],
  refused: [],
};

function group(file: string, extra: Partial<ReferenceGroup> = {}): ReferenceGroup {
  return {
    id: file,
    references: [
      {
        file: `${FOLDER}/${file}`,
        range: { start: 0, end: 1, line: 3, column: 9 },
        role: 'keyFile',
        notation: 'yaml',
        groupId: file,
        confidence: 'confirmed',
      },
    ],
    confidence: 'confirmed',
    ticked: true,
    editable: true,
    strategies: ['beside', 'inPlace'],
    manualSteps: [],
    ...extra,
  };
}

describe('summary of a patch', () => {
  it('says for each client how it gets the new credential', () => {
    const groups = [
      { group: group('app.yml'), strategy: 'beside' as const },
      { group: group('web.yml'), strategy: 'inPlace' as const },
      { group: group('content.yml'), strategy: undefined },
    ];
    assert.equal(
      patchSummary(PLAN, groups, plain),
      [
        'What changes',
        '  new file beside the old one, and its path: app.yml:3',
        '  new content, same file names: web.yml:3',
        '  the value itself: content.yml:3',
        '',
      ].join('\n'),
    );
  });

  it('names what the patch cannot do by itself, and holds no secret', () => {
    const steps = [{ kind: 'githubSecret' as const, name: 'KMS_PASSWORD', role: 'password' as const }];
    const plan: WorkspacePatchPlan = {
      ...PLAN,
      copies: [
        {
          file: '/w/app/clientKey_new.json',
          content: new TextEncoder().encode('NewPw1!canary'),
          groupIds: [],
        },
      ],
      warnings: [
        { kind: 'ignoredTarget', file: '/w/app.yml' },
        { kind: 'commitsPassword', file: '/w/app.yml' },
        { kind: 'ignoredTarget', file: '/w/app.yml' },
      ],
      refused: [{ groupId: 'x', reason: 'no' }],
    };
    const text = patchSummary(
      plan,
      [{ group: group('app.yml', { manualSteps: steps }), strategy: 'beside' }],
      plain,
    );
    assert.match(text, /New files\n {2}app\/clientKey_new\.json\n/);
    assert.equal(text.match(/git ignores this new file/g)?.length, 1);
    assert.match(text, /this commits a password; a file that git ignores would be safer: app\.yml/);
    assert.match(text, /KMS_PASSWORD is a secret of GitHub Actions\n.*gh secret set KMS_PASSWORD < /);
    assert.match(text, /1 groups cannot be patched safely/);
    assert.ok(!text.includes('canary'));
  });

  it('shows a command that does two steps once', () => {
    const secret = (key: string, role: ManualStep['role']): ManualStep => ({
      kind: 'kubernetesSecret',
      name: `shop/kms/${key}`,
      role,
    });
    const manualSteps = [secret('clientkey', 'keyContent'), secret('password', 'password')];
    const text = patchSummary(
      PLAN,
      [{ group: group('app.yml', { manualSteps }), strategy: undefined }],
      plain,
    );
    assert.match(
      text,
      /shop\/kms\/clientkey is in .*\n *shop\/kms\/password is in .*\n *kubectl .*clientkey=.*password=/,
    );
    assert.equal(text.match(/kubectl create/g)?.length, 1);
  });
});
