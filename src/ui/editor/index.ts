import { type Disposable, languages, workspace } from 'vscode';
import type { CredentialFileLook, Inspection } from '../../model/inspection';
import type { Signal } from '../signal';
import { registerCredentialBadges } from './credentialBadges';
import { createDiagnostics } from './diagnostics';
import { createHover } from './hover';
import { createInspector } from './inspector';
import type { KeyFacts } from './keyFacts';
import { createLenses } from './lenses';
import { createQuickFixes, QUICK_FIX_KINDS } from './quickFixes';

export interface EditorParts {
  /** Looks at a file on disk: references, and whether their pairs open. */
  look(file: string, folder: string): Promise<Inspection>;
  lookAtCredentialFile(file: string, folder: string): Promise<CredentialFileLook | undefined>;
  readonly facts: KeyFacts;
  /** Fired when the account or the rotations have changed. */
  readonly changed: readonly Signal[];
  /** One line without secrets. */
  log(line: string): void;
}

const GATHER_MS = 200;
const ON_DISK = { scheme: 'file' };

/** Diagnostics, quick fixes, hover, lenses and badges on files: all from local files and what is known already. */
export function createEditorFeatures(parts: EditorParts): Disposable {
  const { facts } = parts;
  const inspector = createInspector((file, folder) => parts.look(file, folder), parts.log);
  const diagnostics = createDiagnostics(inspector, facts);
  const lenses = createLenses(inspector, facts);
  const badges = registerCredentialBadges((file, folder) => parts.lookAtCredentialFile(file, folder), facts);
  let timer: NodeJS.Timeout | undefined;
  // While an account is being read, news come by the dozen.
  const redraw = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      diagnostics.redraw();
      lenses.redraw();
      badges.redraw();
    }, GATHER_MS);
  };
  const disposables: Disposable[] = [
    inspector,
    diagnostics,
    lenses,
    badges,
    inspector.changed.on(() => lenses.redraw()),
    ...parts.changed.map((signal) => signal.on(redraw)),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('clientKeys')) redraw();
    }),
    languages.registerHoverProvider(ON_DISK, createHover(inspector, facts)),
    languages.registerCodeLensProvider(ON_DISK, lenses),
    languages.registerCodeActionsProvider(ON_DISK, createQuickFixes(inspector, diagnostics, facts), {
      providedCodeActionKinds: QUICK_FIX_KINDS,
    }),
  ];
  return {
    dispose() {
      clearTimeout(timer);
      for (const disposable of disposables.reverse()) disposable.dispose();
    },
  };
}
