import { generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import forge from 'node-forge';
import { openCredential } from '../../../src/credential/pkcs12';
import type { AapRef, ClientKey } from '../../../src/model/clientKey';
import type { AuditEvidence, CallerUse, InstanceEvidence } from '../../../src/model/evidence';
import { Secret } from '../../../src/model/secret';
import { createNotations } from '../../../src/references/notations';
import { planPatch } from '../../../src/references/plan/plan';
import { scanWorkspace } from '../../../src/references/scan/scan';
import type { FileEffects } from '../../../src/rotation/fileEffects';
import {
  createRotations,
  type RotationParts,
  type RotationRequest,
  type Rotations,
} from '../../../src/rotation/index';
import type {
  AuditReader,
  Background,
  CreatedClientKey,
  KeyService,
  SecretVault,
} from '../../../src/rotation/ports';
import type { Identity, KeyPair } from '../../simulator/certificate';
import { writePkcs12 } from '../../simulator/pkcs12';

export const AAP: AapRef = { accountId: 'environment', regionId: 'cn-hangzhou', aapName: 'payments-aap' };
export const OLD_ID = 'KAAP.66abf237-63f6-4625-b8cf-47e1086e0001';
export const OLD_PASSWORD = 'OldPassw0rd-canary-8d1f';
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const START = Date.UTC(2026, 10, 24, 8, 0, 0);

/** What a service of the test may do instead of answering. */
type Trouble = 'refuse' | 'limit' | 'lostBefore' | 'lostAfter' | 'notFound' | 'strange404';

class ServiceError extends Error {
  override readonly name = 'CloudError';
  readonly retryable = false;
  constructor(
    readonly kind: string,
    readonly action: string,
    readonly effectUnknown: boolean,
    /** The service's own word for a key that does not exist. */
    readonly code = kind === 'notFound' ? 'Forbidden.ResourceNotFound' : undefined,
  ) {
    super(`${action}: ${kind}`);
  }
}

/** A key service in memory. It makes real PKCS#12 files; its clock stands still unless moved. */
interface TestService extends KeyService {
  present: number;
  readonly keys: Map<string, ClientKey>;
  readonly trouble: { create?: Trouble; delete?: Trouble; list?: Trouble; get?: Trouble };
  /** Called while a creation is under way. */
  duringCreate?: () => void;
  /** What the answers said that has to stay secret. */
  readonly secrets: string[];
}

let pair: KeyPair | undefined;
let oldCredential: string | undefined;

/** One key pair for all tests: making one takes most of a second. */
function keyPair(): KeyPair {
  if (pair !== undefined) return pair;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  pair = {
    privateKey: forge.pki.privateKeyFromPem(privateKey),
    publicKey: forge.pki.publicKeyFromPem(publicKey),
  };
  return pair;
}

/** The credential file of the old key: it opens with the old password. */
function oldCredentialFile(): string {
  oldCredential ??= JSON.stringify({
    KeyId: OLD_ID,
    PrivateKeyData: writePkcs12(identityFor(START - 353 * DAY, START + 12 * DAY), OLD_PASSWORD),
  });
  return oldCredential;
}

/** The key pair with a certificate of the dates asked for. */
function identityFor(notBefore: number, notAfter: number): Identity {
  const { privateKey, publicKey } = keyPair();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  certificate.serialNumber = '01ab';
  certificate.validity.notBefore = new Date(notBefore);
  certificate.validity.notAfter = new Date(notAfter);
  const name = [{ name: 'commonName', value: AAP.aapName }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(privateKey, forge.md.sha256.create());
  return { privateKey, certificate, certificatePem: forge.pki.certificateToPem(certificate) };
}

function createService(effects: string[]): TestService {
  const keys = new Map<string, ClientKey>();
  keys.set(OLD_ID, {
    ...AAP,
    id: OLD_ID,
    createdAt: START - 353 * DAY,
    notBefore: START - 353 * DAY,
    notAfter: START + 12 * DAY,
  });
  const meet = (action: string, trouble: Trouble | undefined) => {
    if (trouble === 'refuse') throw new ServiceError('noPermission', action, false);
    if (trouble === 'limit') throw new ServiceError('limitExceeded', action, false);
    if (trouble === 'notFound') throw new ServiceError('notFound', action, false);
    if (trouble === 'strange404') throw new ServiceError('notFound', action, false, 'NoSuchPage');
    if (trouble === 'lostBefore') throw new ServiceError('network', action, true);
  };
  const service: TestService = {
    present: START,
    keys,
    trouble: {},
    secrets: [],
    now: () => service.present,
    async listClientKeys() {
      meet('ListClientKeys', service.trouble.list);
      return [...keys.values()];
    },
    async getClientKey(_aap, keyId) {
      effects.push('GetClientKey');
      meet('GetClientKey', service.trouble.get);
      const key = keys.get(keyId);
      if (key === undefined) throw new ServiceError('notFound', 'GetClientKey', false);
      return key;
    },
    async createClientKey(_aap, { password, notBefore, notAfter }) {
      effects.push('CreateClientKey');
      meet('CreateClientKey', service.trouble.create);
      const id = `KAAP.${randomUUID()}`;
      const made = identityFor(notBefore, notAfter);
      keys.set(id, {
        ...AAP,
        id,
        createdAt: service.present,
        notBefore,
        notAfter,
        publicKeyPem: made.certificatePem,
      });
      const privateKeyData = writePkcs12(made, password.reveal());
      service.secrets.push(password.reveal(), privateKeyData);
      if (service.trouble.create === 'lostAfter') throw new ServiceError('timeout', 'CreateClientKey', true);
      service.duringCreate?.();
      const answer: CreatedClientKey = {
        id,
        notBefore,
        notAfter,
        privateKeyData: new Secret(privateKeyData),
        requestId: 'request-create',
        answeredAt: service.present,
      };
      return answer;
    },
    async deleteClientKey(_aap, keyId) {
      effects.push(`DeleteClientKey ${keyId}`);
      meet('DeleteClientKey', service.trouble.delete);
      keys.delete(keyId);
      if (service.trouble.delete === 'lostAfter') throw new ServiceError('timeout', 'DeleteClientKey', true);
      return { requestId: 'request-delete' };
    },
  };
  return service;
}

export function createVault(effects: string[]): SecretVault & { readonly values: Map<string, Secret> } {
  const values = new Map<string, Secret>();
  return {
    values,
    async store(name, secret) {
      effects.push(`vault ${name.split('/').slice(2, 3).join('')}`);
      values.set(name, secret);
    },
    read: async (name) => values.get(name),
    async remove(name) {
      values.delete(name);
    },
    names: async (prefix) => [...values.keys()].filter((name) => name.startsWith(prefix)),
  };
}

/** A log in which the old key has been silent for `quietMs` and others call every minute. */
export function instanceEvidence(
  now: number,
  quietMs: number,
  change: Partial<InstanceEvidence> = {},
): InstanceEvidence {
  return {
    instanceId: 'kst-hzz65f0000000000abcde',
    project: 'kms-log-kst-hzz65f0000000000abcde',
    logStore: 'kms_audit_log',
    begins: now - 170 * DAY,
    newestAny: now - 60_000,
    oldKeyCalls: 1000,
    oldKeyLast: now - quietMs,
    newKeyCalls: 1000,
    newKeyFirst: now - quietMs,
    newKeyLast: now - 60_000,
    longestPauseMs: 600_000,
    complete: true,
    callers: [
      callerUse(OLD_ID, now - 100 * DAY, now - quietMs),
      callerUse('KAAP.11111111-2222-4333-8444-555555555555', now - quietMs + 1000, now - 60_000),
    ],
    callersComplete: true,
    ...change,
  };
}

/** The one application of the test, with one of its keys. */
function callerUse(keyId: string, first: number, last: number): CallerUse {
  return {
    caller: { userAgent: 'Java', api: 'GetSecretValue', resource: 'db', network: '10.0.2.0/24' },
    keyId,
    calls: 1000,
    first,
    last,
    longestGapMs: 600_000,
    statuses: { '200': 1000 },
    addresses: ['10.0.2.7'],
  };
}

interface TestAudit extends AuditReader {
  instances: (now: number, keyId: string) => readonly InstanceEvidence[];
  readings: number;
}

function createAudit(service: TestService, effects: string[]): TestAudit {
  const audit: TestAudit = {
    instances: (now, keyId) => [
      keyId === OLD_ID
        ? instanceEvidence(now, 3 * DAY)
        : instanceEvidence(now, 0, { oldKeyCalls: 0, oldKeyLast: now - 400 * DAY }),
    ],
    readings: 0,
    async readEvidence({ aap, oldKey, newKeyId }): Promise<AuditEvidence> {
      effects.push('readEvidence');
      audit.readings += 1;
      return {
        aap,
        oldKey,
        ...(newKeyId !== undefined && { newKeyId }),
        readAt: service.present,
        sharedGateway: false,
        instances: audit.instances(service.present, oldKey.id),
        requestIds: ['request-log'],
      };
    },
  };
  return audit;
}

const GRAMMARS = path.join(
  __dirname,
  '..',
  '..',
  '..',
  'node_modules',
  '@vscode',
  'tree-sitter-wasm',
  'wasm',
);

/** The real work, without the thread. */
export function createDirectBackground(): Background {
  const notations = createNotations(GRAMMARS);
  return {
    openCredential: async (file, password) => openCredential(file, password),
    scan: async (request, options) => (await scanWorkspace(request, notations, options)).result,
    planPatch: (request) => planPatch(request, notations, { isCommitted: async () => false }),
  };
}

export interface Bench {
  readonly root: string;
  readonly storage: string;
  readonly workspace: string;
  readonly keysFolder: string;
  readonly service: TestService;
  readonly vault: ReturnType<typeof createVault>;
  readonly audit: TestAudit;
  readonly effects: string[];
  readonly lines: string[];
  readonly parts: RotationParts;
  rotations(effects?: FileEffects): Rotations;
  request(change?: Partial<RotationRequest>): RotationRequest;
  dispose(): void;
}

/** A service, a vault, a log, global storage and a workspace of two clients, all of its own. */
export function createBench(): Bench {
  const root = mkdtempSync(path.join(tmpdir(), 'rotation-'));
  const storage = path.join(root, 'storage');
  const workspace = path.join(root, 'workspace');
  const keysFolder = path.join(workspace, 'keys');
  mkdirSync(keysFolder, { recursive: true });
  const effects: string[] = [];
  const lines: string[] = [];
  const service = createService(effects);
  const vault = createVault(effects);
  const audit = createAudit(service, effects);
  const opened: Rotations[] = [];
  writeWorkspace(workspace);
  const parts: RotationParts = {
    folder: storage,
    keys: service,
    audit,
    vault,
    background: createDirectBackground(),
    clock: () => START,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      service.present += ms;
    },
    log: (line) => lines.push(line),
    verdictOptions: () => ({ quietPeriodMs: DAY, retired: [] }),
  };
  return {
    root,
    storage,
    workspace,
    keysFolder,
    service,
    vault,
    audit,
    effects,
    lines,
    parts,
    rotations(fileEffects) {
      const rotations = createRotations(parts, fileEffects);
      opened.push(rotations);
      return rotations;
    },
    request: (change = {}) => {
      const oldKey = service.keys.get(OLD_ID);
      if (oldKey === undefined) throw new Error('The test has deleted the old key.');
      return {
        aap: AAP,
        oldKey,
        validity: { years: 1 },
        password: { generate: true },
        folder: keysFolder,
        allowUnignored: false,
        ...change,
      };
    },
    dispose() {
      for (const rotations of opened) rotations.dispose();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export const PROPERTIES = [
  '# order service',
  'credentials_type=client_key',
  `client_key_private_key_path=keys/clientKey_${OLD_ID}.json`,
  `client_key_password_from_file_path=keys/clientKey_${OLD_ID}_Password.txt`,
  '',
].join('\r\n');
export const DOTENV = [
  `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/clientKey_${OLD_ID}.json`,
  `ALIBABA_CLOUD_KMS_PASSWORD='${OLD_PASSWORD}'`,
  'OTHER=1',
].join('\n');

function writeWorkspace(workspace: string): void {
  writeFileSync(path.join(workspace, 'keys', `clientKey_${OLD_ID}.json`), oldCredentialFile());
  writeFileSync(path.join(workspace, 'keys', `clientKey_${OLD_ID}_Password.txt`), OLD_PASSWORD);
  writeFileSync(path.join(workspace, 'secretsmanager.properties'), PROPERTIES, { mode: 0o640 });
  writeFileSync(path.join(workspace, '.env'), DOTENV, { mode: 0o600 });
}

/** Every file below a folder, as text, by its relative path. */
export function readTree(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(path.relative(folder, file), readFileSync(file, 'latin1'));
  }
  return files;
}

/** The forms in which a secret could stand somewhere: raw and base64 in its three alignments. */
export function traces(secret: string): readonly string[] {
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.from('x'.repeat(shift) + secret)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [secret, ...shifted];
}
