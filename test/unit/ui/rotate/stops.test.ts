import assert from 'node:assert/strict';
import type { ReferenceGroup } from '../../../../src/model/reference';
import { Secret } from '../../../../src/model/secret';
import { oldFolders } from '../../../../src/ui/rotate/oldFolders';
import { passwordAdvice } from '../../../../src/ui/rotate/passwordAdvice';
import { dateProblem, lateOnDay } from '../../../../src/ui/rotate/validity';
import { plain } from '../plain';

const NOW = Date.UTC(2026, 10, 24, 12);

describe('stops of Rotate', () => {
  it('take a date as the end of that day', () => {
    assert.equal(lateOnDay('2027-02-28'), new Date(2027, 1, 28, 22, 59, 59).getTime());
    for (const wrong of ['2027-02-30', '2027-13-01', '27-1-1', 'soon', ''])
      assert.equal(lateOnDay(wrong), undefined);
  });

  it('refuse dates that the service would refuse', () => {
    assert.match(dateProblem('2026-11-24', NOW, plain) ?? '', /at least a day/);
    assert.match(dateProblem('2031-12-01', NOW, plain) ?? '', /at most 5 years/);
    assert.match(dateProblem('x', NOW, plain) ?? '', /YYYY-MM-DD/);
    assert.equal(dateProblem('2027-11-24', NOW, plain), undefined);
  });

  it('tell the rules of a password while typing, without a character of it', () => {
    const short = passwordAdvice(new Secret('aB3'), plain);
    assert.equal(short?.blocks, true);
    assert.match(short?.message ?? '', /At least 8 characters/);
    const foreign = passwordAdvice(new Secret('abcdefg1 "'), plain);
    assert.equal(foreign?.blocks, true);
    assert.ok(!foreign?.message.includes('"'));
    const weak = passwordAdvice(new Secret('abcdefgh12'), plain);
    assert.deepEqual(weak && [weak.blocks, weak.message], [
      false,
      'Accepted. It would be stronger with capital letters, special characters.',
    ]);
    assert.equal(passwordAdvice(new Secret('abcDEF123!'), plain), undefined);
  });

  it('propose the folder of the old file, the surest reference first', () => {
    const group = (target: string, confidence: 'confirmed' | 'possible'): ReferenceGroup => ({
      id: target,
      confidence,
      ticked: false,
      editable: true,
      strategies: [],
      manualSteps: [],
      references: [
        {
          file: '/w/a',
          range: { start: 0, end: 1, line: 1, column: 1 },
          role: 'keyFile',
          notation: 'java',
          groupId: target,
          confidence,
          target,
        },
      ],
    });
    const groups = [
      group('/w/b/k.json', 'possible'),
      group('/w/keys/k.json', 'confirmed'),
      group('/w/keys/l.json', 'possible'),
    ];
    assert.deepEqual(oldFolders(groups), ['/w/keys', '/w/b']);
  });
});
