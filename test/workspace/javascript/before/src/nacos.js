const { NacosConfigClient } = require('nacos');

// kmsClientKeyFilePath: './keys/client.json', kmsPassword: 'OldPw1!x&y'
const client = new NacosConfigClient({
  serverAddr: '127.0.0.1:8848',
  username: 'nacos',
  password: 'Nacos1!login',
  kmsClientKeyFilePath: './keys/client.json', /* the key */
  kmsPassword: 'OldPw1!x&y',
});

const reports = { kmsVersion: 'v3.0', kmsClientKeyFilePath: "keys/other.json", kmsPasswordKey: "OtherPw1!x" };

const config = {};
config.kmsClientKeyContent = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}';
config['kmsPassword'] = "OldPw1!x&y";

module.exports = {
  client,
  reports: new NacosConfigClient(reports),
  nested: { 'kmsClientKeyFilePath': `keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json`, "kmsPassword": `OldPw1!x&y` },
};
