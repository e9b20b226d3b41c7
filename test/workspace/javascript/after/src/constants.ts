import { NacosConfigClient, type ClientOptions } from 'nacos';
import Client, { Config } from '@alicloud/dkms-gcs-sdk';

const KEY_FILE: string = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json';
const settings = { kms: { password: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' }, retries: 3 } as const;
enum Kms {
  File = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json',
}

export const nacos = new NacosConfigClient({
  kmsClientKeyFilePath: KEY_FILE,
  kmsPassword: settings.kms.password!,
} as ClientOptions);

export class Orders {
  private static readonly PASS = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";
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
  clientKeyFile = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json';
  password = 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456';
}
