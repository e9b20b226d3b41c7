import assert from 'node:assert/strict';
import type { CloudErrorKind } from '../../../src/model/cloudError';
import { RotationError, type RotationErrorCode } from '../../../src/rotation/rotationError';
import { describeError, isCancelled } from '../../../src/ui/errorText';
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
  'timeout',
  'badAnswer',
  'cancelled',
];

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

  it('keep a cancellation quiet', () => {
    assert.ok(isCancelled(new RotationError('cancelled')));
    assert.ok(isCancelled(cloudError('cancelled')));
    assert.ok(!isCancelled(cloudError('network')));
  });
});
