import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  formatCredentialFile,
  MAX_CREDENTIAL_BYTES,
  parseCredentialFile,
  readKeyId,
} from '../../../src/credential/credentialFile';
import { Secret } from '../../../src/model/secret';
import { KEY_ID } from './credentialFixture';

const CANARY = 'MIIcanaryPrivateKey==';
const bytes = (text: string) => new TextEncoder().encode(text);
const json = (members: object) => bytes(JSON.stringify(members));

describe('credential file', () => {
  it('is formatted as the console does: two members, KeyId first, no line feed', () => {
    const text = formatCredentialFile({ keyId: KEY_ID, privateKeyData: new Secret(CANARY) });
    assert.equal(text.reveal(), `{"KeyId":"${KEY_ID}","PrivateKeyData":"${CANARY}"}`);
  });

  it('reads back what it formats', () => {
    const text = formatCredentialFile({ keyId: KEY_ID, privateKeyData: new Secret(CANARY) });
    const content = parseCredentialFile(bytes(text.reveal()));
    assert.equal(content.keyId, KEY_ID);
    assert.equal(content.privateKeyData.reveal(), CANARY);
  });

  it('tolerates a byte order mark, white space and further members', () => {
    const text = `\uFEFF{\r\n "Comment": 1,\r\n "PrivateKeyData": "${CANARY}", "KeyId": "${KEY_ID}"\r\n}\r\n`;
    assert.equal(readKeyId(bytes(text)), KEY_ID);
  });

  const broken: readonly [string, string, Uint8Array][] = [
    ['text', 'notJson', bytes(`KeyId ${CANARY}`)],
    ['cut JSON', 'notJson', bytes(`{"KeyId":"${KEY_ID}","PrivateKeyData":"${CANARY}`)],
    ['nothing', 'notJson', bytes('')],
    ['UTF-16', 'notJson', new Uint8Array(Buffer.from(`\uFEFF{"KeyId":"${CANARY}"}`, 'utf16le'))],
    ['no key id', 'missingMember', json({ PrivateKeyData: CANARY })],
    ['no private key', 'missingMember', json({ KeyId: CANARY })],
    ['an empty private key', 'missingMember', json({ KeyId: CANARY, PrivateKeyData: '' })],
    ['a private key that is no text', 'missingMember', json({ KeyId: KEY_ID, PrivateKeyData: [CANARY] })],
    ['an array', 'missingMember', json([CANARY])],
    ['null', 'missingMember', bytes('null')],
    [
      'more than 64 KB',
      'tooLarge',
      json({ KeyId: KEY_ID, PrivateKeyData: CANARY.repeat(MAX_CREDENTIAL_BYTES / CANARY.length) }),
    ],
  ];
  for (const [what, code, content] of broken) {
    it(`refuses ${what} as ${code}, and says nothing of the content`, () => {
      assert.throws(
        () => parseCredentialFile(content),
        (error: unknown) => {
          assert.ok(error instanceof Error && 'code' in error);
          assert.equal(error.code, code);
          assert.doesNotMatch(inspect(error, { depth: null, showHidden: true }), /canary|MII/);
          return true;
        },
      );
      assert.equal(readKeyId(content), undefined);
    });
  }
});
