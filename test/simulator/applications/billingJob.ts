import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from './application';
import { BILLING_JOB } from './callers';
import { parseDotEnv } from './dotEnv';
import { runAsProcess } from './process';

/** Credential file and password come from `.env`, read as one file. */
function readConfiguration(folder: string): Configuration {
  const values = parseDotEnv(readFileSync(path.join(folder, '.env'), 'utf8'));
  const value = (name: string): string => {
    const found = values[name];
    if (found === undefined || found === '') throw new Error(`.env has no ${name}`);
    return found;
  };
  return {
    credential: readFileSync(path.resolve(folder, value('ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH')), 'utf8'),
    password: value('ALIBABA_CLOUD_KMS_PASSWORD'),
    endpoint: value('ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT'),
  };
}

runAsProcess('billing-job', BILLING_JOB, readConfiguration);
