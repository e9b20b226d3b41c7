import assert from 'node:assert/strict';
import type { Creation } from '../../../../src/model/rotation';
import type { CreationCard } from '../../../../src/ui/rotations/board';
import {
  type BoardNode,
  boardChildren,
  isResumable,
  isRotationNode,
  shownIdOf,
} from '../../../../src/ui/rotations/rotationNodes';
import { rotationRowOf } from '../../../../src/ui/rotations/rotationRows';
import { plain } from '../plain';

const NOW = Date.UTC(2026, 10, 24, 12);
const KEY = {
  id: 'KAAP.9d01c7e2-0000-4000-8000-00000006b8cf',
  notBefore: NOW,
  notAfter: Date.UTC(2027, 10, 24, 12),
};

const CREATION: Creation = {
  id: 'c1',
  revision: 1,
  state: 'creating',
  aap: { accountId: 'environment', regionId: 'cn-hangzhou', aapName: 'payments-aap' },
  files: { credentialFile: '/k/new.json', passwordFile: '/k/new.txt' },
  request: { notBefore: 1, notAfter: 2, keysBefore: [] },
  unsaved: false,
  proven: false,
  startedAt: NOW,
  updatedAt: NOW,
};

function card(change: Partial<Creation> = {}, extra: Partial<CreationCard> = {}): CreationCard {
  return { creation: { ...CREATION, ...change }, busy: new Set(), errors: new Map(), ...extra };
}

function row(node: BoardNode) {
  return rotationRowOf(node, {
    t: plain,
    locale: 'en',
    now: () => NOW,
    verdictOptions: { quietPeriodMs: 86_400_000, retired: [] },
    trusted: true,
    hasFolder: true,
  });
}
const root = (of: CreationCard) => row({ kind: 'creation', card: of });
const step = (of: CreationCard) => row({ kind: 'creationStep', card: of });

const NO_PLACES = () => [];

describe('rows of a client key that replaces none', () => {
  it('have the one step that a creation has, below what began last', () => {
    const [first, second] = boardChildren(
      undefined,
      { cards: [], creations: [card({ id: 'early', startedAt: 1 }), card({ id: 'late', startedAt: 2 })] },
      NO_PLACES,
    );
    assert.ok(first?.kind === 'creation' && second?.kind === 'creation');
    assert.deepEqual([first.card.creation.id, second.card.creation.id], ['late', 'early']);
    const steps = boardChildren(first, { cards: [], creations: [] }, NO_PLACES);
    assert.deepEqual(
      steps.map((node) => node.kind),
      ['creationStep'],
    );
    assert.deepEqual(
      steps.flatMap((node) => boardChildren(node, { cards: [], creations: [] }, NO_PLACES)),
      [],
    );
    assert.equal(shownIdOf(first), 'late');
    assert.equal(isRotationNode(first), false, 'no command of a rotation takes it for one');
  });

  it('say that it is under way, that it stopped and why, and offer to resume or abandon it', () => {
    const busy = card({}, { busy: new Set(['action'] as const) });
    assert.equal(root(busy).description, 'creating… · new client key');
    assert.equal(root(busy).spoken, 'payments-aap, creating…, new client key');
    assert.equal(step(busy).description, 'creating…');
    assert.deepEqual(root(busy).tags, ['creation', 'open'], 'nothing to resume');
    const failure = { step: 'create', message: 'answerLost', code: 'answerLost', at: NOW } as const;
    const stopped = card({ failure });
    assert.equal(root(stopped).description, 'creation stopped: resume or abandon · new client key');
    assert.equal(root(stopped).icon, 'error');
    assert.deepEqual(root(stopped).tags, ['creation', 'open', 'resumable']);
    assert.deepEqual(
      [step(stopped).label, step(stopped).description],
      ['1 Create', 'stopped: the answer to the creation was lost'],
    );
    assert.ok(isResumable(stopped.creation));
  });

  it('ask for a folder while the credential rests in the storage of the extension', () => {
    const unsaved = card({ state: 'created', unsaved: true, proven: true, newKey: KEY });
    assert.match(root(unsaved).description ?? '', /^credential not saved yet: .* · new client key KAAP\./);
    assert.equal(step(unsaved).description, 'credential not saved yet: resume to choose a folder');
    const unproven = card({ state: 'created', newKey: KEY });
    assert.match(root(unproven).description ?? '', /^creation stopped/);
    assert.equal(step(unproven).description, 'stopped on its way');
    assert.ok(isResumable(unsaved.creation) && isResumable(unproven.creation));
  });

  it('say when it is done, with nothing left to do and the files on hover', () => {
    const done = card({ state: 'finished', proven: true, createdAt: NOW - 7_200_000, newKey: KEY });
    assert.match(root(done).description ?? '', /^done · new client key KAAP\./);
    assert.deepEqual(root(done).tags, ['creation', 'closed']);
    assert.match(root(done).tooltip ?? '', /\/k\/new\.json\n\/k\/new\.txt/);
    assert.equal(step(done).label, '1 Created');
    assert.equal(step(done).description, '2 hours ago · file opens · valid until 2027-11-24');
    assert.deepEqual(step(done).tags, ['step', 'create']);
    assert.ok(!isResumable(done.creation));
  });
});
