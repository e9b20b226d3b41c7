import { CodeLens, type CodeLensProvider, EventEmitter } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import { COMMANDS } from '../commandIds';
import { lifeText } from '../expiryText';
import { t, textLocale } from '../localise';
import { editorOptions } from '../settings';
import type { Inspector } from './inspector';
import { type KeyFacts, lifeOf } from './keyFacts';
import { placeIn } from './place';

export interface Lenses extends CodeLensProvider {
  redraw(): void;
  dispose(): void;
}

/** One line above each place that names a key, with the life it has left: off unless the setting asks for it. */
export function createLenses(inspector: Inspector, facts: KeyFacts): Lenses {
  const changes = new EventEmitter<void>();
  return {
    onDidChangeCodeLenses: changes.event,
    provideCodeLenses(document) {
      const inspection = editorOptions().codeLens ? inspector.current(document) : undefined;
      return (inspection?.references ?? []).flatMap((inspected) => {
        const { role, keyId, range } = inspected.reference;
        if (keyId === undefined || (role !== 'keyFile' && role !== 'keyContent')) return [];
        const life = lifeOf(inspected, facts);
        const state =
          life === undefined ? t('end not known') : lifeText(life, life.expiry, life.now, textLocale(), t);
        return [
          new CodeLens(placeIn(document, range), {
            title: `$(key) ${shortKeyId(keyId)} · ${state}`,
            tooltip: t('Rotate this client key'),
            command: COMMANDS.rotate,
            arguments: [{ keyId }],
          }),
        ];
      });
    },
    redraw: () => changes.fire(),
    dispose: () => changes.dispose(),
  };
}
