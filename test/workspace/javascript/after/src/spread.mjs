import { NacosConfigClient } from 'nacos';

const base = { serverAddr: '127.0.0.1:8848', kmsPassword: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' };

export const orders = new NacosConfigClient({ ...base, kmsClientKeyFilePath: `${process.cwd()}/keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json` });
