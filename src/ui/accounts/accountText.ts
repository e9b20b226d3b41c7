import type { Account } from '../../model/account';
import { printable, type Translate } from '../words';

export interface AccountText {
  /** What the user calls it, else the name of its profile. */
  readonly name: string;
  /** The kind of source. */
  readonly source: string;
  /** Lines: source, profile and mode, file, account id. */
  readonly details: readonly string[];
}

/** An account by its name, and where it comes from. */
export function accountText(account: Account, t: Translate, name?: string): AccountText {
  const source = sourceText(account, t);
  const profile = 'profile' in account ? printable(account.profile) : undefined;
  return {
    name: name === undefined ? (profile ?? plainName(account, t)) : printable(name),
    source,
    details: [
      source,
      ...(profile === undefined ? [] : [t('Profile {0}', profile)]),
      ...('mode' in account && account.mode !== '' ? [t('Mode {0}', printable(account.mode))] : []),
      ...('file' in account && account.file !== '' ? [account.file] : []),
      ...(account.uid === undefined ? [] : [t('Account {0}', printable(account.uid))]),
    ],
  };
}

function sourceText(account: Account, t: Translate): string {
  switch (account.kind) {
    case 'environment':
      return t('ALIBABA_CLOUD_… variables');
    case 'cliProfile':
      return t('aliyun CLI profile');
    case 'iniProfile':
      return t('credentials file');
    case 'typed':
      return account.temporary ? t('AccessKey and STS token typed in') : t('AccessKey typed in');
  }
}

function plainName(account: Account, t: Translate): string {
  return account.kind === 'environment' ? t('Environment') : t('AccessKey');
}
