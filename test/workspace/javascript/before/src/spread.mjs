import { NacosConfigClient } from 'nacos';

const base = { serverAddr: '127.0.0.1:8848', kmsPassword: 'OldPw1!x&y' };

export const orders = new NacosConfigClient({ ...base, kmsClientKeyFilePath: `${process.cwd()}/keys/client.json` });
