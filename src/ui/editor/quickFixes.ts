import { CodeAction, CodeActionKind, type CodeActionProvider, type Command } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import type { Inspection } from '../../model/inspection';
import { COMMANDS } from '../commandIds';
import { t } from '../localise';
import type { Diagnostics, PlacedFinding } from './diagnostics';
import type { Inspector } from './inspector';
import type { KeyFacts } from './keyFacts';
import { placeIn } from './place';

/** Which reference a command of the editor is about: what it holds is looked up again, so nothing of it is believed. */
interface ReferenceTarget {
  readonly file: string;
  readonly folder: string;
  readonly groupId: string;
  readonly keyId?: string;
}

interface Fix {
  readonly command: Command;
  /** The fix that one would take first. */
  readonly preferred?: boolean;
}

/** Quick fixes for the findings at a place; without a finding the same for the reference under the cursor. */
export function createQuickFixes(
  inspector: Inspector,
  diagnostics: Diagnostics,
  facts: KeyFacts,
): CodeActionProvider {
  return {
    provideCodeActions(document, range, context) {
      const inspection = inspector.current(document);
      if (inspection === undefined) return [];
      const found = diagnostics.findingsFor(document, context.diagnostics);
      const actions = found.flatMap((finding) =>
        fixesFor(finding, inspection, facts).map((fix) => toAction(fix, [finding])),
      );
      const here = inspection.references.find(
        ({ reference }) => placeIn(document, reference.range).intersection(range) !== undefined,
      );
      const told = new Set(actions.map(({ command }) => command?.command));
      const others = here === undefined ? [] : keyFixes(targetOf(inspection, here.reference), facts);
      const rest = others.filter(({ command }) => !told.has(command.command)).map((fix) => toAction(fix, []));
      return [...actions, ...rest];
    },
  };
}

export const QUICK_FIX_KINDS = [CodeActionKind.QuickFix];

function toAction({ command, preferred }: Fix, findings: readonly PlacedFinding[]): CodeAction {
  const action = new CodeAction(command.title, CodeActionKind.QuickFix);
  action.command = command;
  action.diagnostics = findings.map(({ diagnostic }) => diagnostic);
  action.isPreferred = preferred ?? false;
  return action;
}

function fixesFor({ code, inspected }: PlacedFinding, inspection: Inspection, facts: KeyFacts): Fix[] {
  const target = targetOf(inspection, inspected.reference);
  switch (code) {
    case 'expiring':
    case 'expired':
    case 'deleted':
    case 'wrong-password':
      return keyFixes(target, facts);
    case 'password-in-file':
      return inspected.movable
        ? [fix(t('Move this password to a file'), COMMANDS.movePassword, target, true)]
        : [];
    case 'credential-in-git': {
      const file = inspected.reference.target ?? inspection.file;
      return [fix(t('Add to .gitignore'), COMMANDS.addToGitignore, { file }, true)];
    }
  }
}

function keyFixes(target: ReferenceTarget, facts: KeyFacts): Fix[] {
  const { keyId } = target;
  if (keyId === undefined) return [];
  const replacement = facts.replacedBy(keyId)?.newKey?.id;
  if (replacement !== undefined)
    return [fix(t('Use client key {0} here', shortKeyId(replacement)), COMMANDS.useNewKeyHere, target, true)];
  if (facts.deletedAt(keyId) !== undefined) return [];
  return [fix(t('Rotate this client key…'), COMMANDS.rotate, { keyId }, true)];
}

function fix(title: string, command: string, argument: unknown, preferred = false): Fix {
  return { command: { title, command, arguments: [argument] }, preferred };
}

function targetOf(
  { file, folder }: Inspection,
  { groupId, keyId }: { readonly groupId: string; readonly keyId?: string },
): ReferenceTarget {
  return { file, folder, groupId, ...(keyId === undefined ? {} : { keyId }) };
}
