import path from 'node:path';
import { type ApplicationStats, type Caller, type Configuration, runApplication } from './application';

/**
 * The process around an application: the workspace folder is its argument; every change goes as a JSON line to stdout
 * and to the parent process, if there is one. The message `stop` (or the end of the parent) ends it.
 */
export function runAsProcess(name: string, caller: Caller, read: (folder: string) => Configuration): void {
  const folder = path.resolve(process.argv[2] ?? '.');
  let last: ApplicationStats | undefined;
  const stop = runApplication(name, caller, () => read(folder), report);

  function report(stats: ApplicationStats): void {
    process.send?.(stats);
    // One line per second is enough to follow; a failure or a new key is shown at once.
    const isNews =
      last === undefined || stats.failures > last.failures || stats.keyIds.length > last.keyIds.length;
    if (isNews || stats.calls % 5 === 0) console.log(JSON.stringify(stats));
    last = stats;
  }

  async function end(): Promise<void> {
    await stop();
    // The parent waits for this: whatever was counted has been sent before it.
    if (process.connected) process.send?.('stopped', () => process.exit(0));
    else process.exit(0);
  }

  process.on('message', (message) => {
    if (message === 'stop') void end();
  });
  process.on('disconnect', () => process.exit(0));
}
