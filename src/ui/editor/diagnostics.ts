import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  type TextDocument,
  workspace,
} from 'vscode';
import { t, textLocale } from '../localise';
import { editorOptions } from '../settings';
import { type Finding, findingsOf } from './findings';
import type { Inspector } from './inspector';
import type { KeyFacts } from './keyFacts';
import { placeIn } from './place';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** The name under which diagnostics stand in the Problems view. */
const DIAGNOSTIC_SOURCE = 'Client Keys';

/** A finding with its place in a document. */
export interface PlacedFinding extends Finding {
  readonly diagnostic: Diagnostic;
}

export interface Diagnostics extends Disposable {
  /** Tells everything anew: what is known of keys has changed, or a setting. */
  redraw(): void;
  /** The findings whose diagnostics are among these. */
  findingsFor(document: TextDocument, diagnostics: readonly Diagnostic[]): readonly PlacedFinding[];
}

/** Keeps the Problems view in step with what is known of the open documents. */
export function createDiagnostics(inspector: Inspector, facts: KeyFacts): Diagnostics {
  const collection = languages.createDiagnosticCollection('client-keys');
  const placed = new Map<string, readonly PlacedFinding[]>();

  function tell(document: TextDocument): void {
    const inspection = inspector.current(document);
    // Of a document that has changed since, the old ones stay: VS Code moves them along with the text.
    if (inspection === undefined) return;
    const { diagnostics, hints } = editorOptions();
    const findings = diagnostics ? findingsOf(inspection, facts, { hints, locale: textLocale(), t }) : [];
    const told = findings.map((finding): PlacedFinding => {
      const range = placeIn(document, finding.inspected.reference.range);
      const diagnostic = new Diagnostic(range, finding.message, SEVERITIES[finding.severity]);
      diagnostic.source = DIAGNOSTIC_SOURCE;
      diagnostic.code = finding.code;
      return { ...finding, diagnostic };
    });
    placed.set(document.uri.toString(), told);
    collection.set(
      document.uri,
      told.map(({ diagnostic }) => diagnostic),
    );
  }

  function redraw(): void {
    const open = new Map(workspace.textDocuments.map((document) => [document.uri.toString(), document]));
    for (const [key, document] of open) {
      if (inspector.current(document) !== undefined) tell(document);
      else if (!document.isDirty && placed.delete(key)) collection.delete(document.uri);
    }
    for (const key of placed.keys()) if (!open.has(key)) placed.delete(key);
    collection.forEach((uri) => {
      if (!open.has(uri.toString())) collection.delete(uri);
    });
  }

  const listening = inspector.changed.on(redraw);
  return {
    redraw,
    findingsFor(document, diagnostics) {
      const known = placed.get(document.uri.toString()) ?? [];
      return known.filter(({ diagnostic: own }) =>
        diagnostics.some(
          ({ source, code, message }) =>
            source === own.source && code === own.code && message === own.message,
        ),
      );
    },
    dispose() {
      listening.dispose();
      collection.dispose();
    },
  };
}
