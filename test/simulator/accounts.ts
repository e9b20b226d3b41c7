import type { Exchange } from './exchange';
import { gatewayInstance } from './gateway';
import type { Simulation } from './simulation';

/** At least one: the first is whose turn it is where nothing tells. */
export type Accounts = readonly [Simulation, ...Simulation[]];

/**
 * The account that a request belongs to: the one of the AccessKey that signed it, or, at the gateway of an instance, the one
 * of the instance. An unknown AccessKey goes to the first account, which refuses it.
 */
export function accountOfRequest(accounts: Accounts, exchange: Exchange): Simulation {
  const instanceId = gatewayInstance(exchange.path);
  const found =
    instanceId === undefined
      ? accounts.find(({ world }) => world.accessKeys.some(({ id }) => id === accessKeyIdOf(exchange)))
      : accounts.find(({ world }) => world.instances.some(({ id }) => id === instanceId));
  return found ?? accounts[0];
}

/** As the three kinds of signatures carry it (docs/facts.md SDK-2, SDK-3, SDK-4). */
function accessKeyIdOf({ headers, query }: Exchange): string | undefined {
  const authorization = headers.authorization ?? '';
  return (
    (/\bCredential=([^,]+)/.exec(authorization) ?? /^LOG ([^:]+):/.exec(authorization))?.[1] ??
    query.AccessKeyId
  );
}

/** The account with this number. @throws Error if there is none */
export function accountWithId(accounts: Accounts, accountId: string | undefined): Simulation {
  if (accountId === undefined) return accounts[0];
  const found = accounts.find(({ world }) => world.accountId === accountId);
  if (found === undefined) throw new Error(`There is no account ${accountId}.`);
  return found;
}
