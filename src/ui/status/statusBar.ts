import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import { COMMANDS } from '../commandIds';
import { t, textLocale } from '../localise';
import { type StatusFacts, statusText } from './statusText';

export interface StatusBar {
  redraw(): void;
  dispose(): void;
}

/** The status bar item: hidden while there is nothing to tell. */
export function createStatusBar(facts: () => Omit<StatusFacts, 'locale'>): StatusBar {
  const item = window.createStatusBarItem('clientKeys.status', StatusBarAlignment.Left, 0);
  item.name = t('KMS client keys');
  item.command = COMMANDS.showExpiring;
  return {
    redraw() {
      const shown = statusText({ ...facts(), locale: textLocale() }, t);
      if (!shown) {
        item.hide();
        return;
      }
      item.text = shown.text;
      item.tooltip = shown.tooltip;
      item.accessibilityInformation = { label: shown.spoken };
      item.backgroundColor = shown.warning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
