import {
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
} from '@alicloud/credentials';
import ExternalCredentialsProvider from '@alicloud/credentials/dist/src/providers/external';
import OAuthCredentialsProvider from '@alicloud/credentials/dist/src/providers/oauth';
import type { AccessKey } from '../accessKey';
import { createCloudSsoProvider } from './cloudSso';
import { keepOAuthTokens } from './oauthFile';
import type { SignIn } from './signIn';

/** What the SDK's providers give and take. */
interface Provider {
  getCredentials(): Promise<{
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken: string;
    readonly providerName: string;
  }>;
  getProviderName(): string;
}

/** A program that names no end for its AccessKey would run for every call of a sweep; so long it is not asked again. */
const HELD_MS = 60_000;

/** Where an OAuth session is renewed, and as whom: constants of the CLI and the SDK (docs/facts.md SDK-14). */
const OAUTH = {
  CN: { url: 'https://oauth.aliyun.com', client: '4038181954557748008' },
  INTL: { url: 'https://oauth.alibabacloud.com', client: '4103531455503354461' },
} as const;

/**
 * The SDK's provider for a way to sign in. It keeps the session and renews it before its end.
 * @throws the SDK's errors, here and from the provider: what they say may hold tokens
 */
export function createProvider(signIn: SignIn): Provider {
  switch (signIn.kind) {
    case 'key':
      return fixed(signIn.key);
    case 'role': {
      const builder = RAMRoleARNCredentialsProvider.builder()
        .withCredentialsProvider(createProvider(signIn.source))
        .withRoleArn(signIn.roleArn);
      if (signIn.policy) builder.withPolicy(signIn.policy);
      if (signIn.externalId) builder.withExternalId(signIn.externalId);
      return withSession(builder, signIn).build();
    }
    case 'oidc': {
      const builder = OIDCRoleArnCredentialsProvider.builder()
        .withRoleArn(signIn.roleArn)
        .withOIDCProviderArn(signIn.providerArn)
        .withOIDCTokenFilePath(signIn.tokenFile);
      return withSession(builder, signIn).build();
    }
    case 'ecs': {
      const builder = ECSRAMRoleCredentialsProvider.builder();
      return (signIn.roleName ? builder.withRoleName(signIn.roleName) : builder).build();
    }
    case 'cloudSso':
      return createCloudSsoProvider(signIn);
    case 'oauth':
      return OAuthCredentialsProvider.builder()
        .withSignInUrl(OAUTH[signIn.site].url)
        .withClientId(OAUTH[signIn.site].client)
        .withRefreshToken(signIn.tokens.refreshToken)
        .withAccessToken(signIn.tokens.accessToken)
        .withAccessTokenExpire(signIn.tokens.accessTokenEnd)
        .withTokenUpdateCallback((refreshToken, accessToken, id, secret, token, accessTokenEnd, end) =>
          keepOAuthTokens(signIn, { refreshToken, accessToken, accessTokenEnd }, { id, secret, token, end }),
        )
        .build();
    case 'program':
      return held(ExternalCredentialsProvider.builder().withProcessCommand(signIn.command).build());
  }
}

interface SessionBuilder {
  withRoleSessionName(name: string): unknown;
  withDurationSeconds(seconds: number): unknown;
  withStsRegionId(region: string): unknown;
  withStsEndpoint(host: string): unknown;
}

function withSession<Builder extends SessionBuilder>(
  builder: Builder,
  { sessionName, seconds, stsRegion, stsEndpoint }: Extract<SignIn, { kind: 'role' | 'oidc' }>,
): Builder {
  if (sessionName) builder.withRoleSessionName(sessionName);
  if (seconds) builder.withDurationSeconds(seconds);
  if (stsRegion) builder.withStsRegionId(stsRegion);
  if (stsEndpoint) builder.withStsEndpoint(stsEndpoint);
  return builder;
}

function fixed({ accessKeyId, accessKeySecret, securityToken = '' }: AccessKey): Provider {
  const providerName = securityToken ? 'static_sts' : 'static_ak';
  return {
    getCredentials: async () => ({ accessKeyId, accessKeySecret, securityToken, providerName }),
    getProviderName: () => providerName,
  };
}

function held(provider: Provider): Provider {
  let last:
    | { readonly until: number; readonly answer: Awaited<ReturnType<Provider['getCredentials']>> }
    | undefined;
  return {
    getCredentials: async () => {
      if (last && Date.now() < last.until) return last.answer;
      const answer = await provider.getCredentials();
      last = { until: Date.now() + HELD_MS, answer };
      return answer;
    },
    getProviderName: () => provider.getProviderName(),
  };
}
