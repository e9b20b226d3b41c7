import path from 'node:path';
import type { Account } from '../../model/account';
import { badProfile, readCredentialFile, shownMode } from './credentialFile';
import { whoSignsIn } from './identity';
import { type IniSection, parseIni } from './iniText';
import type { SignIn } from './signIn';
import type { AccountSource } from './source';

const PREFIX = 'ini:';

/** `~/.alibabacloud/credentials`, or where `ALIBABA_CLOUD_CREDENTIALS_FILE` points. */
export function iniFilePath(env: NodeJS.ProcessEnv, homeFolder: string): string {
  return env.ALIBABA_CLOUD_CREDENTIALS_FILE || path.join(homeFolder, '.alibabacloud', 'credentials');
}

/** The sections of the SDKs' credentials file as a source of accounts. */
export function createIniProfiles(file: string): AccountSource {
  const read = async () => {
    const text = await readCredentialFile(file);
    return text === undefined ? undefined : parseIni(text);
  };
  return {
    list: async () => {
      const ini = await read();
      const [stray] = ini?.strayLines ?? [];
      return {
        accounts: (ini?.sections ?? []).filter(isMeant).map((section) => accountOf(file, section)),
        problems:
          stray === undefined
            ? []
            : [badProfile(file, `line ${stray} is neither a section nor a name with a value`)],
      };
    },
    find: async (accountId) => {
      if (!accountId.startsWith(PREFIX)) return undefined;
      const ini = await read();
      const section = ini?.sections.find(({ name }) => name === accountId.slice(PREFIX.length));
      if (!section) return undefined;
      return {
        signIn: signInOf(file, section),
        label: `The section [${section.name}] (${typeOf(section)}) of ${file}`,
        advice: 'Look at its entries, and whether the AccessKey is still active.',
        homeRegion: section.values.get('region_id') || undefined,
      };
    },
  };
}

/** A section for something else, or one that was turned off, is no account. */
function isMeant({ values }: IniSection): boolean {
  return (
    values.get('enable')?.toLowerCase() !== 'false' && [...values.keys()].some((name) => name !== 'enable')
  );
}

function typeOf({ values }: IniSection): string {
  return shownMode(values.get('type') ?? '');
}

function accountOf(file: string, section: IniSection): Account {
  return {
    id: `${PREFIX}${section.name}`,
    kind: 'iniProfile',
    profile: section.name,
    mode: typeOf(section),
    file,
    ...identityOf(file, section),
  };
}

/** What cannot be used is listed too: why it cannot is told where it is used. */
function identityOf(file: string, section: IniSection): ReturnType<typeof whoSignsIn> {
  try {
    return whoSignsIn(signInOf(file, section));
  } catch {
    return {};
  }
}

/** The types and their entries as `@alicloud/credentials` reads them (docs/facts.md SDK-15). */
function signInOf(file: string, section: IniSection): SignIn {
  const { name, line, values } = section;
  const bad = (why: string) => badProfile(file, `the section [${name}] in line ${line} ${why}`);
  const need = (entry: string): string => {
    const value = values.get(entry);
    if (value) return value;
    throw bad(`lacks ${entry}`);
  };
  const key = () => ({ accessKeyId: need('access_key_id'), accessKeySecret: need('access_key_secret') });
  const role = () => ({
    roleArn: need('role_arn'),
    sessionName: values.get('role_session_name') || undefined,
  });
  switch (need('type')) {
    case 'access_key':
      return { kind: 'key', key: key() };
    case 'sts':
      return { kind: 'key', key: { ...key(), securityToken: need('security_token') } };
    case 'ecs_ram_role':
      return { kind: 'ecs', roleName: values.get('role_name') || undefined };
    case 'ram_role_arn':
      return {
        kind: 'role',
        source: { kind: 'key', key: key() },
        ...role(),
        policy: values.get('policy') || undefined,
      };
    case 'oidc_role_arn':
      return {
        kind: 'oidc',
        providerArn: need('oidc_provider_arn'),
        tokenFile: need('oidc_token_file_path'),
        ...role(),
      };
    default:
      throw bad(
        'has a type that is not supported here (access_key, sts, ram_role_arn, ecs_ram_role and oidc_role_arn are)',
      );
  }
}
