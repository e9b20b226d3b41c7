import { type Disposable, EventEmitter, type FileDecorationProvider, ThemeColor, window } from 'vscode';
import { expiryOf } from '../../model/expiry';
import { expiryBadge, expiryText } from '../expiryText';
import type { Inventory } from '../inventory/entries';
import { t, textLocale } from '../localise';
import { thresholds } from '../settings';
import type { Signal } from '../signal';
import { keyIcon } from './keyIcon';
import { KEY_SCHEME, keyIdOfPath } from './keyUri';

/** Colours client keys by the life they have left and shows the days as a badge, wherever their URI stands. */
export function registerKeyDecorations(
  inventory: Inventory,
  now: (accountId: string) => number,
  ...others: readonly Signal[]
): Disposable {
  const changes = new EventEmitter<undefined>();
  const listening = [inventory.changed, ...others].map((signal) => signal.on(() => changes.fire(undefined)));
  const provider: FileDecorationProvider = {
    onDidChangeFileDecorations: changes.event,
    provideFileDecoration(uri) {
      if (uri.scheme !== KEY_SCHEME) return undefined;
      const key = inventory.key(keyIdOfPath(uri.path));
      if (!key) return undefined;
      const present = now(key.accountId);
      const expiry = expiryOf(key, present, thresholds());
      if (expiry.state === 'valid') return undefined;
      const badge = expiryBadge(expiry);
      return {
        color: new ThemeColor(keyIcon(expiry.state).color),
        tooltip: expiryText(key, expiry, present, textLocale(), t),
        ...(badge === undefined ? {} : { badge }),
      };
    },
  };
  const registration = window.registerFileDecorationProvider(provider);
  return {
    dispose() {
      registration.dispose();
      for (const listener of listening) listener.dispose();
      changes.dispose();
    },
  };
}
