import type { ExpiryThresholds } from '../../model/expiry';
import type { AccountEntry } from '../inventory/entries';
import type { Translate } from '../words';

/** What the rows of the *Client Keys* view are told by. */
export interface RowContext {
  readonly t: Translate;
  readonly locale: string;
  /** The service's present for an account, ms UTC. */
  now(accountId: string): number;
  /** The present for keys without an account, ms UTC. */
  localNow(): number;
  readonly thresholds: ExpiryThresholds;
  account(accountId: string): AccountEntry | undefined;
  /** Whether the account is shown unfolded. */
  isSmall(accountId: string): boolean;
  /** Whether a rotation under way replaces this key or made it. */
  rotationPart(keyId: string): 'old' | 'new' | undefined;
  /** Whose files and environment are read, in a remote window. */
  readonly machine: string | undefined;
}
