import type { Account } from '../model/account';
import { MODES_WITH_EFFECTS } from '../model/account';
import type { AccessKey, AccountCredentials } from './accessKey';
import { noCredentials } from './errors';
import type { CliProfile, Profiles } from './profileFile';
import { readProfiles } from './profileFile';
import { createSdkCredentials } from './sdkCredentials';

export interface Accounts {
  list(): Promise<readonly Account[]>;
  credentialsOf(accountId: string): AccountCredentials;
  /** The region that the account is set up for, where it says one. */
  homeRegion(accountId: string): Promise<string | undefined>;
  /** Drops cached credential objects: one whose chain failed once stays stuck. */
  forget(accountId: string): void;
  /** The user agreed that this account's profile may run its program or rewrite its file. */
  allowEffects(accountId: string): void;
}

const PROFILE_PREFIX = 'cli:';
const ENVIRONMENT = 'environment';

export function createAccounts(options: {
  readonly env: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  isTrusted(): boolean;
}): Accounts {
  const { env } = options;
  const sdk = createSdkCredentials();
  const allowed = new Set<string>();
  const profiles = () => readProfiles(env, options.homeFolder);

  const findProfile = async (accountId: string): Promise<{ file: Profiles; profile: CliProfile }> => {
    const name = accountId.startsWith(PROFILE_PREFIX) ? accountId.slice(PROFILE_PREFIX.length) : undefined;
    const file = await profiles();
    const profile = file?.profiles.find((each) => each.name === name);
    if (!file || !profile) throw noCredentials(`There is no account ${accountId} any more.`);
    return { file, profile };
  };

  const accessKeyOf = async (accountId: string): Promise<AccessKey> => {
    if (accountId === ENVIRONMENT) {
      const key = environmentKey(env);
      if (!key)
        throw noCredentials('ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set.');
      return key;
    }
    const { file, profile } = await findProfile(accountId);
    const own = storedKey(profile);
    if (own) return own;
    if (isStored(profile)) throw noCredentials(`The profile ${profile.name} holds no complete AccessKey.`);
    const effects = chainOf(profile, file).find((each) => MODES_WITH_EFFECTS.includes(modeOf(each)));
    if (effects && !(options.isTrusted() && allowed.has(accountId)))
      throw noCredentials(
        `The profile ${profile.name} (${modeOf(effects)}) runs a program or rewrites the profile file. ` +
          (options.isTrusted()
            ? 'That has to be allowed first.'
            : 'That is not done in an untrusted workspace.'),
        'EffectsNotAllowed',
      );
    return await sdk.accessKeyOf(accountId, profile, file);
  };

  return {
    list: async () => {
      const accounts: Account[] = environmentKey(env) ? [{ id: ENVIRONMENT, kind: 'environment' }] : [];
      const file = await profiles();
      for (const profile of file?.profiles ?? []) {
        // `aliyun configure` leaves an empty profile behind when it is broken off: nothing to sign in with.
        if (isStored(profile) && !storedKey(profile)) continue;
        accounts.push({
          id: `${PROFILE_PREFIX}${profile.name}`,
          kind: 'cliProfile',
          profile: profile.name,
          mode: modeOf(profile),
          current: profile.name === file?.current,
        });
      }
      return accounts;
    },
    credentialsOf: (accountId) => ({
      getCredentials: () => accessKeyOf(accountId),
      getProviderName: () => (accountId === ENVIRONMENT ? 'env' : 'cli_profile'),
    }),
    homeRegion: async (accountId) =>
      accountId === ENVIRONMENT
        ? env.ALIBABA_CLOUD_REGION_ID || undefined
        : (await findProfile(accountId)).profile.region_id || undefined,
    forget: (accountId) => sdk.forget(accountId),
    allowEffects: (accountId) => {
      allowed.add(accountId);
    },
  };
}

/** The CLI takes a profile without mode for one with an AccessKey. */
function modeOf(profile: CliProfile): string {
  return profile.mode || 'AK';
}

/** Modes whose AccessKey stands in the file: read here and not by the SDK, which reads the file once per object. */
function isStored(profile: CliProfile): boolean {
  return ['AK', 'StsToken'].includes(modeOf(profile));
}

function storedKey(profile: CliProfile): AccessKey | undefined {
  const { access_key_id: id, access_key_secret: secret, sts_token: token } = profile;
  if (!isStored(profile) || !id || !secret) return undefined;
  if (modeOf(profile) === 'AK') return { accessKeyId: id, accessKeySecret: secret };
  return token ? { accessKeyId: id, accessKeySecret: secret, securityToken: token } : undefined;
}

function environmentKey(env: NodeJS.ProcessEnv): AccessKey | undefined {
  const id = env.ALIBABA_CLOUD_ACCESS_KEY_ID;
  const secret = env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
  const token = env.ALIBABA_CLOUD_SECURITY_TOKEN;
  if (!id || !secret) return undefined;
  return { accessKeyId: id, accessKeySecret: secret, ...(token && { securityToken: token }) };
}

/** The profile and those that it assumes its role from: an innocent mode may rest on one that runs a program. */
function chainOf(profile: CliProfile, file: Profiles): readonly CliProfile[] {
  const chain: CliProfile[] = [];
  let next: CliProfile | undefined = profile;
  while (next && !chain.includes(next)) {
    chain.push(next);
    const source: string | null | undefined = next.source_profile;
    next = source ? file.profiles.find((each) => each.name === source) : undefined;
  }
  return chain;
}
