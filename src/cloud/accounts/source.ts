import type { Account } from '../../model/account';
import type { CloudError } from '../../model/cloudError';
import type { SignIn } from './signIn';

/** What one source of credentials holds. */
export interface AccountList {
  readonly accounts: readonly Account[];
  /** What of it cannot be used, and why. */
  readonly problems: readonly CloudError[];
}

/** An account as its source describes it at this moment. */
export interface FoundAccount {
  readonly signIn: SignIn;
  /** For messages, for example `The profile prod (RamRoleArn)`. */
  readonly label: string;
  /** What a user can try when it gives no credentials. */
  readonly advice: string;
  readonly homeRegion?: string | undefined;
}

/** One of the places that accounts come from. Everything is read anew at every call, so that an edit counts at once. */
export interface AccountSource {
  list(): Promise<AccountList>;
  /**
   * @returns undefined where the source has no such account (any more)
   * @throws CloudError `badProfile` or `noCredentials` if what it says of the account is no way to sign in
   */
  find(accountId: string): Promise<FoundAccount | undefined>;
}
