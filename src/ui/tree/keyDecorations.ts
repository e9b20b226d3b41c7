import { type Disposable, EventEmitter, type FileDecorationProvider, ThemeColor, window } from 'vscode';
import { expiryOf } from '../../model/expiry';
import { type JudgeParts, judgedKey } from '../expiry/soonKeys';
import { expiryBadge, expiryText } from '../expiryText';
import { t, textLocale } from '../localise';
import { thresholds } from '../settings';
import type { Signal } from '../signal';
import { keyIcon } from './keyIcon';
import { KEY_SCHEME, keyIdOfPath } from './keyUri';

/** While an account is being read, news come by the dozen; they are gathered for this long, ms. */
const GATHER_MS = 100;

/** Colours client keys by the life they have left and shows the days as a badge, wherever their URI stands. */
export function registerKeyDecorations(parts: JudgeParts, ...changed: readonly Signal[]): Disposable {
  const changes = new EventEmitter<undefined>();
  let timer: NodeJS.Timeout | undefined;
  const changeSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changes.fire(undefined);
    }, GATHER_MS);
  };
  const listening = changed.map((signal) => signal.on(changeSoon));
  const provider: FileDecorationProvider = {
    onDidChangeFileDecorations: changes.event,
    provideFileDecoration(uri) {
      if (uri.scheme !== KEY_SCHEME) return undefined;
      const judged = judgedKey(keyIdOfPath(uri.path), parts);
      if (!judged) return undefined;
      const { key, now } = judged;
      const expiry = expiryOf(key, now, thresholds());
      if (expiry.state === 'valid') return undefined;
      const badge = expiryBadge(expiry);
      return {
        color: new ThemeColor(keyIcon(expiry.state).color),
        tooltip: expiryText(key, expiry, now, textLocale(), t),
        ...(badge === undefined ? {} : { badge }),
      };
    },
  };
  const registration = window.registerFileDecorationProvider(provider);
  return {
    dispose() {
      clearTimeout(timer);
      registration.dispose();
      for (const listener of listening) listener.dispose();
      changes.dispose();
    },
  };
}
