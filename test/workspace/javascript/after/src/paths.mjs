import fs, { readFileSync } from 'node:fs';
import path from 'node:path';
import { NacosConfigClient } from 'nacos';

new NacosConfigClient({ kmsClientKeyFilePath: path.join(__dirname, '..', 'keys', 'clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json'), kmsPassword: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' });
new NacosConfigClient({ kmsClientKeyFilePath: new URL('../keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', import.meta.url), kmsPassword: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' });
new NacosConfigClient({ kmsClientKeyFilePath: `${__dirname}/../keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json`, kmsPassword: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' });
new NacosConfigClient({ kmsClientKeyFilePath: __dirname + '/../keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', kmsPassword: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' });
new NacosConfigClient({
  kmsClientKeyContent: readFileSync('keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', 'utf8'),
  kmsPassword: fs.readFileSync(path.resolve(__dirname, '../keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt'), 'utf8').trim(),
});
