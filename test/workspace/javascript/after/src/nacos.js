const { NacosConfigClient } = require('nacos');

// kmsClientKeyFilePath: './keys/client.json', kmsPassword: 'OldPw1!x&y'
const client = new NacosConfigClient({
  serverAddr: '127.0.0.1:8848',
  username: 'nacos',
  password: 'Nacos1!login',
  kmsClientKeyFilePath: './keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', /* the key */
  kmsPassword: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456',
});

const reports = { kmsVersion: 'v3.0', kmsClientKeyFilePath: "keys/other.json", kmsPasswordKey: "OtherPw1!x" };

const config = {};
config.kmsClientKeyContent = '{"KeyId":"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a","PrivateKeyData":"TUlJQ2FuYXJ5"}';
config['kmsPassword'] = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";

module.exports = {
  client,
  reports: new NacosConfigClient(reports),
  nested: { 'kmsClientKeyFilePath': `keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json`, "kmsPassword": `nW7$#a&b*C?d!E~f^g%h@i_j-K0123456` },
};
