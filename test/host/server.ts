import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from './command';
import { startGuarded } from './guardedProcess';
import { prepareVscode } from './prepare';
import { changeSettings, QUIET_SETTINGS, type Settings, serverEnvironment } from './serverProfile';

export interface ServerOptions {
  /** Settings, logs and state. Without one: a temporary folder that goes when the server stops. */
  readonly dataDir?: string;
  /** Without one: `extensions` in the data folder. */
  readonly extensionsDir?: string;
  /** A packaged extension to install before the start. */
  readonly vsix?: string;
  readonly settings?: Settings;
  readonly env?: NodeJS.ProcessEnv;
  /** True: VS Code asks whether the folder is trusted. False (the default): every folder is trusted. */
  readonly askTrust?: boolean;
  /**
   * True: the workbench loads an extension and its tests from folders, and shows no notification toasts.
   * False (the default): it is as users have it.
   */
  readonly testDriver?: boolean;
  /** Port to listen on; without one, a free port. Browser state (with it the secrets) belongs to a port. */
  readonly port?: number;
}

/** A VS Code server that listens on the loopback interface. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly extensionsDir: string;
  /** 32 bytes with which the workbench encrypts its secrets: the page is given them where code-server would mint them. */
  readonly secretKey: Buffer;
  /** The address of a workbench on a folder (none: an empty window). */
  url(folder?: string, payload?: readonly (readonly [string, string])[]): string;
  /** A path of this machine as the workbench in the browser names it. */
  remoteUri(file: string): string;
  /** Takes effect when a workbench is opened or reloaded. */
  changeSettings(changes: Settings): Promise<void>;
  /** What the server has printed. */
  output(): string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/**
 * Starts VS Code's web server with a profile of its own and none of the user's account settings.
 * @throws Error with the server's output when it does not listen within a minute
 */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const vscode = await prepareVscode();
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'vscode-data-')));
  const extensionsDir = options.extensionsDir ?? path.join(dataDir, 'extensions');
  const home = path.join(dataDir, 'home');
  for (const folder of [extensionsDir, home]) await mkdir(folder, { recursive: true });
  // The server build keeps the user's settings on the server, not in the browser.
  const userDataDir = path.join(dataDir, 'data');
  await changeSettings(userDataDir, { ...QUIET_SETTINGS, ...options.settings });

  const env = serverEnvironment(home, options.env ?? {});
  const main = path.join(vscode.vscode, 'out', 'server-main.js');
  const folders = ['--server-data-dir', dataDir, '--extensions-dir', extensionsDir];
  if (options.vsix) {
    await runCommand(vscode.node, [main, '--install-extension', options.vsix, '--force', ...folders], {
      env,
    });
  }
  const server = startGuarded(
    vscode.node,
    [
      main,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'],
      ...['--accept-server-license-terms', '--telemetry-level', 'off', ...folders],
      ...(options.askTrust ? [] : ['--disable-workspace-trust']),
      ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { env },
  );
  try {
    const [, port] = await server.waitFor(/Extension host agent listening on (\d+)/, START_TIMEOUT_MS);
    const host = `127.0.0.1:${port}`;
    return {
      host,
      port: Number(port),
      dataDir,
      extensionsDir,
      secretKey: randomBytes(32),
      url: (folder, payload) => workbenchUrl(host, folder, payload),
      remoteUri: (file) => `vscode-remote://${host}${file}`,
      changeSettings: (changes) => changeSettings(userDataDir, changes),
      output: server.output,
      async stop() {
        await server.stop();
        if (!options.dataDir) await removeFolder(dataDir);
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function workbenchUrl(
  host: string,
  folder?: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const url = new URL(`http://${host}/`);
  if (folder) url.searchParams.set('folder', folder);
  else url.searchParams.set('ew', 'true');
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function removeFolder(folder: string): Promise<void> {
  // A process that has just ended may still leave a file behind.
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
