import assert from 'node:assert/strict';
import { createCloudError } from '../../../../src/cloud/errors';
import { verdictOrUnknown } from '../../../../src/ui/rotations/verdictOrUnknown';
import { plain } from '../plain';

const failing = (kind: 'noPermission' | 'cancelled') => async () => {
  throw createCloudError({
    kind,
    action: 'DescribePolicy',
    message: 'refused',
    deniedAction: 'kms:DescribePolicy',
  });
};

describe('the verdict before a deletion', () => {
  it('is unknown, with what the service said, where the logs cannot be found at all', async () => {
    const verdict = await verdictOrUnknown(failing('noPermission'), () => 7, plain);
    assert.ok(verdict.kind === 'unknown');
    assert.equal(verdict.readAt, 7);
    assert.equal(verdict.reasons[0]?.code, 'readFailed');
    assert.match(verdict.reasons[0]?.detail ?? '', /kms:DescribePolicy/);
  });

  it('is not made up after a cancellation or a failure of our own', async () => {
    await assert.rejects(verdictOrUnknown(failing('cancelled'), () => 7, plain));
    const broken = async () => {
      throw new TypeError('x');
    };
    await assert.rejects(
      verdictOrUnknown(broken, () => 7, plain),
      TypeError,
    );
  });
});
