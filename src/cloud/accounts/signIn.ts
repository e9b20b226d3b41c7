import type { AccessKey } from '../accessKey';

/** What a role is assumed with, beside its ARN. */
interface RoleSession {
  readonly roleArn: string;
  readonly sessionName?: string | undefined;
  readonly seconds?: number | undefined;
  readonly stsRegion?: string | undefined;
  /** A host, without scheme. */
  readonly stsEndpoint?: string | undefined;
}

/** The tokens of an OAuth session. A renewal replaces them here and in the profile file. */
export interface OAuthTokens {
  refreshToken: string;
  accessToken: string;
  /** Unix seconds. */
  accessTokenEnd: number;
}

/**
 * How an account comes to its AccessKey, as its source says now. Plain data: two that are equal may share a session.
 * It holds secrets: it stays inside cloud/.
 */
export type SignIn =
  | { readonly kind: 'key'; readonly key: AccessKey }
  | (RoleSession & {
      readonly kind: 'role';
      /** Who assumes the role. */
      readonly source: SignIn;
      readonly policy?: string | undefined;
      readonly externalId?: string | undefined;
    })
  | (RoleSession & { readonly kind: 'oidc'; readonly providerArn: string; readonly tokenFile: string })
  | { readonly kind: 'ecs'; readonly roleName?: string | undefined }
  | {
      readonly kind: 'cloudSso';
      readonly signInUrl: string;
      readonly accountId: string;
      readonly accessConfig: string;
      readonly accessToken: string;
      /** Unix seconds. */
      readonly accessTokenEnd: number;
    }
  | {
      readonly kind: 'oauth';
      readonly site: 'CN' | 'INTL';
      readonly tokens: OAuthTokens;
      /** Where the tokens are kept. */
      readonly file: string;
      readonly profile: string;
    }
  | { readonly kind: 'program'; readonly command: string };

/**
 * The mode that runs a program or rewrites the profile file, be it of the account or of one that it assumes its role from:
 * an innocent mode may rest on one that runs a program.
 */
export function modeWithEffects(signIn: SignIn): 'External' | 'OAuth' | undefined {
  if (signIn.kind === 'role') return modeWithEffects(signIn.source);
  if (signIn.kind === 'program') return 'External';
  return signIn.kind === 'oauth' ? 'OAuth' : undefined;
}

/** The program that it runs, if it runs one. */
export function commandOf(signIn: SignIn): string | undefined {
  if (signIn.kind === 'role') return commandOf(signIn.source);
  return signIn.kind === 'program' ? signIn.command : undefined;
}
