import type { CredentialFileLook, Inspection } from '../model/inspection';
import type { OpenedCredential } from '../model/openedCredential';
import type { PasswordMove } from '../model/passwordMove';
import type { PatchPlan, PlannedEdit, PlannedFile } from '../model/patch';
import type { ScanResult } from '../model/reference';
import { Secret } from '../model/secret';
import type { Work } from './messages';
import type { PasswordMoveOrder } from './plan/passwordMove';
import type { PatchOrder } from './plan/plan';
import type { InspectOrder } from './scan/lookInto';
import type { ScanOptions, ScanOrder } from './scan/scan';
import { BackgroundError, type BackgroundOptions, createWorkerLink } from './workerLink';

/** Fulfils `Background` of rotation/ports. `dispose` ends the worker and rejects what is under way. */
export interface BackgroundWorker {
  openCredential(credentialFile: Uint8Array, password: Secret): Promise<OpenedCredential>;
  scan(order: ScanOrder, options?: ScanOptions): Promise<ScanResult>;
  /** Looks at one file as it is on disk. */
  inspect(order: InspectOrder): Promise<Inspection>;
  /** @returns undefined for a file that is no credential file */
  lookAtCredentialFile(order: InspectOrder): Promise<CredentialFileLook | undefined>;
  /** @returns in words, for the log, why it cannot be done */
  planPasswordMove(order: PasswordMoveOrder): Promise<PasswordMove | string>;
  planPatch(order: PatchOrder, options?: Pick<ScanOptions, 'signal'>): Promise<PatchPlan>;
  dispose(): void;
}

/**
 * Parsing and key derivation in a worker thread: `Background` of rotation/ports. Secrets cross as text inside the process
 * and are wrapped again on either side.
 */
export function createBackground(options: BackgroundOptions): BackgroundWorker {
  const link = createWorkerLink(options);
  return {
    async openCredential(credentialFile, password) {
      const work: Work = {
        kind: 'openCredential',
        credentialFile: new Uint8Array(credentialFile),
        password: password.reveal(),
      };
      return expect(await link.ask(work), isOpenedCredential);
    },
    async scan(order, scanOptions) {
      const { folders, keyId, exclude, encodings } = order;
      const work: Work = {
        kind: 'scan',
        order: {
          folders: [...folders],
          exclude: [...exclude],
          ...(keyId === undefined ? {} : { keyId }),
          ...(encodings === undefined ? {} : { encodings: { ...encodings } }),
        },
      };
      return expect(await link.ask(work, scanOptions), isScanResult);
    },
    async inspect(order) {
      return expect(await link.ask({ kind: 'inspect', order: sentOrder(order) }), isInspection);
    },
    async lookAtCredentialFile(order) {
      const look = await link.ask({ kind: 'lookAtCredentialFile', order: sentOrder(order) });
      return look === undefined ? undefined : expect(look, isCredentialFileLook);
    },
    async planPasswordMove(order) {
      const { groupId } = order;
      const move = await link.ask({ kind: 'planPasswordMove', order: { ...sentOrder(order), groupId } });
      if (typeof move === 'string') return move;
      const { password, ...rest } = expect(move, isSentMove);
      return { ...rest, password: new Secret(password) };
    },
    async planPatch(order, planOptions) {
      const { folders, keyId, exclude, encodings, groupIds, replacement, strategies, doubts } = order;
      const work: Work = {
        kind: 'planPatch',
        order: {
          folders: [...folders],
          keyId,
          exclude: [...exclude],
          ...(encodings === undefined ? {} : { encodings: { ...encodings } }),
          groupIds: [...groupIds],
          ...(strategies === undefined ? {} : { strategies: { ...strategies } }),
          ...(doubts === undefined ? {} : { doubts: { ...doubts } }),
          replacement: {
            keyId: replacement.keyId,
            password: replacement.password.reveal(),
            credentialFile: replacement.credentialFile,
            passwordFile: replacement.passwordFile,
          },
        },
      };
      return wrapSecrets(expect(await link.ask(work, planOptions), isSentPlan));
    },
    dispose: link.dispose,
  };
}

function sentOrder({ file, folder, encodings }: InspectOrder) {
  return { file, folder, ...(encodings === undefined ? {} : { encodings: { ...encodings } }) };
}

type SentMove = Omit<PasswordMove, 'password'> & { readonly password: string };

type SentEdit = Omit<PlannedEdit, 'before' | 'after'> & { readonly before: string; readonly after: string };
type SentPlan = Omit<PatchPlan, 'files'> & {
  readonly files: readonly (Omit<PlannedFile, 'edits'> & { readonly edits: readonly SentEdit[] })[];
};

function wrapSecrets(plan: SentPlan): PatchPlan {
  return {
    ...plan,
    files: plan.files.map((file) => ({
      ...file,
      edits: file.edits.map((edit) => ({
        ...edit,
        before: new Secret(edit.before),
        after: new Secret(edit.after),
      })),
    })),
  };
}

/**
 * The worker is our own code of the same build, so its answers are told apart and not taken apart: a guard looks at what the
 * types of the members tell, and no library for it is in the part that loads at start.
 */
function expect<T>(value: unknown, isExpected: (value: unknown) => value is T): T {
  if (isExpected(value)) return value;
  throw new BackgroundError('failed', 'The background worker gave an unexpected answer.');
}

function isOpenedCredential(value: unknown): value is OpenedCredential {
  return has(value, {
    keyId: 'string',
    certificatePem: 'string',
    notBefore: 'number',
    notAfter: 'number',
    subject: 'string',
    keyMatches: 'boolean',
  });
}

function isScanResult(value: unknown): value is ScanResult {
  return (
    has(value, { groups: 'object', filesSeen: 'number', skipped: 'object' }) &&
    isListOf(value.groups, { id: 'string', references: 'object', ticked: 'boolean', editable: 'boolean' }) &&
    isListOf(value.skipped, { file: 'string', reason: 'string' })
  );
}

function isInspection(value: unknown): value is Inspection {
  return (
    has(value, { file: 'string', folder: 'string', references: 'object' }) &&
    isListOf(value.references, {
      reference: 'object',
      pair: 'string',
      committed: 'boolean',
      movable: 'boolean',
    })
  );
}

function isCredentialFileLook(value: unknown): value is CredentialFileLook {
  return has(value, { keyId: 'string' });
}

function isSentMove(value: unknown): value is SentMove {
  return has(value, {
    file: 'string',
    sha256: 'string',
    content: 'object',
    passwordFile: 'string',
    password: 'string',
  });
}

function isSentPlan(value: unknown): value is SentPlan {
  return (
    has(value, { copies: 'object', files: 'object', warnings: 'object', refused: 'object' }) &&
    isListOf(value.copies, { file: 'string', content: 'object', groupIds: 'object' }) &&
    isListOf(value.warnings, { kind: 'string', file: 'string' }) &&
    isListOf(value.refused, { groupId: 'string', reason: 'string' }) &&
    isListOf(value.files, { file: 'string', sha256: 'string', content: 'object', edits: 'object' }) &&
    value.files.every(({ edits }) =>
      isListOf(edits, { groupId: 'string', before: 'string', after: 'string' }),
    )
  );
}

function isListOf(
  value: unknown,
  members: Readonly<Record<string, string>>,
): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every((one) => has(one, members));
}

function has(value: unknown, members: Readonly<Record<string, string>>): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(members).every(([name, type]) => typeof Reflect.get(value, name) === type);
}
