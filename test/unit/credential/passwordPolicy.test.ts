import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { checkPassword, generatePassword } from '../../../src/credential/passwordPolicy';
import { Secret } from '../../../src/model/secret';

const problems = (text: string) => checkPassword(new Secret(text)).problems;
const missing = (text: string) => checkPassword(new Secret(text)).missingKinds;

describe('password policy', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['abcd123', ['tooShort']],
    ['abcd1234', []],
    ['abcd-efgh', []],
    ['1234_5678', []],
    [`${'a1'.repeat(32)}`, []],
    [`${'a1'.repeat(32)}b`, ['tooLong']],
    ['abcdefgh', ['tooFewKinds']],
    ['ABCDefgh', ['tooFewKinds']],
    ['12345678', ['tooFewKinds']],
    ['~!@#$%^&*?_-', ['tooFewKinds']],
    ['abcd 1234', ['characterNotAllowed']],
    ['abcd1234\n', ['characterNotAllowed']],
    ['pass=word1', ['characterNotAllowed']],
    ["pass'word1", ['characterNotAllowed']],
    ['пароль12ab', ['characterNotAllowed']],
    ['密码', ['tooShort', 'characterNotAllowed', 'tooFewKinds']],
    ['', ['tooShort', 'tooFewKinds']],
  ];
  for (const [text, expected] of cases)
    it(`${JSON.stringify(text)}: ${expected.join(', ') || 'accepted'}`, () => {
      assert.deepEqual(problems(text), expected);
    });

  it('takes every character of the documented alphabet', () => {
    for (const character of '0123456789abcXYZ~!@#$%^&*?_-') {
      assert.deepEqual(problems(`abc-1234${character}`), [], character);
    }
  });

  it('names the recommended kinds that are missing', () => {
    assert.deepEqual(missing('abcd1234'), ['upper', 'special']);
    assert.deepEqual(missing('Abcd-1234'), []);
  });

  it('does not echo the password', () => {
    assert.doesNotMatch(inspect(checkPassword(new Secret('canary(canary)'))), /canary|\(/);
  });

  it('generates 32 characters with all four kinds that the policy takes', () => {
    for (let round = 0; round < 500; round++) {
      const password = generatePassword();
      assert.equal(password.length, 32);
      assert.deepEqual(checkPassword(password), { problems: [], missingKinds: [] });
    }
  });

  it('generates only what no notation has to quote, and no special character first', () => {
    for (let round = 0; round < 500; round++) {
      assert.match(generatePassword().reveal(), /^[0-9A-Za-z][0-9A-Za-z_-]{31}$/);
    }
  });

  it('generates the characters of a kind equally often, and any letter or digit first', () => {
    const rounds = 3000;
    const counts = new Map<string, number>();
    const firsts = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const text = generatePassword().reveal();
      for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
      firsts.add(text.charAt(0));
    }
    assert.equal(counts.size, 64);
    assert.equal(firsts.size, 62);
    for (const kind of [/[0-9]/, /[a-z]/, /[A-Z]/, /[_-]/]) {
      const own = [...counts].filter(([character]) => kind.test(character));
      const expected = own.reduce((sum, [, count]) => sum + count, 0) / own.length;
      // Above a thousand draws of each: a fifth is more than seven standard deviations, and a modulo bias is far more.
      for (const [character, count] of own)
        assert.ok(Math.abs(count - expected) < expected * 0.2, `${character}: ${count} of ${expected}`);
    }
  });
});
