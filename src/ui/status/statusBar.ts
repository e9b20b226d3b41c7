import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import { COMMANDS } from '../commandIds';
import { t, textLocale } from '../localise';
import { type StatusFacts, statusText } from './statusText';

export interface StatusBar {
  redraw(): void;
  dispose(): void;
}

/** While an account is being read, news come by the dozen; they are gathered for this long, ms. */
const GATHER_MS = 100;

/** The status bar item: hidden while there is nothing to tell. */
export function createStatusBar(facts: () => Omit<StatusFacts, 'locale'>): StatusBar {
  const item = window.createStatusBarItem('clientKeys.status', StatusBarAlignment.Left, 0);
  item.name = t('KMS client keys');
  item.command = COMMANDS.showExpiring;
  let timer: NodeJS.Timeout | undefined;

  function draw(): void {
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
  }

  return {
    redraw() {
      timer ??= setTimeout(() => {
        timer = undefined;
        draw();
      }, GATHER_MS);
    },
    dispose() {
      clearTimeout(timer);
      item.dispose();
    },
  };
}
