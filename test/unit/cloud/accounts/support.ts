import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Accounts, createAccounts, type TypedKeys } from '../../../../src/cloud/accounts';
import { createNetwork, type Network } from '../../../../src/cloud/network/network';

/** In every secret of these tests: it must not turn up in any message. */
export const CANARY = 'canary-secret-9f3a';

/** Accounts of a home folder, without any environment unless one is given. */
export function accountsIn(
  homeFolder: string,
  options: {
    env?: NodeJS.ProcessEnv;
    isTrusted?: () => boolean;
    typedKeys?: TypedKeys;
    network?: Network;
  } = {},
): Accounts {
  return createAccounts({
    env: {},
    homeFolder,
    isTrusted: () => true,
    network: createNetwork({}),
    ...options,
  });
}

/** Writes the `aliyun` CLI's file. @returns its path */
export async function writeCliFile(home: string, content: string | Buffer | object): Promise<string> {
  const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
  return await write(path.join(home, '.aliyun', 'config.json'), text);
}

/** Writes the credentials file of the SDKs. @returns its path */
export async function writeIniFile(home: string, content: string | Buffer): Promise<string> {
  return await write(path.join(home, '.alibabacloud', 'credentials'), content);
}

async function write(file: string, content: string | Buffer): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}
