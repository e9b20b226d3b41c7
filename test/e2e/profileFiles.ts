import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Server } from '../host/server';
import type { AccessKey } from '../simulator/world';

/** The profile files of the user that a server under test runs as. */
export interface ProfileFiles {
  readonly cli: string;
  readonly ini: string;
  /** Replaces the profiles of the `aliyun` CLI, as its `configure` does; the first is the current one. */
  writeCli(...profiles: readonly object[]): Promise<void>;
  writeText(file: string, text: string): Promise<void>;
}

export function profileFiles(server: Server): ProfileFiles {
  const home = path.join(server.dataDir, 'home');
  const cli = path.join(home, '.aliyun', 'config.json');

  async function writeText(file: string, text: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }

  return {
    cli,
    ini: path.join(home, '.alibabacloud', 'credentials'),
    writeCli: (first, ...others) =>
      writeText(
        cli,
        JSON.stringify({
          current: first && 'name' in first ? first.name : '',
          profiles: first ? [first, ...others] : [],
        }),
      ),
    writeText,
  };
}

/** A profile that holds an AccessKey, with its token where it has one. */
export function storedProfile(name: string, key: AccessKey): object {
  return {
    name,
    mode: key.securityToken === undefined ? 'AK' : 'StsToken',
    access_key_id: key.id,
    access_key_secret: key.secret,
    ...(key.securityToken === undefined ? {} : { sts_token: key.securityToken }),
    region_id: 'cn-hangzhou',
  };
}

/** A section of the credentials file that holds an AccessKey. */
export function iniSection(name: string, key: AccessKey): string {
  return `[${name}]\ntype = access_key\naccess_key_id = ${key.id}\naccess_key_secret = ${key.secret}\n`;
}
