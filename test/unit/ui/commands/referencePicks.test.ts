import assert from 'node:assert/strict';
import path from 'node:path';
import type { Confidence, Reference, ReferenceGroup, ReferenceRole } from '../../../../src/model/reference';
import { lookedAtText, referencePicks } from '../../../../src/ui/commands/referencePicks';
import { plain } from '../plain';

const KEY = 'KAAP.66abf237-63f6-4625-b8cf-47e1086e6b8c';
const OTHER = 'KAAP.9d01c7e2-63f6-4625-b8cf-47e1086e6b8c';
const SHOP = path.resolve('/projects/shop');
const REPORTS = path.resolve('/projects/reports');

function reference(file: string, line: number, role: ReferenceRole = 'keyFile'): Reference {
  const range = { start: line * 100, end: line * 100 + 5, line, column: 1 };
  return { file, range, role, notation: 'properties', groupId: file, confidence: 'confirmed' };
}

function group(confidence: Confidence, references: readonly Reference[], keyId?: string): ReferenceGroup {
  return {
    id: references[0]?.file ?? '',
    references,
    confidence,
    ticked: false,
    editable: true,
    strategies: [],
    manualSteps: [],
    ...(keyId === undefined ? {} : { keyId }),
  };
}

describe('Find References', () => {
  const groups = [
    group('possible', [reference(path.join(SHOP, 'old.env'), 1)]),
    group(
      'confirmed',
      [
        reference(path.join(SHOP, 'b.properties'), 9),
        reference(path.join(SHOP, 'b.properties'), 4, 'password'),
        reference(path.join(SHOP, 'a.properties'), 2),
      ],
      KEY,
    ),
    group('confirmed', [reference(path.join(SHOP, 'foreign.properties'), 1)], OTHER),
  ];

  it('lists what leads to the key, surest first, then by file and line', () => {
    const picks = referencePicks({ groups }, KEY, [SHOP], plain);
    assert.deepEqual(
      picks.map(({ label, description }) => `${label} ${description}`),
      [
        'a.properties:2 key file path · properties · confirmed',
        'b.properties:4 password · properties · confirmed',
        'b.properties:9 key file path · properties · confirmed',
        'old.env:1 key file path · properties · possible, by name only',
      ],
    );
  });

  it('names the folder where there are several, and the whole path outside of all', () => {
    const outside = path.resolve('/elsewhere/x.env');
    const found = {
      groups: [group('confirmed', [reference(path.join(REPORTS, 'x.env'), 1), reference(outside, 2)], KEY)],
    };
    const labels = referencePicks(found, KEY, [SHOP, REPORTS], plain).map(({ label }) => label);
    assert.deepEqual(labels.sort(), [`${outside}:2`, 'reports/x.env:1'].sort());
  });

  it('says what was looked at and what was left out', () => {
    const skipped = ['a.bin', 'b.bin', 'c.bin', 'd.bin'].map((name) => ({
      file: path.join(SHOP, name),
      reason: 'tooLarge' as const,
    }));
    assert.equal(lookedAtText({ filesSeen: 1, skipped: [] }, [SHOP], plain), '1 file was looked at.');
    assert.equal(
      lookedAtText({ filesSeen: 120, skipped: skipped.slice(0, 1) }, [SHOP], plain),
      '120 files were looked at. 1 file not looked at: a.bin (too large).',
    );
    const many = lookedAtText({ filesSeen: 120, skipped }, [SHOP], plain);
    assert.match(many, /4 files not looked at: .*c\.bin \(too large\), …\.$/);
    assert.ok(!many.includes('d.bin'));
  });
});
