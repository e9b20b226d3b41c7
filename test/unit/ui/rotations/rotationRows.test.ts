import assert from 'node:assert/strict';
import type { Doubt, ReferenceGroup, ScanResult } from '../../../../src/model/reference';
import type { Rotation } from '../../../../src/model/rotation';
import { type Card, tickedGroups } from '../../../../src/ui/rotations/board';
import {
  type RotationNode,
  rotationChildren,
  type StepName,
  stepErrorOf,
} from '../../../../src/ui/rotations/rotationNodes';
import { rotationRowOf } from '../../../../src/ui/rotations/rotationRows';
import type { RotationRowContext } from '../../../../src/ui/rotations/stepLook';
import { plain } from '../plain';

const NOW = Date.UTC(2026, 10, 24, 12);
const FOLDER = '/home/dev/shop-api';

const ROTATION: Rotation = {
  id: 'r1',
  revision: 3,
  state: 'created',
  aap: { accountId: 'environment', regionId: 'cn-hangzhou', aapName: 'payments-aap' },
  oldKey: { id: 'KAAP.66abf237-0000-4000-8000-00000006b8cf', notBefore: 1, notAfter: 2 },
  newKey: { id: 'KAAP.9d01c7e2-0000-4000-8000-00000006b8cf', notBefore: 1, notAfter: NOW + 1000 },
  files: { credentialFile: '/k/new.json', passwordFile: '/k/new.txt' },
  request: { notBefore: 1, notAfter: 2, keysBefore: [] },
  createdAt: NOW - 7_200_000,
  unsaved: false,
  proven: true,
  workspaces: [],
  retired: [],
  places: [],
  startedAt: NOW,
  updatedAt: NOW,
};

function group(id: string, extra: Partial<ReferenceGroup> = {}): ReferenceGroup {
  const range = { start: 10, end: 20, line: 9, column: 3 };
  const reference = {
    file: `${FOLDER}/${id}`,
    range,
    role: 'keyFile' as const,
    notation: 'properties' as const,
    groupId: id,
    confidence: 'confirmed' as const,
  };
  return {
    id,
    references: [reference],
    confidence: 'confirmed',
    ticked: true,
    editable: true,
    strategies: [],
    manualSteps: [],
    ...extra,
  };
}

function scan(...groups: ReferenceGroup[]): ScanResult {
  return { groups, filesSeen: 5, skipped: [] };
}

function card(extra: Partial<Card> = {}, rotation: Partial<Rotation> = {}): Card {
  return {
    rotation: { ...ROTATION, ...rotation },
    scans: undefined,
    reading: undefined,
    references: undefined,
    oldFiles: [],
    busy: new Set(),
    errors: new Map(),
    strategies: new Map(),
    isTicked: (_, proposed) => proposed,
    ...extra,
  };
}

const CONTEXT: RotationRowContext = {
  t: plain,
  locale: 'en',
  now: () => NOW,
  verdictOptions: { quietPeriodMs: 86_400_000, retired: [] },
  trusted: true,
  hasFolder: true,
};

const NO_PLACES = () => [];

function row(node: RotationNode, context: Partial<RotationRowContext> = {}) {
  return rotationRowOf(node, { ...CONTEXT, ...context });
}

function step(name: StepName, of: Card, context: Partial<RotationRowContext> = {}) {
  return row({ kind: 'step', card: of, step: name }, context);
}

