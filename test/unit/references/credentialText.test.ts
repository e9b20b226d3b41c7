import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatLike, isPasswordJson, passwordLike } from '../../../src/references/plan/credentialText';
import { NEW_KEY, OLD_KEY } from './demoWorkspace';

const fresh = { KeyId: NEW_KEY, PrivateKeyData: 'bmV3/+==' };

describe('a credential as text', () => {
  it('has the form of the old one', () => {
    const old = { KeyId: OLD_KEY, PrivateKeyData: 'b2xk' };
    for (const text of [
      JSON.stringify(old),
      JSON.stringify(old, null, 2),
      JSON.stringify(old, null, '\t'),
      `{"KeyId": "${OLD_KEY}", "PrivateKeyData": "b2xk"}`,
      `{ "PrivateKeyData" :"b2xk" ,\r\n"KeyId" :"${OLD_KEY}" }\r\n`,
      `{"KeyId":"${OLD_KEY}","PrivateKeyData":"b2xk","Note":"KeyId"}`,
      `\ufeff{"KeyId":"${OLD_KEY}","PrivateKeyData":"b2xk"}`,
      `\n\n  {"KeyId":"${OLD_KEY}","PrivateKeyData":"b2xk"}  \n`,
    ])
      assert.equal(
        formatLike(text, fresh),
        text.replace(OLD_KEY, NEW_KEY).replace('"b2xk"', '"bmV3/+=="'),
        text,
      );
  });

  it('is plain where the old one has no form to keep', () => {
    const plain = JSON.stringify(fresh);
    for (const text of [
      undefined,
      '',
      'TUlJ',
      '[]',
      '{"KeyId":',
      '{"KeyId":1,"PrivateKeyData":"x"}',
      '{"KeyId":"a","KeyId":"b","PrivateKeyData":"x"}',
      '{"KeyId":"a","PrivateKeyData":"x"} // end',
    ])
      assert.equal(formatLike(text, fresh), plain, text);
  });

  it('keeps JSON and the line feed of a password file', () => {
    assert.equal(passwordLike('old', 'new'), 'new');
    assert.equal(passwordLike('old\n', 'new'), 'new\n');
    assert.equal(passwordLike('old\r\n', 'new'), 'new\r\n');
    assert.equal(passwordLike(undefined, 'new'), 'new');
    assert.equal(passwordLike('{ "ClientKeyPassword": "old" }\n', 'new'), '{ "ClientKeyPassword": "new" }\n');
    assert.deepEqual(
      ['{"ClientKeyPassword":"x"}', '{"Password":"x"}', 'x', '{"ClientKeyPassword":1}'].map(isPasswordJson),
      [true, false, false, false],
    );
  });

  it('reads back as JSON whatever the white space', () => {
    const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(space, { minLength: 9, maxLength: 9 }), fc.boolean(), ([...gaps], swap) => {
        const members = [
          `"KeyId"${gaps[0]}:${gaps[1]}"${OLD_KEY}"`,
          `"PrivateKeyData"${gaps[2]}:${gaps[3]}"b2xk"`,
        ];
        if (swap) members.reverse();
        const old = `${gaps[4]}{${gaps[5]}${members.join(`${gaps[6]},`)}${gaps[7]}}${gaps[8]}`;
        const text = formatLike(old, fresh);
        assert.deepEqual(JSON.parse(text), fresh);
        assert.equal(text.replace(/"[^"]*"/g, '""'), old.replace(/"[^"]*"/g, '""'));
      }),
      { seed: 42, numRuns: 500 },
    );
  });
});
