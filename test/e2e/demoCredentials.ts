import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { type Caller, runApplication } from '../simulator/applications/application';
import type { DemoWorkspace } from '../simulator/demoWorkspace';
import { DEMO_AAP, DEMO_ACCESS_KEY, DEMO_INSTANCE, type Simulator } from '../simulator/index';

/** A client key of the demo as it lies on disk. */
export interface DemoCredential {
  readonly keyId: string;
  readonly keyFile: string;
  readonly passwordFile: string;
  /** Text of the credential file. */
  readonly json: string;
  readonly privateKeyData: string;
  readonly password: string;
}

const FileSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ KeyId: v.string(), PrivateKeyData: v.string() }),
);

async function readCredential(workspace: DemoWorkspace, keyId: string): Promise<DemoCredential> {
  const folder = path.dirname(workspace.keyFile);
  const keyFile = path.join(folder, `clientKey_${keyId}.json`);
  const passwordFile = path.join(folder, `clientKey_${keyId}_Password.txt`);
  const json = await readFile(keyFile, 'utf8');
  const { PrivateKeyData: privateKeyData } = v.parse(FileSchema, json);
  return {
    keyId,
    keyFile,
    passwordFile,
    json,
    privateKeyData,
    password: await readFile(passwordFile, 'utf8'),
  };
}

/** The credential that the demo workspace begins with. */
export function oldCredential(workspace: DemoWorkspace): Promise<DemoCredential> {
  return readCredential(workspace, workspace.keyId);
}

/** The credential of the newest key of an application access point, read from beside the old one of the demo. */
export async function newCredential(
  workspace: DemoWorkspace,
  simulator: Simulator,
  aapName = DEMO_AAP,
): Promise<DemoCredential> {
  const keys = await simulator.control.keys(aapName);
  const newest = keys
    .filter((key) => key.deletedAt === undefined)
    .sort((a, b) => b.createdAt - a.createdAt)[0];
  if (newest === undefined || newest.id === workspace.keyId) throw new Error('There is no new client key.');
  return readCredential(workspace, newest.id);
}

/** What must be nowhere but in the credential files, the `.env` and the Java source of the workspace, by name. */
export function canarySecrets(...credentials: readonly DemoCredential[]): Record<string, string> {
  const named = credentials.flatMap(({ keyId, password, privateKeyData }) => [
    [`password of ${keyId}`, password],
    [`PrivateKeyData of ${keyId}`, privateKeyData],
  ]);
  return { ...Object.fromEntries(named), 'AccessKey secret': DEMO_ACCESS_KEY.secret };
}

const PROBE: Caller = {
  userAgent: 'credential-probe/1.0',
  apiName: 'GetSecretValue',
  resourceId: 'shop/orders/database',
  clientIp: '10.20.7.7',
};

/**
 * Makes one signed call with a credential.
 * @returns undefined when the gateway accepts it, else status and answer of its refusal
 */
export async function callWith(
  simulator: Simulator,
  credential: DemoCredential,
): Promise<string | undefined> {
  const configuration = {
    credential: credential.json,
    password: credential.password,
    endpoint: `${simulator.url}/instance/${DEMO_INSTANCE}`,
  };
  let refusal: string | undefined;
  const stop = runApplication(
    'probe',
    PROBE,
    () => configuration,
    ({ lastFailure }) => {
      refusal = lastFailure;
    },
  );
  await stop();
  await simulator.control.forgetCaller(PROBE.userAgent);
  return refusal;
}
