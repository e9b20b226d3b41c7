import { render } from 'preact';
import { App } from './App';
import { keep, recall, tell } from './host';
import { keepFocus } from './keepFocus';
import { parseMessage, parseSaved, type SavedView, toSave } from './stateSchema';

const COPIED_SHOWN_MS = 4000;

const found = document.getElementById('app');
if (found === null) throw new Error('The page has no place for the audit view.');
const place: HTMLElement = found;

let saved: SavedView | undefined = parseSaved(recall());
let copied = false;

function draw(): void {
  if (saved === undefined) return;
  const { state, receivedAt } = saved;
  keepFocus(() => render(<App state={state} receivedAt={receivedAt} copied={copied} />, place));
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = parseMessage(event.data);
  if (message === undefined) return;
  if (message.type === 'state') {
    saved = { state: message.state, receivedAt: Date.now() };
    keep(toSave(saved));
  } else {
    copied = true;
    setTimeout(() => {
      copied = false;
      draw();
    }, COPIED_SHOWN_MS);
  }
  draw();
});

draw();
tell({ type: 'ready' });
