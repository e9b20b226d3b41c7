import type { ApplicationStats } from '../simulator/applications/index';

/** The state of the demo on one line: the simulator's date and what both applications do. */
export function statusText(serverTimeMs: number, applications: readonly ApplicationStats[]): string {
  const date = `${new Date(serverTimeMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const parts = applications.map(({ name, calls, failures, keyIds }) => {
    const key = keyIds.at(-1)?.slice(0, 13) ?? 'no key';
    return `${name}: ${calls} calls, ${failures} failed, ${key}…`;
  });
  return [date, ...parts].join(' │ ');
}

/** Writes a line over the one before on a terminal; elsewhere each `important` line on its own. */
export function createStatusLine(out: NodeJS.WriteStream): {
  show(text: string, important?: boolean): void;
  end(): void;
} {
  return {
    show(text, important = false) {
      if (out.isTTY) out.write(`\r\u001b[K${[...text].slice(0, out.columns - 1).join('')}`);
      else if (important) out.write(`${text}\n`);
    },
    end() {
      if (out.isTTY) out.write('\n');
    },
  };
}
