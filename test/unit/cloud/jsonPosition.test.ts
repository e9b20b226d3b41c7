import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findJsonMistake } from '../../../src/cloud/jsonPosition';

describe('position of a mistake in JSON', () => {
  const cases: readonly [string, number, number][] = [
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a": 1,}', 1, 9],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['{"a": tru}', 1, 7],
    ["{'a': 1}", 1, 2],
    ['{"a": "open', 1, 7],
    ['[1, 2', 1, 6],
    ['{"a": 1} x', 1, 10],
  ];
  for (const [text, line, column] of cases)
    it(`finds it in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(findJsonMistake(text), { line, column }));

  it('finds none in JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
        // Control characters are the one place where it is stricter than JSON.
        fc.pre(!/\p{Cc}/u.test(text));
        assert.equal(findJsonMistake(JSON.stringify(JSON.parse(text), null, indent)), undefined);
      }),
    );
  });

  it('ends on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"1a\\ \n') }), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        assert.equal(findJsonMistake(text) === undefined, isJson);
      }),
    );
  });
});
