import assert from 'node:assert/strict';
import { parseDotEnv } from '../../../simulator/applications/dotEnv';

describe('.env of the billing job', () => {
  const read = (line: string) => parseDotEnv(line).A;

  it('takes single-quoted values literally', () => {
    assert.equal(read("A='p#$w ~!@%^&*?_-' # why"), 'p#$w ~!@%^&*?_-');
  });

  it('reads double-quoted and bare values, which expand names', () => {
    assert.equal(read('A="p#w"'), 'p#w');
    assert.equal(read('export A = bare~!@%^&*?_-  '), 'bare~!@%^&*?_-');
    assert.equal(parseDotEnv(['B=x', `A=$B-$\{B}-$NONE`].join('\n')).A, 'x-x-');
    assert.equal(parseDotEnv('A="a$Bc"').A, 'a');
  });

  it('ends a bare value at #, and lets the last line win', () => {
    assert.equal(read('A=ab#cd'), 'ab');
    assert.equal(read('#A=1\r\nA=2\r\n A=3\r\n'), '3');
  });
});
