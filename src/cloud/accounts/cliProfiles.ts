import type { Account, Site } from '../../model/account';
import { noCredentials } from '../errors';
import { type CliFile, type CliProfile, readCliFile } from './cliFile';
import { badProfile, shownMode } from './credentialFile';
import { whoSignsIn } from './identity';
import type { SignIn } from './signIn';
import type { AccountSource } from './source';

const PREFIX = 'cli:';

/**
 * The profiles of the `aliyun` CLI as a source of accounts.
 * @param currentProfile the profile that the environment names, which goes before that of the file
 */
export function createCliProfiles(file: string, currentProfile: string | undefined): AccountSource {
  return {
    list: async () => {
      const read = await readCliFile(file);
      if (!read) return { accounts: [], problems: [] };
      const current = currentProfile || read.current;
      // The CLI takes the first of two profiles with one name.
      const profiles = read.profiles.filter(
        (profile, index, all) =>
          !isEmpty(profile) && all.findIndex(({ name }) => name === profile.name) === index,
      );
      return {
        accounts: profiles.map((profile) => accountOf(profile, read, current)),
        problems: read.problems,
      };
    },
    find: async (accountId) => {
      if (!accountId.startsWith(PREFIX)) return undefined;
      const read = await readCliFile(file);
      const profile = read?.profiles.find(({ name }) => name === accountId.slice(PREFIX.length));
      const [problem] = read?.problems ?? [];
      // The profile that is not in order may be this one.
      if (!profile && problem) throw problem;
      if (!read || !profile) return undefined;
      return {
        signIn: signInOf(profile, read),
        label: `The profile ${profile.name} (${shownMode(modeOf(profile))})`,
        advice: `Try: aliyun sts GetCallerIdentity --profile ${profile.name}`,
        homeRegion: profile.region_id || undefined,
      };
    },
  };
}

function accountOf(profile: CliProfile, file: CliFile, current: string | undefined): Account {
  const site = siteOf(profile);
  return {
    id: `${PREFIX}${profile.name}`,
    kind: 'cliProfile',
    profile: profile.name,
    mode: shownMode(modeOf(profile)),
    current: profile.name === current,
    file: file.file,
    ...identityOf(profile, file),
    ...(site && { site }),
  };
}

/** What cannot be used is listed too: why it cannot is told where it is used. */
function identityOf(profile: CliProfile, file: CliFile): ReturnType<typeof whoSignsIn> {
  try {
    return whoSignsIn(signInOf(profile, file));
  } catch {
    return {};
  }
}

/** The CLI takes a profile without mode for one with an AccessKey. */
function modeOf(profile: CliProfile): string {
  return profile.mode || 'AK';
}

/** `aliyun configure` leaves an empty profile behind when it is broken off: nothing to sign in with. */
function isEmpty(profile: CliProfile): boolean {
  return ['AK', 'StsToken'].includes(modeOf(profile)) && !profile.access_key_id && !profile.access_key_secret;
}

/** Of the fields only this one is written on purpose: `site` is "china" in every profile (docs/facts.md SDK-14). */
function siteOf({ oauth_site_type: type }: CliProfile): Site | undefined {
  if (type === 'CN') return 'china';
  return type === 'INTL' ? 'international' : undefined;
}

/** @param above profiles whose source this one is */
function signInOf(profile: CliProfile, { file, profiles }: CliFile, above: readonly string[] = []): SignIn {
  const bad = (why: string) =>
    badProfile(file, `the profile ${profile.name} (${shownMode(modeOf(profile))}) ${why}`);
  const need = (field: keyof CliProfile): string => {
    const value = profile[field];
    if (typeof value === 'string' && value) return value;
    throw bad(`lacks ${field}`);
  };
  const key = () => ({ accessKeyId: need('access_key_id'), accessKeySecret: need('access_key_secret') });
  const role = () => ({
    roleArn: need('ram_role_arn'),
    sessionName: profile.ram_session_name || undefined,
    seconds: profile.expired_seconds || undefined,
    stsRegion: profile.sts_region || undefined,
    stsEndpoint: profile.sts_endpoint?.replace(/^https?:\/\/|\/+$/g, '') || undefined,
    externalId: profile.external_id || undefined,
  });
  const token = profile.sts_token ? { securityToken: profile.sts_token } : {};

  switch (modeOf(profile)) {
    case 'AK':
      return { kind: 'key', key: key() };
    case 'StsToken':
      return { kind: 'key', key: { ...key(), securityToken: need('sts_token') } };
    case 'RamRoleArn':
      return { kind: 'role', source: { kind: 'key', key: { ...key(), ...token } }, ...role() };
    case 'ChainableRamRoleArn': {
      const name = need('source_profile');
      const passed = [...above, profile.name];
      if (passed.includes(name)) throw bad('is its own source_profile, directly or through others');
      const source = profiles.find((each) => each.name === name);
      if (!source) throw bad(`has a source_profile, ${name}, that is not there`);
      const rest = { file, current: undefined, profiles, problems: [] };
      return { kind: 'role', source: signInOf(source, rest, passed), ...role() };
    }
    case 'EcsRamRole':
      return { kind: 'ecs', roleName: profile.ram_role_name || undefined };
    case 'OIDC': {
      const { externalId: _, ...session } = role();
      const [providerArn, tokenFile] = [need('oidc_provider_arn'), need('oidc_token_file')];
      return { kind: 'oidc', providerArn, tokenFile, ...session };
    }
    case 'CloudSSO': {
      const signInUrl = need('cloud_sso_sign_in_url');
      if (!URL.canParse(signInUrl) || new URL(signInUrl).protocol !== 'https:')
        throw bad('has a cloud_sso_sign_in_url that is no https address');
      return {
        kind: 'cloudSso',
        signInUrl,
        accountId: need('cloud_sso_account_id'),
        accessConfig: need('cloud_sso_access_config'),
        accessToken: need('access_token'),
        accessTokenEnd: profile.cloud_sso_access_token_expire ?? 0,
      };
    }
    case 'OAuth': {
      const site = need('oauth_site_type').toUpperCase();
      if (site !== 'CN' && site !== 'INTL') throw bad('has an oauth_site_type that is neither CN nor INTL');
      const tokens = {
        refreshToken: need('oauth_refresh_token'),
        accessToken: profile.oauth_access_token ?? '',
        accessTokenEnd: profile.oauth_access_token_expire ?? 0,
      };
      return { kind: 'oauth', site, tokens, file, profile: profile.name };
    }
    case 'External':
      return { kind: 'program', command: need('process_command') };
    default:
      throw noCredentials(
        `The mode ${shownMode(modeOf(profile))} of the profile ${profile.name} is not supported here. ` +
          'Use another profile, or an AccessKey.',
      );
  }
}
