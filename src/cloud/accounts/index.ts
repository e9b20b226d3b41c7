import { isCloudError } from '../../model/cloudError';
import type { AccessKey, AccountCredentials } from '../accessKey';
import { isRegionId } from '../endpoint';
import { createCloudError, noCredentials } from '../errors';
import type { Network } from '../network/network';
import { cliFilePath } from './cliFile';
import { createCliProfiles } from './cliProfiles';
import { createEnvironment } from './environment';
import { createIniProfiles, iniFilePath } from './iniProfiles';
import { createSessions } from './sessions';
import { commandOf, modeWithEffects } from './signIn';
import type { AccountList, AccountSource, FoundAccount } from './source';
import { createTypedAccounts, type TypedKeys } from './typedKeys';

export type { AccountList } from './source';
export type { TypedKeys } from './typedKeys';

/** A file that accounts are read from. */
export interface AccountFile {
  readonly file: string;
  readonly kind: 'cli' | 'ini';
}

export interface Accounts {
  /** Environment, profiles of the CLI, sections of the ini file, typed AccessKeys. What is broken hides nothing else. */
  list(): Promise<AccountList>;
  /** The files that are read, whether they exist or not. */
  files(): readonly AccountFile[];
  credentialsOf(accountId: string): AccountCredentials;
  /** The region that the account is set up for, where it says one. Never rejects. */
  homeRegion(accountId: string): Promise<string | undefined>;
  /** Drops the sessions that were opened for an account, or for all. */
  forget(accountId?: string): void;
  /** The user agreed that this account's profile may run its program or rewrite its file. */
  allowEffects(accountId: string): void;
}

export function createAccounts(options: {
  readonly env: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  readonly typedKeys?: TypedKeys | undefined;
  /** The way that the requests of a sign-in go. */
  readonly network: Network;
  isTrusted(): boolean;
}): Accounts {
  const { env, homeFolder, typedKeys } = options;
  const cli = cliFilePath(env, homeFolder);
  const ini = iniFilePath(env, homeFolder);
  const sources: readonly AccountSource[] = [
    createEnvironment(env),
    ...(cli === undefined ? [] : [createCliProfiles(cli, env.ALIBABA_CLOUD_PROFILE)]),
    createIniProfiles(ini),
    ...(typedKeys ? [createTypedAccounts(typedKeys)] : []),
  ];
  const sessions = createSessions(options.network);
  /** Consent is to an effect, `undefined` until it takes place: another one that stands there later asks anew. */
  const allowed = new Map<string, string | undefined>();

  const find = async (accountId: string): Promise<FoundAccount> => {
    for (const source of sources) {
      const found = await source.find(accountId);
      if (found) return found;
    }
    throw noCredentials(`There is no account ${accountId} any more.`);
  };

  const accessKeyOf = async (accountId: string): Promise<AccessKey> => {
    const found = await find(accountId);
    if (found.signIn.kind === 'key') return found.signIn.key;
    requireConsent(accountId, found);
    return await sessions.accessKeyOf(accountId, found);
  };

  const requireConsent = (accountId: string, { signIn, label }: FoundAccount): void => {
    const mode = modeWithEffects(signIn);
    if (mode === undefined) return;
    const does = mode === 'External' ? 'runs a program' : 'rewrites the profile file';
    // The switch of the `aliyun` CLI (docs/facts.md SDK-14).
    if (mode === 'External' && /^(1|true)$/i.test(env.ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS ?? ''))
      throw noCredentials(`${label} ${does}, and ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids that.`);
    if (!options.isTrusted())
      throw noCredentials(
        `${label} ${does} (mode ${mode}). That is not done in an untrusted workspace.`,
        'EffectsNotAllowed',
      );
    const effect = `${mode} ${commandOf(signIn) ?? ''}`;
    if (!allowed.has(accountId) || (allowed.get(accountId) ?? effect) !== effect)
      throw noCredentials(
        `${label} ${does} (mode ${mode}). That has to be allowed first.`,
        'EffectsNotAllowed',
      );
    allowed.set(accountId, effect);
  };

  return {
    list: async () => {
      const lists = await Promise.all(sources.map(listSafely));
      return {
        accounts: lists.flatMap(({ accounts }) => accounts),
        problems: lists.flatMap(({ problems }) => problems),
      };
    },
    files: () => [
      ...(cli === undefined ? [] : [{ file: cli, kind: 'cli' as const }]),
      { file: ini, kind: 'ini' },
    ],
    credentialsOf: (accountId) => ({
      getCredentials: () => accessKeyOf(accountId),
      getProviderName: () => accountId.split(':')[0] ?? '',
    }),
    homeRegion: async (accountId) => {
      // Why an account cannot be found is said where it is signed in.
      const found = await find(accountId).catch(() => undefined);
      return found?.homeRegion !== undefined && isRegionId(found.homeRegion) ? found.homeRegion : undefined;
    },
    forget: (accountId) => sessions.forget(accountId),
    allowEffects: (accountId) => {
      allowed.set(accountId, undefined);
    },
  };
}

async function listSafely(source: AccountSource): Promise<AccountList> {
  try {
    return await source.list();
  } catch (error) {
    // The text of a foreign error could hold anything.
    const problem = isCloudError(error)
      ? error
      : createCloudError({
          kind: 'badProfile',
          action: 'ReadProfiles',
          message: 'A source of accounts could not be read.',
        });
    return { accounts: [], problems: [problem] };
  }
}
