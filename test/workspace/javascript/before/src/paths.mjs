import fs, { readFileSync } from 'node:fs';
import path from 'node:path';
import { NacosConfigClient } from 'nacos';

new NacosConfigClient({ kmsClientKeyFilePath: path.join(__dirname, '..', 'keys', 'client.json'), kmsPassword: 'OldPw1!x&y' });
new NacosConfigClient({ kmsClientKeyFilePath: new URL('../keys/client.json', import.meta.url), kmsPassword: 'OldPw1!x&y' });
new NacosConfigClient({ kmsClientKeyFilePath: `${__dirname}/../keys/client.json`, kmsPassword: 'OldPw1!x&y' });
new NacosConfigClient({ kmsClientKeyFilePath: __dirname + '/../keys/client.json', kmsPassword: 'OldPw1!x&y' });
new NacosConfigClient({
  kmsClientKeyContent: readFileSync('keys/client.json', 'utf8'),
  kmsPassword: fs.readFileSync(path.resolve(__dirname, '../keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt'), 'utf8').trim(),
});
