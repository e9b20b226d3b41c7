import type { Account } from '../../model/account';
import { printable, type Translate } from '../words';

/** The account by its name, and where it comes from. */
export function accountText(account: Account, t: Translate): { name: string; source: string } {
  return account.kind === 'environment'
    ? { name: t('Environment'), source: t('ALIBABA_CLOUD_… variables') }
    : { name: printable(account.profile), source: t('aliyun CLI profile') };
}
