import httpx = require('httpx');

import { Session, SessionCredentialProvider } from '@alicloud/credentials/dist/src/providers/session';
import * as v from 'valibot';
import type { SignIn } from './signIn';

const WAIT_MS = 10_000;

const Answer = v.object({
  CloudCredential: v.object({
    AccessKeyId: v.string(),
    AccessKeySecret: v.string(),
    SecurityToken: v.string(),
    Expiration: v.pipe(v.string(), v.isoTimestamp()),
  }),
});

/**
 * Sessions of CloudSSO, kept and renewed by the SDK's own provider of sessions. The request is ours: that of the SDK leaves out
 * its body, so that the service cannot know which account is meant (docs/facts.md SDK-16).
 */
export function createCloudSsoProvider(
  signIn: Extract<SignIn, { kind: 'cloudSso' }>,
): SessionCredentialProvider {
  const provider = new SessionCredentialProvider();
  provider.refresher = () => openSession(signIn);
  return provider;
}

/** @throws Error with the messages of the SDK, which may hold an answer with tokens */
async function openSession(signIn: Extract<SignIn, { kind: 'cloudSso' }>): Promise<Session> {
  if (signIn.accessTokenEnd * 1000 <= Date.now())
    throw new Error('CloudSSO access token is empty or expired');
  const response = await httpx.request(`${new URL(signIn.signInUrl).origin}/cloud-credentials`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${signIn.accessToken}`,
    },
    data: JSON.stringify({ AccountId: signIn.accountId, AccessConfigurationId: signIn.accessConfig }),
    readTimeout: WAIT_MS,
    connectTimeout: WAIT_MS,
  });
  const body = String(await httpx.read(response, 'utf8'));
  const answer = v.safeParse(v.pipe(v.string(), v.parseJson(), Answer), body);
  if (response.statusCode !== 200 || !answer.success)
    throw new Error(`get session token from CloudSSO failed: ${body}`);
  const { AccessKeyId, AccessKeySecret, SecurityToken, Expiration } = answer.output.CloudCredential;
  return new Session(AccessKeyId, AccessKeySecret, SecurityToken, new Date(Expiration).toISOString());
}
