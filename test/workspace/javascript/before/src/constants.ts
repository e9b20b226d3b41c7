import { NacosConfigClient, type ClientOptions } from 'nacos';
import Client, { Config } from '@alicloud/dkms-gcs-sdk';

const KEY_FILE: string = 'keys/client.json';
const settings = { kms: { password: 'OldPw1!x&y' }, retries: 3 } as const;
enum Kms {
  File = 'keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json',
}

export const nacos = new NacosConfigClient({
  kmsClientKeyFilePath: KEY_FILE,
  kmsPassword: settings.kms.password!,
} as ClientOptions);

export class Orders {
  private static readonly PASS = "OldPw1!x&y";
  private readonly config: Config;

  constructor() {
    this.config = new Config({});
    this.config.clientKeyFile = Kms.File;
    this.config.password = Orders.PASS;
  }

  other(): Client {
    const config = new Config({ clientKeyFile: 'keys/other.json', password: 'OtherPw1!x' });
    return new Client(config);
  }
}

export class KmsOptions {
  clientKeyFile = 'keys/client.json';
  password = 'OldPw1!x&y';
}
