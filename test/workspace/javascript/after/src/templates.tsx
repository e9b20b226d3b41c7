import { NacosConfigClient } from 'nacos';

const content = `{
  "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
  "PrivateKeyData": "TUlJQ2FuYXJ5"
}`;

export function Status() {
  const client = new NacosConfigClient({ kmsClientKeyContent: content, kmsPassword: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' });
  return <p title="kmsPassword: 'OldPw1!x&y'">{client.status} it's fine</p>;
}
