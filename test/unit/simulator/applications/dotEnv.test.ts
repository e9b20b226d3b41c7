import assert from 'node:assert/strict';
import { parseDotEnv } from '../../../simulator/applications/dotEnv';

describe('.env of the billing job', () => {
  const valueOf = (line: string) => parseDotEnv(line).A;

  it('takes single-quoted values literally', () => {
    assert.equal(valueOf("A='p#$w ~!@%^&*?_-' # why"), 'p#$w ~!@%^&*?_-');
  });

  it('reads double-quoted and bare values, which expand names', () => {
    assert.equal(valueOf('A="p#w"'), 'p#w');
    assert.equal(valueOf('export A = bare~!@%^&*?_-  '), 'bare~!@%^&*?_-');
    assert.equal(parseDotEnv('B=x\nA=$B-${B}-$NONE').A, 'x-x-');
    assert.equal(parseDotEnv('A="a$Bc"').A, 'a');
  });

  it('ends a bare value at #, and lets the last line win', () => {
    assert.equal(valueOf('A=ab#cd'), 'ab');
    assert.equal(valueOf('#A=1\r\nA=2\r\n A=3\r\n'), '3');
  });
});
