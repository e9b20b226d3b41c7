import type { Account } from '../../model/account';
import type { AapRef, ClientKey } from '../../model/clientKey';
import type { LocalKey } from '../expiry/localKeys';
import type { AapEntry, RegionEntry } from '../inventory/entries';

/** What *Retry* on an error node reads again. */
export type RetryTarget =
  /** The sources of accounts, and all that they lead to. */
  | { readonly kind: 'all' }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'region'; readonly accountId: string; readonly regionId: string }
  | { readonly kind: 'aap'; readonly aap: AapRef }
  /** Where an AAP leads. */
  | { readonly kind: 'reach'; readonly aap: AapRef };

/** A node of the *Client Keys* view. */
export type KeyNode =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'region'; readonly region: RegionEntry }
  | { readonly kind: 'aap'; readonly entry: AapEntry }
  | { readonly kind: 'key'; readonly key: ClientKey }
  /** A KMS instance that an AAP leads to. */
  | {
      readonly kind: 'instance';
      readonly aap: AapRef;
      readonly instanceId: string;
      readonly logBought: boolean | undefined;
    }
  | { readonly kind: 'gateway'; readonly aap: AapRef }
  | { readonly kind: 'error'; readonly id: string; readonly error: unknown; readonly retry: RetryTarget }
  /** Why there is nothing below an account: it has no AAP, or the filter hides all. */
  | { readonly kind: 'empty'; readonly accountId: string; readonly why: 'noAap' | 'filter' }
  /** Nobody is signed in, though there is something else to see. */
  | { readonly kind: 'signIn' }
  /** Keys that no account lists, known from credential files of the workspace. */
  | { readonly kind: 'files'; readonly keys: readonly LocalKey[] }
  /** `file` is what commands about files look for. */
  | { readonly kind: 'fileKey'; readonly key: LocalKey; readonly file: string };

/** What can be shown in the tree from elsewhere. */
export type RevealTarget =
  | { readonly kind: 'key'; readonly key: ClientKey }
  | { readonly kind: 'aap'; readonly aap: AapRef }
  | { readonly kind: 'instance'; readonly aap: AapRef; readonly instanceId: string };
