import assert from 'node:assert/strict';
import { resolveEndpoint } from '../../../src/cloud/endpoint';
import { isCloudError } from '../../../src/model/cloudError';

describe('endpoint setting', () => {
  it('fills in the region', () => {
    assert.deepEqual(resolveEndpoint('https://kms.{region}.aliyuncs.com', 'cn-hangzhou', 'X'), {
      host: 'kms.cn-hangzhou.aliyuncs.com',
      protocol: 'https',
      path: '/',
      loopback: false,
    });
  });

  it('takes http, port and path on this machine', () => {
    assert.deepEqual(resolveEndpoint(' http://127.0.0.1:8080/kms/{region} ', 'cn-shanghai', 'X'), {
      host: '127.0.0.1:8080',
      protocol: 'http',
      path: '/kms/cn-shanghai',
      loopback: true,
    });
    assert.equal(resolveEndpoint('http://[::1]:9/', 'a', 'X').loopback, true);
    assert.equal(resolveEndpoint('http://localhost:9', 'a', 'X').host, 'localhost:9');
  });

  for (const bad of [
    'http://kms.{region}.aliyuncs.com',
    'http://127.0.0.1.example.com',
    'http://127.0.0.1@example.com',
    'https://user:secret@example.com',
    'https://example.com/?a=b',
    'ftp://127.0.0.1',
    'kms.{region}.aliyuncs.com',
    '',
  ]) {
    it(`refuses "${bad}"`, () => {
      assert.throws(
        () => resolveEndpoint(bad, 'cn-hangzhou', 'ListClientKeys'),
        (error) =>
          isCloudError(error) && error.kind === 'invalidRequest' && !error.message.includes('secret'),
      );
    });
  }

  it('refuses a region that is no region id', () => {
    for (const region of ['', 'evil.example.com/', '../x', 'A B'])
      assert.throws(() => resolveEndpoint('https://kms.{region}.aliyuncs.com', region, 'X'), /region/);
  });
});