describe('rows of the Rotations view', () => {
  it('tell the state in one line', () => {
    const line = (of: Card) => row({ kind: 'rotation', card: of }).description?.split(' · ')[0];
    assert.equal(line(card({}, { state: 'creating' })), 'creation stopped: resume or abandon');
    assert.equal(line(card()), 'created; references not looked for yet');
    const scans = [{ folder: FOLDER, old: scan(group('a'), group('b')), patched: [] }];
    assert.equal(line(card({ scans })), '2 groups to patch');
    const quiet = {
      kind: 'quiet',
      readAt: NOW,
      since: NOW,
      quietMs: 1,
      neededMs: 1,
      chosenLogs: [],
    } as const;
    const evidence = {
      aap: ROTATION.aap,
      oldKey: { id: ROTATION.oldKey.id, createdAt: 0, notAfter: 1 },
      readAt: NOW,
      sharedGateway: false,
      instances: [],
      requestIds: [],
    };
    const ready = card({ reading: { verdict: quiet, evidence } }, { state: 'watching' });
    assert.equal(line(ready), 'quiet: ready to delete');
    assert.equal(step('delete', ready).description, 'ready: nobody uses the old client key');
    assert.equal(step('delete', card()).description, 'held back until 24 h quiet');
  });

  it('ask for a folder while the credential rests in the storage of the extension', () => {
    const unsaved = card({}, { unsaved: true });
    const text = 'credential not saved yet: resume to choose a folder';
    const rotation = row({ kind: 'rotation', card: unsaved });
    assert.equal(rotation.description?.split(' · ')[0], text);
    assert.ok(rotation.tags.includes('resumable'));
    assert.equal(step('create', unsaved).description, text);
    assert.ok(step('create', unsaved).tags.includes('resumable'));
    assert.ok(!step('create', card()).tags.includes('resumable'));
  });

  it('offer a patch only while something is ticked, and an undo only where something was patched', () => {
    const scans = [{ folder: FOLDER, old: scan(group('a')), patched: [] }];
    assert.ok(step('references', card({ scans })).tags.includes('patchable'));
    assert.ok(!step('references', card({ scans, isTicked: () => false })).tags.includes('patchable'));
    assert.ok(!step('references', card({ scans })).tags.includes('undoable'));
    const edit = { file: 'a', start: 1, length: 1, before: '', after: '', undoKey: 'k' };
    const workspaces = [
      { folder: FOLDER, at: NOW, patchedGroups: 1, leftGroups: 0, manualSteps: 0, edits: [edit] },
    ];
    assert.ok(step('references', card({ scans }, { workspaces })).tags.includes('undoable'));
  });

  it('count patched groups from the scan of the disk', () => {
    const scans = [{ folder: FOLDER, old: scan(group('a')), patched: [group('b'), group('c')] }];
    assert.equal(step('references', card({ scans })).description, '2 of 3 patched in shop-api');
  });

  it('give check boxes to what can be edited, and name the rest as manual steps', () => {
    const manual = group('m', { editable: false, ticked: false });
    const [first] = manual.references;
    const lookup = { ...manual, references: first ? [{ ...first, notEditable: 'lookup' as const }] : [] };
    const of = card({
      scans: [{ folder: FOLDER, old: scan(group('a.env'), lookup), patched: [group('p')] }],
    });
    const nodes = rotationChildren({ kind: 'step', card: of, step: 'references' }, NO_PLACES);
    const [patched, editable, other] = nodes.map((node) => row(node));
    assert.equal(patched?.description, 'patched');
    assert.equal(patched?.checked, undefined);
    assert.equal(editable?.label, 'a.env:9');
    assert.equal(editable?.description, 'confirmed');
    assert.equal(editable?.checked, true);
    assert.equal(other?.checked, undefined);
    assert.equal(other?.description, 'manual step: set elsewhere; change it there');
  });

  it('say of a confirmed group why its box is not ticked', () => {
    const doubted = (doubt: Doubt) => ({ ...group('a.env', { ticked: false }), doubt });
    for (const [doubt, text] of [
      ['notOpened', 'its password does not open its key'],
      ['overridden', 'another file sets only a part of it'],
      ['documentation', 'documentation'],
      ['shared', 'another client uses its files too'],
    ] as const) {
      const of = card({ scans: [{ folder: FOLDER, old: scan(doubted(doubt)), patched: [] }] });
      const [only] = rotationChildren({ kind: 'step', card: of, step: 'references' }, NO_PLACES);
      assert.equal(only === undefined ? '' : row(only).description, text);
    }
  });

  it('put the file and what it needs before its folder, which a narrow side bar cuts off', () => {
    const deep = group('src/main/java/shop/OrderKmsClient.java');
    const holder = { folder: FOLDER, old: scan(deep), patched: [] };
    const of = card({ scans: [holder] });
    const [reference] = deep.references;
    assert.ok(reference);
    const first = row({ kind: 'group', card: of, scan: holder, group: deep, patched: false });
    assert.equal(first.label, 'OrderKmsClient.java:9');
    assert.equal(first.description, 'confirmed · src/main/java/shop');
    assert.match(first.tooltip ?? '', /^src\/main\/java\/shop\/OrderKmsClient\.java:9\n/);
    assert.equal(first.spoken, 'src/main/java/shop/OrderKmsClient.java:9, confirmed, 1 place');
    const second = row({ kind: 'reference', card: of, scan: holder, reference });
    assert.equal(second.label, 'OrderKmsClient.java:9');
    assert.match(second.description ?? '', / · src\/main\/java\/shop$/);
  });

  it('never open a credential file by a click', () => {
    const plainGroup = group('a');
    const [reference] = plainGroup.references;
    assert.ok(reference);
    const holder = { folder: FOLDER, old: scan(plainGroup), patched: [] };
    const of = card({ scans: [holder] });
    const opens = (role: 'keyFile' | 'credentialFile') =>
      row({ kind: 'reference', card: of, scan: holder, reference: { ...reference, role } }).click;
    assert.equal(opens('keyFile')?.command, 'clientKeys.openReference');
    assert.equal(opens('credentialFile'), undefined);
  });

  it('say why nothing was looked for', () => {
    assert.match(step('references', card(), { trusted: false }).description ?? '', /not trusted/);
    assert.match(step('references', card(), { hasFolder: false }).description ?? '', /no folder/);
  });

  it('say in words why a creation stopped, with the request id on hover', () => {
    const stopped = (failure: { message: string; code: string; requestId?: string }) =>
      step('create', card({}, { state: 'creating', failure: { step: 'create', at: NOW, ...failure } }));
    assert.equal(
      stopped({ message: 'answerLost', code: 'answerLost' }).description,
      'stopped: the answer to the creation was lost',
    );
    const refused = stopped({
      message: 'CreateClientKey: Forbidden (403)',
      code: 'Forbidden',
      requestId: 'R-1',
    });
    assert.equal(refused.description, 'stopped: CreateClientKey: Forbidden (403)');
    assert.match(refused.tooltip ?? '', /Request id R-1$/);
    assert.ok(refused.tags.includes('resumable'));
  });

  it('say on what ground the old key went, never by a code', () => {
    const ground = (verdict: string, reason?: string) =>
      step(
        'verify',
        card({}, { state: 'deleted', deletion: { at: NOW, verdict, ...(reason ? { reason } : {}) } }),
      );
    assert.equal(ground('quiet').description, 'was quiet');
    const overridden = ground('unknown: logEmpty, noPermission', 'decommissioned');
    assert.equal(overridden.description, 'could not be told, deleted with a reason');
    assert.match(overridden.tooltip ?? '', /Reason: decommissioned$/);
  });

  it('carry the error of a step with Retry', () => {
    const errors = new Map([['verdict' as const, new Error('broken')]]);
    const failed = step('verify', card({ errors }));
    assert.ok(failed.tags.includes('retry'));
    assert.equal(failed.icon, 'error');
    assert.match(failed.description ?? '', /broken/);
  });

  it('offer the RAM policy and a new sign-in where a step failed for want of one', () => {
    const refused = Object.assign(new Error('no'), {
      name: 'CloudError',
      action: 'GetLogsV2',
      retryable: false,
      effectUnknown: false,
    });
    const denied = Object.assign(refused, { kind: 'noPermission', requestId: 'REQ-1' });
    const of = card({
      errors: new Map<'scan' | 'verdict', unknown>([
        ['scan', new Error('another step')],
        ['verdict', denied],
      ]),
    });
    assert.deepEqual(step('verify', of).tags.slice(-4), ['error', 'retry', 'policy', 'requestId']);
    const node = { kind: 'step', card: of, step: 'verify' } as const;
    assert.deepEqual(stepErrorOf(node), { error: denied, accountId: 'environment' });
    assert.equal(stepErrorOf({ kind: 'rotation', card: of }), undefined);
  });

  it('offer what is left of the old credential once the key is gone', () => {
    const of = card({ oldFiles: ['/k/old.json'] }, { state: 'deleted' });
    const last = rotationChildren({ kind: 'rotation', card: of }, NO_PLACES).at(-1);
    assert.equal(last?.kind, 'oldFiles');
    assert.ok(!step('delete', of).tags.includes('deletable'));
  });

  it('take only ticked groups that can be edited into the patch', () => {
    const holder = {
      folder: FOLDER,
      old: scan(group('a'), group('b', { ticked: false }), group('c', { editable: false })),
      patched: [],
    };
    const ids = (of: Card) => tickedGroups(of, holder).map(({ id }) => id);
    assert.deepEqual(ids(card({ scans: [holder] })), ['a']);
    assert.deepEqual(ids(card({ scans: [holder], isTicked: () => true })), ['a', 'b']);
  });

  it('say how the new credential comes to a client, and offer the other way', () => {
    const both = group('a.env', { strategies: ['beside', 'inPlace'] });
    const holder = { folder: FOLDER, old: scan(both), patched: [] };
    const shown = (of: Card) => row({ kind: 'group', card: of, scan: holder, group: both, patched: false });
    const proposed = shown(card({ scans: [holder] }));
    assert.equal(proposed.description, 'confirmed · new file');
    assert.deepEqual(proposed.tags, ['group', 'can-inPlace']);
    const chosen = shown(card({ scans: [holder], strategies: new Map([['a.env', 'inPlace']]) }));
    assert.equal(chosen.description, 'confirmed · replaced in place');
    assert.deepEqual(chosen.tags, ['group', 'can-beside']);
  });

  it('list what has to be done by hand beneath its client, with the command that does it', () => {
    const step = { kind: 'githubSecret', name: 'KMS_PASSWORD', role: 'password' } as const;
    const manual = group('ci.yml', { manualSteps: [step] });
    const holder = { folder: FOLDER, old: scan(manual), patched: [] };
    const of = card({ scans: [holder] });
    const nodes = rotationChildren(
      { kind: 'group', card: of, scan: holder, group: manual, patched: false },
      NO_PLACES,
    );
    const last = nodes.at(-1);
    assert.ok(last?.kind === 'manualStep');
    const shown = row(last);
    assert.equal(shown.label, 'KMS_PASSWORD is a secret of GitHub Actions');
    assert.equal(shown.description, 'set it to the new password');
    assert.deepEqual(shown.tags, ['manualStep', 'command', 'value']);
    assert.match(shown.tooltip ?? '', /gh secret set KMS_PASSWORD < '?\/k\/new\.txt/);
  });

  it('say which files were not looked at', () => {
    const skipped = [{ file: `${FOLDER}/big.json`, reason: 'tooLarge' as const }];
    const of = card({ scans: [{ folder: FOLDER, old: { ...scan(), skipped }, patched: [] }] });
    const shown = step('references', of);
    assert.equal(shown.description, 'no references in shop-api · 1 file not looked at');
    assert.match(shown.tooltip ?? '', /big\.json: too large/);
  });
});
