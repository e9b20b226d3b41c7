import { NacosConfigClient } from 'nacos';

const content = `{
  "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
  "PrivateKeyData": "TUlJT2xk"
}`;

export function Status() {
  const client = new NacosConfigClient({ kmsClientKeyContent: content, kmsPassword: 'OldPw1!' + "x&y" });
  return <p title="kmsPassword: 'OldPw1!x&y'">{client.status} it's fine</p>;
}
