import type { OpenedCredential } from '../model/openedCredential';
import type { PatchPlan, PlannedEdit, PlannedFile } from '../model/patch';
import type { ScanResult } from '../model/reference';
import { Secret } from '../model/secret';
import type { Work } from './messages';
import type { PatchOrder } from './plan';
import type { ScanOptions, ScanOrder } from './scan';
import { BackgroundError, type BackgroundOptions, createWorkerLink } from './workerLink';

/** Fulfils `Background` of rotation/ports. `dispose` ends the worker and rejects what is under way. */
export interface BackgroundWorker {
  openCredential(credentialFile: Uint8Array, password: Secret): Promise<OpenedCredential>;
  scan(order: ScanOrder, options?: ScanOptions): Promise<ScanResult>;
  planPatch(order: PatchOrder): Promise<PatchPlan>;
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
      return expectObject<OpenedCredential>(await link.ask(work), 'certificatePem');
    },
    async scan(order, scanOptions) {
      const { folders, keyId, exclude } = order;
      const work: Work = {
        kind: 'scan',
        order: { folders: [...folders], keyId, exclude: [...exclude] },
      };
      return expectObject<ScanResult>(await link.ask(work, scanOptions), 'groups');
    },
    async planPatch({ folders, keyId, exclude, groupIds, replacement }) {
      const work: Work = {
        kind: 'planPatch',
        order: {
          folders: [...folders],
          keyId,
          exclude: [...exclude],
          groupIds: [...groupIds],
          replacement: {
            keyId: replacement.keyId,
            password: replacement.password.reveal(),
            credentialFile: replacement.credentialFile,
            passwordFile: replacement.passwordFile,
          },
        },
      };
      return wrapSecrets(expectObject<SentPlan>(await link.ask(work), 'files'));
    },
    dispose: link.dispose,
  };
}

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

/** The worker is our own code of the same build: its answers are told apart, not taken apart. */
function expectObject<T>(value: unknown, member: string): T {
  if (typeof value !== 'object' || value === null || !(member in value))
    throw new BackgroundError('failed', 'The background worker gave an unexpected answer.');
  return value as T;
}
