import type { Account } from '../../model/account';
import { expiryOf } from '../../model/expiry';
import { accountText } from '../accounts/accountText';
import { COMMANDS } from '../commandIds';
import { describeError } from '../errorText';
import type { AccountEntry } from '../inventory/entries';
import type { Row } from '../row';
import { printable, type Translate } from '../words';
import { keyCounts } from './keyCounts';
import type { KeyNode } from './keyNodes';
import type { RowContext } from './rowContext';

export function accountRow(account: Account, context: RowContext): Row {
  const { t } = context;
  const entry = context.account(account.id);
  const { name, source, details } = accountText(account, t, entry?.name);
  const uid = account.uid === undefined ? uidOfAaps(entry) : undefined;
  const failed = entry?.status === 'failed';
  return {
    id: `account/${account.id}`,
    label: name,
    description: [
      ...stateParts(entry, context),
      // Before the source: that one is the first to be cut off in a narrow side bar, and stands in the tooltip too.
      ...[account.uid ?? uid].filter((id) => id !== undefined).map((id) => printable(id)),
      source,
    ].join(' · '),
    tooltip: [
      ...details,
      ...(uid === undefined ? [] : [t('Account {0}', printable(uid))]),
      ...(context.machine === undefined ? [] : [context.machine]),
    ].join('\n'),
    icon: 'account',
    ...(failed ? { color: 'clientKeys.failed' } : {}),
    tags: ['account', ...(failed ? ['retry'] : [])],
    expansion: 'expanded',
  };
}

/** What is going on, and how many keys there are as far as that is known. */
function stateParts(entry: AccountEntry | undefined, context: RowContext): string[] {
  const { t } = context;
  if (!entry) return [];
  const { status, error, regions, account } = entry;
  const now = context.now(account.id);
  let keys = 0;
  let critical = 0;
  let read = 0;
  for (const region of regions) {
    if (region.status === 'ready' || region.status === 'failed') read += 1;
    for (const aap of region.aaps)
      for (const key of aap.keys) {
        keys += 1;
        const { state } = expiryOf(key, now, context.thresholds);
        if (state === 'critical' || state === 'expired') critical += 1;
      }
  }
  const counts = keyCounts(keys, critical, t);
  if (status === 'loading') return [t('loading…'), ...(keys > 0 ? counts : [])];
  if (status === 'failed') return [describeError(error, t).summary, ...(keys > 0 ? counts : [])];
  return keys > 0 || read > 0 ? counts : [];
}

/** Few sources say their account's number; the ARN of an AAP does. */
export function uidOfAaps(entry: AccountEntry | undefined): string | undefined {
  for (const region of entry?.regions ?? [])
    for (const { reach } of region.aaps) if (reach?.uid !== undefined) return reach.uid;
  return undefined;
}

/** Why there is nothing below an account. */
export function emptyRow({ accountId, why }: Extract<KeyNode, { kind: 'empty' }>, t: Translate): Row {
  return {
    id: `empty/${accountId}`,
    label:
      why === 'filter'
        ? t('No client key expires within the warning period.')
        : t('No application access point in any region.'),
    icon: 'info',
    tags: [],
  };
}

/** Stands for the welcome text, which VS Code shows only where there is no row at all. */
export function signInRow(t: Translate): Row {
  return {
    id: 'signIn',
    label: t('No account is signed in'),
    description: t('Sign In…'),
    tooltip: t('The client keys of an account are shown once it is signed in.'),
    icon: 'account',
    tags: ['signIn'],
    click: { command: COMMANDS.signIn, title: t('Sign In…') },
  };
}
