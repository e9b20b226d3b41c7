import { noCredentials } from '../errors';
import { hashIdentity, whoSignsIn } from './identity';
import type { SignIn } from './signIn';
import type { AccountSource } from './source';

const ENVIRONMENT = 'environment';

/**
 * The environment as a source of one account: an AccessKey, with or without session token, else a role by OIDC, in the order
 * of the credentials SDK.
 */
export function createEnvironment(env: NodeJS.ProcessEnv): AccountSource {
  return {
    list: async () => {
      const signIn = signInOf(env);
      const accounts = signIn
        ? [{ id: ENVIRONMENT, kind: 'environment' as const, ...whoSignsIn(signIn), ...sessionOf(signIn) }]
        : [];
      return { accounts, problems: [] };
    },
    find: async (accountId) => {
      if (accountId !== ENVIRONMENT) return undefined;
      const signIn = signInOf(env);
      if (!signIn)
        throw noCredentials('ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set.');
      return {
        signIn,
        label: 'The environment',
        advice: 'Look at the variables ALIBABA_CLOUD_…, and start the editor again after a change.',
        homeRegion: env.ALIBABA_CLOUD_REGION_ID || undefined,
      };
    },
  };
}

/**
 * The session itself: two windows that were started with sessions of two accounts must not take over each other's keys, and
 * within a window the environment never changes.
 */
function sessionOf(signIn: SignIn): { identity?: string } {
  const isSession = signIn.kind === 'key' && signIn.key.securityToken !== undefined;
  return isSession ? { identity: hashIdentity(signIn.key.accessKeyId) } : {};
}

function signInOf(env: NodeJS.ProcessEnv): SignIn | undefined {
  const id = env.ALIBABA_CLOUD_ACCESS_KEY_ID;
  const secret = env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
  const token = env.ALIBABA_CLOUD_SECURITY_TOKEN;
  if (id && secret)
    return {
      kind: 'key',
      key: { accessKeyId: id, accessKeySecret: secret, ...(token && { securityToken: token }) },
    };
  const roleArn = env.ALIBABA_CLOUD_ROLE_ARN;
  const providerArn = env.ALIBABA_CLOUD_OIDC_PROVIDER_ARN;
  const tokenFile = env.ALIBABA_CLOUD_OIDC_TOKEN_FILE;
  if (!roleArn || !providerArn || !tokenFile) return undefined;
  const sessionName = env.ALIBABA_CLOUD_ROLE_SESSION_NAME || undefined;
  return { kind: 'oidc', roleArn, providerArn, tokenFile, sessionName };
}
