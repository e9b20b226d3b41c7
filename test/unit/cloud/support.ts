import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Cloud, type CloudOptions, createCloud } from '../../../src/cloud/index';
import { type CloudError, isCloudError } from '../../../src/model/cloudError';
import type { KeyService } from '../../../src/rotation/ports';
import {
  type AccessKey,
  DEMO_AAP,
  DEMO_ACCESS_KEY,
  DEMO_STS_KEY,
  type Simulator,
} from '../../simulator/index';

export const ACCOUNT = 'environment';
export const REGION = 'cn-hangzhou';
export const PAYMENTS = { accountId: ACCOUNT, regionId: REGION, aapName: DEMO_AAP };
export const DAY_MS = 24 * 60 * 60 * 1000;

/** The environment of somebody who signs in with this AccessKey. */
export function environmentOf(key: AccessKey): NodeJS.ProcessEnv {
  return {
    ALIBABA_CLOUD_ACCESS_KEY_ID: key.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: key.secret,
    ...(key.securityToken && { ALIBABA_CLOUD_SECURITY_TOKEN: key.securityToken }),
  };
}

/** The endpoint settings that lead to a simulator. */
export function endpointsOf(simulator: Simulator) {
  return {
    kms: simulator.settings['clientKeys.endpoints.kms'],
    log: simulator.settings['clientKeys.endpoints.log'],
  };
}

/** A cloud on a simulator, signed in from the environment; it must fit the port that rotation/ gives it to. */
export function cloudOn(simulator: Simulator, options: Partial<CloudOptions> = {}): Cloud & KeyService {
  return createCloud({
    endpoints: () => endpointsOf(simulator),
    env: environmentOf(DEMO_ACCESS_KEY),
    homeFolder: path.join(tmpdir(), 'no-such-home'),
    userAgent: 'kms-client-keys/test',
    isTrusted: () => true,
    ...options,
  });
}

/** The CloudError that a call ends with; anything else fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<CloudError> {
  try {
    await work;
  } catch (error) {
    if (isCloudError(error)) return error;
    throw error;
  }
  throw new Error('The call succeeded.');
}

/** Everything that a log or a dialog could print of an error. */
export function printed(error: Error): string {
  return [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
}

/** Runs with a new empty folder. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cloud-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A password that must not turn up anywhere. */
export const CANARY_PASSWORD = 'Canary~Pass^9word';

/** None of the secrets of a call, in any form in which the SDKs handle it. */
export function assertClean(error: Error): void {
  const text = printed(error);
  for (const secret of [
    CANARY_PASSWORD,
    DEMO_ACCESS_KEY.secret,
    DEMO_STS_KEY.secret,
    DEMO_STS_KEY.securityToken ?? '',
  ])
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
      assert.ok(!text.includes(form), text);
  assert.ok(!/Signature=|https?:\/\//i.test(text), text);
  assert.equal(error.cause, undefined);
}
