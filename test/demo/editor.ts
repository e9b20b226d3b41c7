import { createServer } from 'node:net';
import path from 'node:path';
import { runCommand } from '../host/command';
import { type GuardedProcess, startGuarded } from '../host/guardedProcess';
import { changeSettings, QUIET_SETTINGS, type Settings, serverEnvironment } from '../host/serverProfile';
import type { VscodeServer } from '../host/vscodeServer';

interface EditorOptions {
  readonly vscode: VscodeServer;
  readonly vsix: string;
  /** Where the editor keeps all that is its own. */
  readonly dataDir: string;
  readonly workspace: string;
  readonly settings: Settings;
  readonly env: NodeJS.ProcessEnv;
}

export interface Editor {
  readonly address: string;
  readonly process: GuardedProcess;
}

/** The browser keeps an editor's state by port: the same one again is friendlier than a new one every time. */
const FAVOURITE_PORT = 8600;
const START_TIMEOUT_MS = 60_000;

/** Installs the extension into the editor of the demo, which is not running yet. */
export async function installExtension({ vscode, vsix, ...options }: EditorOptions): Promise<void> {
  await changeSettings(options.dataDir, { ...QUIET_SETTINGS, ...options.settings });
  const args = [
    vscode.codeServerEntry,
    ...folderArguments(options.dataDir),
    '--install-extension',
    vsix,
    '--force',
  ];
  await runCommand(vscode.node, args, { env: environment(options) });
}

/**
 * Starts code-server for people, on the loopback interface and without a password.
 * @throws Error with its output when it does not listen within a minute
 */
export async function startEditor({ vscode, workspace, ...options }: EditorOptions): Promise<Editor> {
  const port = await freePort();
  const process = startGuarded(
    vscode.node,
    [
      vscode.codeServerEntry,
      ...folderArguments(options.dataDir),
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      '--disable-getting-started-override',
      workspace,
    ],
    { env: environment(options) },
  );
  try {
    await process.waitFor(/HTTP server listening on/, START_TIMEOUT_MS);
  } catch (error) {
    await process.stop();
    throw error;
  }
  const address = new URL(`http://127.0.0.1:${port}/`);
  address.searchParams.set('folder', workspace);
  return { address: address.href, process };
}

function folderArguments(dataDir: string): string[] {
  const inside = (name: string) => path.join(dataDir, name);
  return [
    '--user-data-dir',
    dataDir,
    '--extensions-dir',
    inside('extensions'),
    '--config',
    inside('config.yaml'),
  ];
}

function environment(options: Pick<EditorOptions, 'dataDir' | 'env'>): NodeJS.ProcessEnv {
  return serverEnvironment(path.join(options.dataDir, 'home'), options.env);
}

async function freePort(): Promise<number> {
  return (await tryPort(FAVOURITE_PORT)) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
