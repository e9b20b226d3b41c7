import type { Secret } from '../../model/secret';
import { noCredentials } from '../errors';
import type { AccountSource } from './source';

/** An AccessKey as somebody typed it. */
interface AccessKeyOfUser {
  readonly accessKeyId: string;
  readonly accessKeySecret: Secret;
  readonly securityToken?: Secret;
}

/** Where AccessKeys that were typed in are kept; whoever has a safe place for them fulfils it. */
export interface TypedKeys {
  /** Ids of accounts, `typed:` and a UUID. `identity`: as in `Account`. */
  ids(): Promise<readonly { readonly id: string; readonly temporary: boolean; readonly identity: string }[]>;
  /** @returns undefined where it is not kept (any more) */
  read(id: string): Promise<AccessKeyOfUser | undefined>;
}

/** AccessKeys that were typed in, as a source of accounts. */
export function createTypedAccounts(keys: TypedKeys): AccountSource {
  return {
    list: async () => ({
      accounts: (await keys.ids()).map(({ id, temporary, identity }) => ({
        id,
        kind: 'typed',
        temporary,
        // The AccessKey of a session is another one after every sign-in, whoever it is.
        ...(temporary ? {} : { identity }),
      })),
      problems: [],
    }),
    find: async (accountId) => {
      if (!accountId.startsWith('typed:')) return undefined;
      const typed = await readSafely(keys, accountId);
      if (!typed) return undefined;
      const { accessKeyId, accessKeySecret, securityToken } = typed;
      return {
        signIn: {
          kind: 'key',
          key: {
            accessKeyId,
            accessKeySecret: accessKeySecret.reveal(),
            ...(securityToken && { securityToken: securityToken.reveal() }),
          },
        },
        label: 'The AccessKey that was typed in',
        advice: 'Sign in again.',
      };
    },
  };
}

/** The text of a foreign error could hold anything. */
async function readSafely(keys: TypedKeys, accountId: string): Promise<AccessKeyOfUser | undefined> {
  try {
    return await keys.read(accountId);
  } catch {
    throw noCredentials('The AccessKey that was typed in could not be read from its store. Sign in again.');
  }
}
