import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { CloudErrorKind } from '../../../src/model/cloudError';
import { RotationError, type RotationErrorCode } from '../../../src/rotation/rotationError';
import { errorActionsOf, errorTags, missingAction } from '../../../src/ui/errorActions';
import { describeError, errorPlace, isCancelled } from '../../../src/ui/errorText';
import { plain } from './plain';

const KINDS: CloudErrorKind[] = [
  'noCredentials',
  'badProfile',
  'expiredToken',
  'badSignature',
  'noPermission',
  'notFound',
  'limitExceeded',
  'throttled',
  'invalidRequest',
  'serverError',
  'network',
  'proxyAuth',
  'timeout',
  'badAnswer',
  'cancelled',
];

const SIGN_IN: CloudErrorKind[] = ['noCredentials', 'badProfile', 'expiredToken', 'badSignature'];

function cloudError(kind: CloudErrorKind) {
  const fields = {
    name: 'CloudError',
    kind,
    action: 'ListClientKeys',
    retryable: false,
    effectUnknown: false,
  };
  return Object.assign(new Error('The service said so.'), fields, { requestId: 'REQ-1' });
}

describe('error texts', () => {
  it('tell every error of the cloud apart', () => {
    const texts = KINDS.map((kind) => describeError(cloudError(kind), plain));
    assert.equal(new Set(texts.map(({ summary }) => summary)).size, KINDS.length);
    for (const { message, requestId } of texts) {
      assert.match(message, /[.)]$/);
      assert.equal(requestId, 'REQ-1');
    }
  });

  it('say what to do next when a rotation is refused', () => {
    const codes: RotationErrorCode[] = [
      'aapFull',
      'notIgnored',
      'changedSince',
      'notQuiet',
      'busy',
      'undoFirst',
    ];
    for (const code of codes) {
      const { message } = describeError(new RotationError(code, { files: ['.env'] }), plain);
      assert.ok(message.split('. ').length > 1, message);
    }
    const full = describeError(new RotationError('aapFull'), plain).message;
    assert.match(full, /already has 3 of 3 client keys/);
  });

  it('do not quote an error that quotes what it could not read', () => {
    const secret = 'Canary-In-A-File';
    const thrown: unknown[] = [];
    for (const read of [() => JSON.parse(`{"PrivateKeyData":${secret}`), () => v.parse(v.number(), secret)])
      try {
        read();
      } catch (error) {
        assert.match(String(error), /Canary/);
        thrown.push(error);
      }
    assert.equal(thrown.length, 2);
    for (const error of thrown) assert.doesNotMatch(JSON.stringify(describeError(error, plain)), /Canary/);
  });

  it('name the missing RAM action, as the service says or by the operation', () => {
    const refused = (fields: object) => Object.assign(cloudError('noPermission'), fields);
    const named = refused({ deniedAction: 'kms:ListKeys' });
    assert.equal(describeError(named, plain).summary, 'No permission: kms:ListKeys');
    assert.equal(missingAction(named), 'kms:ListKeys');
    assert.equal(missingAction(refused({})), 'kms:ListClientKeys');
    assert.equal(missingAction(refused({ action: 'GetHistograms' })), 'log:GetLogStoreHistogram');
    assert.equal(missingAction(cloudError('network')), undefined);
  });

  it('offer what helps: the policy, a new sign-in, the request id', () => {
    const offered = (kind: CloudErrorKind) => errorTags(cloudError(kind)).slice(2);
    for (const kind of KINDS) {
      const expected = SIGN_IN.includes(kind) ? ['signIn'] : kind === 'noPermission' ? ['policy'] : [];
      assert.deepEqual(offered(kind), [...expected, 'requestId'], kind);
    }
    assert.deepEqual(errorTags(new Error('odd')), ['error', 'retry']);
    assert.deepEqual(errorActionsOf(cloudError('network')), {
      policy: false,
      signIn: false,
      requestId: 'REQ-1',
    });
  });

  it('say whose call failed and where, and only whose where the account is to blame', () => {
    const name = (id: string) => (id === 'cli:prod' ? 'prod-cn' : undefined);
    const at = (kind: CloudErrorKind) =>
      Object.assign(cloudError(kind), { accountId: 'cli:prod', regionId: 'ap-southeast-1' });
    assert.equal(errorPlace(at('network'), name, plain), 'prod-cn · Singapore');
    assert.equal(errorPlace(at('expiredToken'), name, plain), 'prod-cn');
    assert.equal(
      errorPlace(at('timeout'), () => undefined, plain),
      'Singapore',
    );
    assert.equal(errorPlace(cloudError('network'), name, plain), undefined);
    assert.equal(errorPlace(new Error('odd'), name, plain), undefined);
  });

  it('keep a cancellation quiet', () => {
    assert.ok(isCancelled(new RotationError('cancelled')));
    assert.ok(isCancelled(cloudError('cancelled')));
    assert.ok(!isCancelled(cloudError('network')));
  });
});
