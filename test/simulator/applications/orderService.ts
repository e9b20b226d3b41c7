import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dot-properties';
import type { Configuration } from './application';
import { ORDER_SERVICE } from './callers';
import { runAsProcess } from './process';

/** Credential file and password file are named by `secretsmanager.properties`; the password's file is taken as it is. */
function readConfiguration(folder: string): Configuration {
  const properties: Readonly<Record<string, unknown>> = parse(
    readFileSync(path.join(folder, 'secretsmanager.properties'), 'utf8'),
  );
  const value = (name: string): string => {
    const found = properties[name];
    if (typeof found !== 'string' || found === '')
      throw new Error(`secretsmanager.properties has no ${name}`);
    return found;
  };
  if (value('credentials_type') !== 'client_key') throw new Error('credentials_type is not client_key');
  return {
    credential: readFileSync(path.resolve(folder, value('client_key_private_key_path')), 'utf8'),
    password: readFileSync(path.resolve(folder, value('client_key_password_from_file_path')), 'utf8'),
    endpoint: value('kms_instance_endpoint'),
  };
}

runAsProcess('order-service', ORDER_SERVICE, readConfiguration);
