import { contentHash, signWithKey } from '../signatures/rsa';
import { type OpenedCredential, openCredential } from './openCredential';

/** What an application reads from its files at one moment. */
export interface Configuration {
  /** Text of the credential file. */
  readonly credential: string;
  readonly password: string;
  /** The instance's address. */
  readonly endpoint: string;
}

export interface ApplicationStats {
  readonly name: string;
  readonly calls: number;
  readonly failures: number;
  /** Keys with which calls were accepted, in the order of their first one. */
  readonly keyIds: readonly string[];
  readonly lastFailure?: string;
}

/** An application's name in the audit log and what it asks for. */
export interface Caller {
  readonly userAgent: string;
  readonly apiName: string;
  readonly resourceId: string;
  readonly clientIp: string;
}

const LOOK_EVERY_MS = 50;
const CALL_EVERY_MS = 200;

/**
 * An application: looks at its files every 50 ms, without debounce or retry, opens the credential again when their bytes
 * have changed, and calls the gateway several times a second. Files that cannot be read or do not fit together count as
 * a failed call at every look.
 * @param read reads the files, throws when they cannot be read
 * @param report is told after every call
 * @returns a function that stops it, after the calls under way
 */
export function runApplication(
  name: string,
  caller: Caller,
  read: () => Configuration,
  report: (stats: ApplicationStats) => void,
): () => Promise<void> {
  let stats: ApplicationStats = { name, calls: 0, failures: 0, keyIds: [] };
  let loaded: { configuration: Configuration; credential: OpenedCredential } | undefined;
  const underWay = new Set<Promise<void>>();

  function finish(keyId: string | undefined, failure: string | undefined): void {
    const isNew = keyId !== undefined && failure === undefined && !stats.keyIds.includes(keyId);
    stats = {
      ...stats,
      calls: stats.calls + 1,
      ...(isNew ? { keyIds: [...stats.keyIds, keyId] } : {}),
      ...(failure === undefined ? {} : { failures: stats.failures + 1, lastFailure: failure }),
    };
    report(stats);
  }

  function look(): void {
    try {
      const configuration = read();
      if (loaded !== undefined && isSame(loaded.configuration, configuration)) return;
      loaded = undefined;
      loaded = {
        configuration,
        credential: openCredential(configuration.credential, configuration.password),
      };
    } catch (error) {
      loaded = undefined;
      finish(undefined, messageOf(error));
    }
  }

  async function call(): Promise<void> {
    if (loaded === undefined) return;
    const { configuration, credential } = loaded;
    const failure = await callGateway(configuration.endpoint, credential, caller).catch(messageOf);
    finish(credential.keyId, failure);
  }

  function startCall(): void {
    const running = call().finally(() => underWay.delete(running));
    underWay.add(running);
  }

  look();
  startCall();
  const looking = setInterval(look, LOOK_EVERY_MS);
  const calling = setInterval(startCall, CALL_EVERY_MS);
  return async () => {
    clearInterval(looking);
    clearInterval(calling);
    await Promise.all(underWay);
  };
}

/** One signed call; the failure in words, or undefined. */
async function callGateway(
  endpoint: string,
  credential: OpenedCredential,
  caller: Caller,
): Promise<string | undefined> {
  const url = new URL(endpoint);
  const isSecret = caller.apiName === 'GetSecretValue';
  const body = JSON.stringify(isSecret ? { SecretName: caller.resourceId } : { KeyId: caller.resourceId });
  const headers: Record<string, string> = {
    date: new Date().toUTCString(),
    'content-type': 'application/json',
    'content-sha256': contentHash(body),
    'user-agent': caller.userAgent,
    'x-forwarded-for': caller.clientIp,
    'x-kms-apiname': caller.apiName,
    'x-kms-apiversion': 'dkms-gcs-0.2',
    'x-kms-signaturemethod': 'RSA_PKCS1_SHA_256',
    'x-kms-acccesskeyid': credential.keyId,
  };
  const authorization = signWithKey(credential.privateKeyPem, 'POST', url.pathname, headers);
  const response = await fetch(url, { method: 'POST', headers: { ...headers, authorization }, body });
  const text = await response.text();
  return response.ok ? undefined : `${response.status} ${text.slice(0, 300)}`;
}

function isSame(a: Configuration, b: Configuration): boolean {
  return a.credential === b.credential && a.password === b.password && a.endpoint === b.endpoint;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `fetch failed` alone does not tell what became of the connection.
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
