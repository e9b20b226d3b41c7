import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { classKey } from '../../../../src/model/callers';
import type { Reference, ReferenceGroup } from '../../../../src/model/reference';
import type { RolloutPlace } from '../../../../src/model/rollout';
import type { Rotation } from '../../../../src/model/rotation';
import { verdictOf } from '../../../../src/model/verdictOf';
import type { Card, FolderScan } from '../../../../src/ui/rotations/board';
import { knownReferences } from '../../../../src/ui/rotations/knownReferences';
import { rolloutDocument, rolloutMarkdown } from '../../../../src/ui/rotations/rolloutMarkdown';
import { placesOf } from '../../../../src/ui/rotations/rolloutPlaces';
import { openPlacesSentence } from '../../../../src/ui/rotations/rolloutText';
import { boardParent, type RotationNode, rotationChildren } from '../../../../src/ui/rotations/rotationNodes';
import { rotationRowOf } from '../../../../src/ui/rotations/rotationRows';
import { AAP, evidenceOf, HOUR, NEW_KEY, NOW, OLD_KEY, use } from '../audit/fixtures';
import { plain } from '../plain';

const OPTIONS = { quietPeriodMs: 24 * HOUR, retired: [] };
const CONTEXT = {
  t: plain,
  locale: 'en',
  now: () => NOW,
  verdictOptions: OPTIONS,
  trusted: true,
  hasFolder: true,
};

function rotation(extra: Partial<Rotation> = {}): Rotation {
  return {
    id: 'r1',
    revision: 1,
    state: 'watching',
    aap: AAP,
    oldKey: { id: OLD_KEY, notBefore: 0, notAfter: NOW },
    newKey: { id: NEW_KEY, notBefore: 0, notAfter: NOW },
    files: { credentialFile: '/k/new.json', passwordFile: '/k/new.txt' },
    request: { notBefore: 0, notAfter: 1, keysBefore: [] },
    unsaved: false,
    proven: true,
    workspaces: [],
    retired: [],
    places: [],
    startedAt: NOW,
    updatedAt: NOW,
    ...extra,
  };
}

