import type { AddressInfo } from 'node:net';
import type { Accounts } from './accounts';
import { createClock } from './clock';
import { type Control, createControl } from './control';
import { demoWorld } from './demoWorld';
import { createSimulatorServer } from './server';
import { createSimulation } from './simulation';
import type { World } from './world';

export type { Control } from './control';
export { connectControl } from './controlClient';
export * from './demoWorld';
export * from './estateWorld';
export type { Fault } from './faults';
export * from './secondWorld';
export type { RecordedRequest } from './simulation';
export type * from './world';

export interface Simulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** The settings of the extension that lead it here. */
  readonly settings: {
    readonly 'clientKeys.endpoints.kms': string;
    readonly 'clientKeys.endpoints.log': string;
  };
  /** The first account. */
  readonly world: World;
  readonly control: Control;
  /** The control of the account with this number. @throws Error if there is none */
  controlOf(accountId: string): Control;
  /** Ends every connection and frees the port. */
  stop(): Promise<void>;
}

export interface SimulatorOptions {
  /** 0 or nothing: any free port. */
  readonly port?: number;
  /** Nothing: the demo world. */
  readonly world?: World;
  /** Further Alibaba Cloud accounts, each with AccessKeys, keys, limits, faults and logs of its own. */
  readonly others?: readonly World[];
  /** `false` prints the address on stdout once it listens. */
  readonly quiet?: boolean;
}

/** Starts KMS, log service and instance gateway on one port of 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = options.world ?? (await demoWorld());
  const clock = createClock();
  const others = (options.others ?? []).map((other) => createSimulation(other, clock));
  const accounts: Accounts = [createSimulation(world, clock), ...others];
  const server = createSimulatorServer(accounts);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  if (options.quiet === false) console.log(`Simulator listening on ${url}`);
  return {
    url,
    port,
    settings: { 'clientKeys.endpoints.kms': `${url}/kms/{region}`, 'clientKeys.endpoints.log': url },
    world,
    control: createControl(accounts),
    controlOf: (accountId) => createControl(accounts, accountId),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
