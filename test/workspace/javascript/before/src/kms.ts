import { createClient } from './wrapper';

export const byEndpoint = createClient({
  endpoint: 'kst-1.cryptoservice.kms.aliyuncs.com',
  clientKeyFile: '/srv/keys/app.json',
  password: 'Server1!pw',
});

const clientKeyFilePath = 'keys/client.json';
const clientKeyPass = 'OldPw1!x&y';
export const byProcedure = createClient(clientKeyFilePath, clientKeyPass);
