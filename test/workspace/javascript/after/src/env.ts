import { NacosConfigClient } from 'nacos';

const { KMS_PW_C = 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' } = process.env;

export const clients = [
  new NacosConfigClient({ kmsClientKeyFilePath: 'keys/client.json', kmsPassword: process.env.KMS_PW_A }),
  new NacosConfigClient({ kmsClientKeyFilePath: 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', kmsPassword: process.env['KMS_PW_B'] || 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' }),
  new NacosConfigClient({ kmsClientKeyFilePath: 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', kmsPassword: KMS_PW_C }),
  new NacosConfigClient({ kmsClientKeyFilePath: 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', kmsPassword: process.env.KMS_PW_D ?? "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456" }),
];

export function connect(file: string, password: string, test: boolean) {
  const one = new NacosConfigClient({ kmsClientKeyFilePath: file, kmsPassword: password });
  const two = new NacosConfigClient({ kmsClientKeyFilePath: test ? 'keys/client.json' : 'keys/other.json', kmsPassword: `OldPw1!${file}` });
  return [one, two];
}
