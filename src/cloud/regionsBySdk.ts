import Kms from '@alicloud/kms20160120';
import { Config } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import type { AccessKey } from './accessKey';
import type { Endpoint } from './endpoint';

/**
 * DescribeRegions through `@alicloud/kms20160120` 1.2.0. A module of its own, so that the SDK is loaded when it is used.
 * The SDK can call the path `/` alone and signs in the query (no secret stands there).
 * @param wait time-out in ms
 * @returns the body as it came; throws the SDK's errors, which the caller folds
 */
export async function describeRegionsBySdk(
  key: AccessKey,
  endpoint: Endpoint,
  userAgent: string,
  wait: number,
): Promise<unknown> {
  const client = new Kms(
    new Config({
      accessKeyId: key.accessKeyId,
      accessKeySecret: key.accessKeySecret,
      endpoint: endpoint.host,
      protocol: endpoint.protocol,
      userAgent,
    }),
  );
  const runtime = new RuntimeOptions({ readTimeout: wait, connectTimeout: wait, autoretry: false });
  return await client.doRequest(
    'DescribeRegions',
    endpoint.protocol,
    'POST',
    '2016-01-20',
    'AK',
    {},
    {},
    runtime,
  );
}