function card(extra: Partial<Card> = {}, of: Partial<Rotation> = {}): Card {
  return {
    rotation: rotation(of),
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

/** A caller of the old key alone, and one that is seen with the new key since. */
function readingOf() {
  const evidence = evidenceOf(NOW - HOUR, [
    use('Python billing-job', OLD_KEY, NOW - 90 * HOUR, NOW - HOUR),
    use('Java order-service', OLD_KEY, NOW - 90 * HOUR, NOW - 9 * HOUR),
    use('Java order-service', NEW_KEY, NOW - 8 * HOUR, NOW - HOUR),
  ]);
  return { evidence, verdict: verdictOf(evidence, OPTIONS) };
}

function group(file: string, extra: Partial<ReferenceGroup> = {}, reference: Partial<Reference> = {}) {
  const first: Reference = {
    file,
    range: { start: 0, end: 1, line: 3, column: 1 },
    role: 'keyFile',
    notation: 'properties',
    groupId: file,
    confidence: 'confirmed',
    ...reference,
  };
  return {
    id: `${file}#3`,
    references: [first],
    confidence: 'confirmed' as const,
    ticked: true,
    editable: true,
    strategies: [],
    manualSteps: [],
    ...extra,
  };
}

const scanOf = (folder: string, ...groups: ReferenceGroup[]): FolderScan => ({
  folder,
  old: { groups, filesSeen: 1, skipped: [] },
  patched: [],
});

const places = (of: Card) => placesOf(of, OPTIONS, plain);
const children = (node: RotationNode) => rotationChildren(node, places);
const row = (node: RotationNode) => rotationRowOf(node, CONTEXT);
const rollout = (of: Card) => row({ kind: 'step', card: of, step: 'rollout' });
const rowsOf = (of: Card) => children({ kind: 'step', card: of, step: 'rollout' }).map(row);

const PATCHED = {
  folder: '/home/dev/shop-api',
  at: NOW - HOUR,
  patchedGroups: 2,
  leftGroups: 0,
  manualSteps: 0,
  edits: [],
};

describe('roll-out list in the Rotations view', () => {
  it('stands between the patch and the verdict once there is a new key', () => {
    const steps = (of: Card) =>
      children({ kind: 'rotation', card: of }).map((node) => (node.kind === 'step' ? node.step : node.kind));
    assert.deepEqual(steps(card()), ['create', 'references', 'rollout', 'verify', 'delete']);
    const { newKey: _, ...early } = rotation();
    assert.deepEqual(steps({ ...card(), rotation: early }), ['create', 'references', 'verify', 'delete']);
  });

  it('says how many places are open, before anything else', () => {
    assert.equal(rollout(card()).description, 'no place listed yet');
    assert.equal(rollout(card()).expansion, undefined);
    const two = card({}, { workspaces: [PATCHED, { ...PATCHED, folder: '/home/dev/web' }] });
    assert.equal(rollout(two).description, '2 of 2 open');
    assert.equal(rollout(two).expansion, 'collapsed');
    assert.equal(rollout(two).spoken, 'Roll-out, 2 of 2 open');
    const kept = [{ id: 'workspace:/home/dev/web', state: 'done' as const, at: NOW }];
    assert.equal(rollout(card({}, { ...two.rotation, places: kept })).description, '1 of 2 open');
    const none = [...kept, { id: 'workspace:/home/dev/shop-api', state: 'notNeeded' as const, at: NOW }];
    assert.equal(rollout(card({}, { ...two.rotation, places: none })).description, 'none of 2 open');
  });

  it('tells of each place in words what it is, what is done, where and by whom', () => {
    const own = {
      id: 'own:1',
      state: 'open' as const,
      at: NOW,
      service: 'billing-job',
      environment: 'production',
      owner: 'team billing',
      note: 'on Tuesdays',
    };
    const [workspace, added] = rowsOf(card({}, { workspaces: [PATCHED], places: [own] }));
    assert.equal(workspace?.label, 'shop-api');
    assert.equal(workspace?.spoken, '/home/dev/shop-api, workspace that was patched, open');
    assert.equal(added?.label, 'billing-job');
    assert.equal(added?.description, 'open · production · team billing');
    assert.equal(
      added?.spoken,
      'billing-job, added by hand, open, Environment: production, Owner: team billing, Note: on Tuesdays',
    );
    assert.deepEqual(added?.tags, ['place', 'place-open', 'place-own']);
    assert.equal(added?.checked, false);
    const [done] = rowsOf(card({}, { places: [{ ...own, state: 'done' }] }));
    assert.deepEqual([done?.checked, done?.description?.split(' · ')[0]], [true, 'done']);
    const [unneeded] = rowsOf(card({}, { places: [{ ...own, state: 'notNeeded' }] }));
    assert.deepEqual([unneeded?.checked, unneeded?.icon], [undefined, 'circle-slash']);
    const [over] = rowsOf(card({}, { state: 'deleted', places: [own] }));
    assert.deepEqual([over?.checked, over?.tags], [undefined, ['place']], 'nothing changes any more');
  });

  it('keeps hostile text in one line of plain words', () => {
    const evil = {
      id: 'own:1',
      state: 'open' as const,
      at: NOW,
      service: 'a\u202e\nb<script>',
      note: '\u0007x',
    };
    const [only] = rowsOf(card({}, { places: [evil] }));
    assert.equal(only?.label, 'a b<script>');
    const { label, description, tooltip, spoken } = only ?? {};
    for (const text of [label, description, tooltip?.replaceAll('\n', ' '), spoken])
      assert.doesNotMatch(text ?? '', /[\p{Cc}\p{Cf}]/u);
  });

  it('lists manual steps, and clients that no patch can reach, but nothing that only stays', () => {
    const step = { kind: 'githubSecret', name: 'KMS_PASSWORD', role: 'password' } as const;
    const scan = scanOf(
      '/w',
      group('/w/ci.yml', { manualSteps: [step] }),
      group('/w/values.yaml', { editable: false }, { notEditable: 'template' }),
      group('/w/clientKey.json', { editable: false }, { notEditable: 'kept', notation: 'credential' }),
      group('/w/maybe.txt', { editable: false, confidence: 'possible' }),
      group('/w/app.properties'),
    );
    assert.deepEqual(
      rowsOf(card({ scans: [scan] })).map(({ label, description }) => `${label} · ${description}`),
      ['ci.yml:3: KMS_PASSWORD is a secret of GitHub Actions · open', 'values.yaml:3 · open'],
    );
  });

  it('lists callers that nothing explains only once log and workspace were read', () => {
    const reading = readingOf();
    const scans = [scanOf('/w')];
    assert.deepEqual(places(card({ reading, scans })), []);
    const references = [{ groupId: 'g', label: 'a.properties:1', resources: ['order-service'] }];
    const rows = rowsOf(card({ reading, scans, references }));
    assert.deepEqual(
      rows.map(({ description }) => description),
      ['open'],
    );
    assert.match(rows[0]?.label ?? '', /^Python billing-job/);
    assert.ok(rows[0]?.tags.includes('audit'));
    assert.equal(places(card({ reading, scans, references: [] })).length, 2);
  });

  it('counts the callers that have moved, in the row of the rotation and of the verdict', () => {
    const of = card({ reading: readingOf() });
    assert.match(row({ kind: 'rotation', card: of }).description ?? '', /^1 of 2 callers moved · /);
    const verify = row({ kind: 'step', card: of, step: 'verify' });
    assert.match(verify.description ?? '', /^In use · 1 of 2 callers moved · /);
    assert.match(verify.tooltip ?? '', /\n1 of 2 callers moved\n/);
    const unread = row({ kind: 'step', card: card(), step: 'verify' });
    assert.ok(!/callers/.test(unread.description ?? ''));
  });

  it('takes a caller that was marked as retired for one that needs nothing', () => {
    const reading = readingOf();
    const [caller] = reading.evidence.instances[0]?.callers ?? [];
    assert.ok(caller);
    const retired = [{ caller: caller.caller, reason: 'gone', at: NOW }];
    const [first] = places(card({ reading, scans: [], references: [] }, { retired }));
    assert.equal(first?.id, `caller:${classKey(caller.caller)}`);
    assert.equal(first?.state, 'notNeeded');
  });

  it('can be revealed: a place leads to its list, the list to its rotation', () => {
    const of = card({}, { workspaces: [PATCHED] });
    const [place] = children({ kind: 'step', card: of, step: 'rollout' });
    assert.ok(place);
    const list = boardParent(place);
    assert.deepEqual(list, { kind: 'step', card: of, step: 'rollout' });
    assert.deepEqual(list && boardParent(list), { kind: 'rotation', card: of });
    assert.equal(boardParent({ kind: 'rotation', card: of }), undefined);
  });
});

describe('clients as the log may know them', () => {
  it('are told by names near their references, and by nothing that is secret', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'known-'));
    try {
      const file = path.join(folder, 'app.properties');
      const key = path.join(folder, 'clientKey.json');
      writeFileSync(file, 'name=billing-job\npassword=Canary-8d1f\npath=x\n');
      writeFileSync(key, 'order-service');
      const scan = scanOf(
        folder,
        group(file),
        group(key, {}, { notation: 'credential' }),
        group(path.join(folder, 'gone.go'), {}, { notation: 'go' }),
      );
      const known = await knownReferences([scan], readingOf().evidence);
      assert.deepEqual(known, [
        {
          groupId: `${file}#3`,
          label: 'app.properties:3',
          language: 'properties',
          resources: ['billing-job'],
        },
        { groupId: `${key}#3`, label: 'clientKey.json:3', resources: [] },
        { groupId: `${path.join(folder, 'gone.go')}#3`, label: 'gone.go:3', language: 'go', resources: [] },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('roll-out list in Markdown and beside the deletion', () => {
  const place = (service: string, extra: Partial<RolloutPlace> = {}): RolloutPlace => ({
    id: `own:${service}`,
    kind: 'own',
    service,
    state: 'open',
    ...extra,
  });

  it('has a line for each place, with what was said of it', () => {
    const list = [
      place('billing-job', { owner: 'team billing', environment: 'production' }),
      place('web', { state: 'notNeeded', kind: 'workspace' }),
    ];
    assert.deepEqual(rolloutMarkdown(list, plain), [
      'Places: 1 of 2 open.',
      '',
      '| State | Place | Kind | Target environment | Owner | Note |',
      '| --- | --- | --- | --- | --- | --- |',
      '| open | billing-job | added by hand | production | team billing | – |',
      '| not needed | web | workspace that was patched | – | – | – |',
    ]);
    assert.deepEqual(rolloutMarkdown([], plain), ['No place is in the roll-out list.']);
    const whole = rolloutDocument(rotation(), list, plain).split('\n');
    assert.equal(whole[0], '# Roll-out of payments-aap (cn-hangzhou)');
    assert.equal(whole[2], `${OLD_KEY} → ${NEW_KEY}`);
  });

  it('takes what others wrote for text', () => {
    const evil = '<img src=x onerror=alert(1)> | ](javascript:x) `\u202e\n# heading';
    const lines = rolloutMarkdown([place(evil, { note: evil, owner: `${'o'.repeat(10_000)}` })], plain);
    assert.equal(lines.length, 5);
    const cells = lines[4]?.split(/(?<!\\)\|/) ?? [];
    assert.equal(cells.length, 8);
    assert.ok(cells[2]?.includes('\\<img src=x onerror=alert(1)\\> \\| \\](javascript:x) \\` \\# heading'));
    assert.ok(!lines.join('').includes('\u202e'));
    assert.ok((lines[4]?.length ?? 0) < 2000);
  });

  it('names what is open beside the deletion, and says nothing where nothing is', () => {
    assert.equal(openPlacesSentence([], plain), undefined);
    assert.equal(openPlacesSentence([place('a')], plain), '1 place of the roll-out list is open: a.');
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => place(name));
    assert.equal(
      openPlacesSentence(many, plain),
      '7 places of the roll-out list are open: a, b, c, d, e, 2 more.',
    );
  });
});
