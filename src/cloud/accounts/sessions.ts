import { isDeepStrictEqual } from 'node:util';
import type { AccessKey } from '../accessKey';
import type { Network } from '../network/network';
import { createProvider } from './providers';
import type { SignIn } from './signIn';
import { foldSignInError, SIGN_IN } from './signInError';
import type { FoundAccount } from './source';

interface Session {
  /** What the provider was made for: it serves nothing else. Renewed OAuth tokens are changed in it. */
  readonly signIn: SignIn;
  readonly provider: ReturnType<typeof createProvider>;
  /** A request under way: the SDK would ask for the same session, or run the same program, twice. */
  pending?: Promise<AccessKey>;
}

/** AccessKeys of the ways to sign in that need a request, a program or a metadata service; one session per account. */
export interface Sessions {
  /** @throws CloudError */
  accessKeyOf(accountId: string, account: FoundAccount): Promise<AccessKey>;
  /** Drops the session of an account, or all. */
  forget(accountId?: string): void;
}

/** @param network the way that the requests of the sign-in go */
export function createSessions(network: Network): Sessions {
  const sessions = new Map<string, Session>();

  const ask = async (accountId: string, session: Session, account: FoundAccount): Promise<AccessKey> => {
    try {
      return await network.attempt({ action: SIGN_IN }, async (wire) => {
        try {
          const { accessKeyId, accessKeySecret, securityToken } = await session.provider.getCredentials();
          return { accessKeyId, accessKeySecret, ...(securityToken && { securityToken }) };
        } catch (error) {
          throw foldSignInError(account, error, wire);
        }
      });
    } catch (error) {
      // A provider that failed once may stay stuck (docs/facts.md SDK-11).
      if (sessions.get(accountId) === session) sessions.delete(accountId);
      throw error;
    } finally {
      delete session.pending;
    }
  };

  const open = (account: FoundAccount): Session => {
    try {
      return { signIn: account.signIn, provider: createProvider(account.signIn) };
    } catch (error) {
      throw foldSignInError(account, error);
    }
  };

  return {
    accessKeyOf: async (accountId, account) => {
      const known = sessions.get(accountId);
      const session = known && isDeepStrictEqual(known.signIn, account.signIn) ? known : open(account);
      sessions.set(accountId, session);
      session.pending ??= ask(accountId, session, account);
      return await session.pending;
    },
    forget: (accountId) => {
      for (const [id, session] of sessions) {
        if (accountId !== undefined && accountId !== id) continue;
        const drop = () => {
          if (sessions.get(id) === session) sessions.delete(id);
        };
        // What is being asked for right now is as new as it gets; asking again would run the program twice at once.
        if (session.pending === undefined) drop();
        else void session.pending.then(drop, drop);
      }
    },
  };
}
