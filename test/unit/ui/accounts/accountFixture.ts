import type { Account } from '../../../../src/model/account';

export const ENVIRONMENT: Account = { id: 'environment', kind: 'environment' };

type CliProfile = Extract<Account, { kind: 'cliProfile' }>;

/** A profile of the `aliyun` CLI. */
export function cli(profile: string, more: Partial<Omit<CliProfile, 'kind'>> = {}): Account {
  const file = '/home/ada/.aliyun/config.json';
  return { id: `cli:${profile}`, kind: 'cliProfile', profile, mode: 'AK', current: false, file, ...more };
}

export function ini(profile: string): Account {
  const file = '/home/ada/.alibabacloud/credentials';
  return { id: `ini:${profile}`, kind: 'iniProfile', profile, mode: 'access_key', file };
}

export function typed(uuid: string, temporary = false): Account {
  return { id: `typed:${uuid}`, kind: 'typed', temporary };
}
