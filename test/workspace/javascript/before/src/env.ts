import { NacosConfigClient } from 'nacos';

const { KMS_PW_C = 'OldPw1!x&y' } = process.env;

export const clients = [
  new NacosConfigClient({ kmsClientKeyFilePath: 'keys/client.json', kmsPassword: process.env.KMS_PW_A }),
  new NacosConfigClient({ kmsClientKeyFilePath: 'keys/client.json', kmsPassword: process.env['KMS_PW_B'] || 'OldPw1!x&y' }),
  new NacosConfigClient({ kmsClientKeyFilePath: 'keys/client.json', kmsPassword: KMS_PW_C }),
  new NacosConfigClient({ kmsClientKeyFilePath: 'keys/client.json', kmsPassword: process.env.KMS_PW_D ?? "OldPw1!x&y" }),
];

export function connect(file: string, password: string, test: boolean) {
  const one = new NacosConfigClient({ kmsClientKeyFilePath: file, kmsPassword: password });
  const two = new NacosConfigClient({ kmsClientKeyFilePath: test ? 'keys/client.json' : 'keys/other.json', kmsPassword: `OldPw1!${file}` });
  return [one, two];
}
