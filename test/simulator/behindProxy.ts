import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Authority, createAuthority } from './authority';
import { type ConnectProxy, startConnectProxy } from './connectProxy';
import type { Simulator } from './index';
import { startTlsFront } from './tlsFront';

/** A simulator under host names that nothing but its proxy can resolve, with certificates that nobody trusts by himself. */
export interface BehindProxy {
  readonly proxy: ConnectProxy;
  readonly authority: Authority;
  /** The authority's certificate in PEM. */
  readonly caFile: string;
  /** The settings of the extension that lead there. Those of the proxy are VS Code's. */
  readonly settings: {
    readonly 'clientKeys.endpoints.kms': string;
    readonly 'clientKeys.endpoints.log': string;
  };
  stop(): Promise<void>;
}

/** `.test` is reserved: no name server knows it. */
const DOMAIN = 'sim.test';

/** Puts a running simulator behind TLS and a CONNECT proxy, the only way to these names. */
export async function putBehindProxy(simulator: Simulator): Promise<BehindProxy> {
  const authority = await createAuthority('Simulated Authority');
  const certificate = await authority.issue(
    simulator.world.regions.flatMap((region) => [`kms.${region}.${DOMAIN}`, `*.${region}.log.${DOMAIN}`]),
  );
  const front = await startTlsFront(certificate, simulator.port);
  const proxy = await startConnectProxy((target) =>
    target.endsWith(`.${DOMAIN}:443`) ? front.port : undefined,
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'simulated-authority-'));
  const caFile = path.join(folder, 'authority.pem');
  await writeFile(caFile, authority.certificatePem);
  return {
    proxy,
    authority,
    caFile,
    settings: {
      'clientKeys.endpoints.kms': `https://kms.{region}.${DOMAIN}`,
      'clientKeys.endpoints.log': `https://{region}.log.${DOMAIN}`,
    },
    stop: async () => {
      await proxy.stop();
      await front.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
