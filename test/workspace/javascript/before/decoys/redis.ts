import Redis from 'ioredis';

const options = { clientKeyFile: 'keys/client.json', password: 'Redis1!x' };
export const redis = new Redis(options);
export const cache = { clientKey: 'cache:client:1', password: 'Redis1!x' };
