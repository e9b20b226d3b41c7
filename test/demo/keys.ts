import { createInterface } from 'node:readline';

/**
 * Calls `onKey` for each key pressed in the terminal, without waiting for Enter; where stdin is no terminal, for each line.
 * Ctrl+C arrives as a key too: a terminal in this mode sends no signal for it.
 * @returns a function that gives the terminal back
 */
export function readKeys(stdin: NodeJS.ReadStream, onKey: (key: string) => void): () => void {
  if (!stdin.isTTY) {
    const lines = createInterface({ input: stdin });
    lines.on('line', (line) => onKey(line.trim() || ' '));
    return () => lines.close();
  }
  stdin.setRawMode(true);
  const onData = (key: string) => onKey(key);
  stdin.setEncoding('utf8').on('data', onData);
  return () => {
    stdin.off('data', onData).setRawMode(false).pause();
  };
}
