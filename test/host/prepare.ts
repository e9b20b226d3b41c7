import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { skippedStep, step } from '../run/step';
import { runCommand } from './command';
import { CACHE_FOLDER, CODE_SERVER_VERSION, nodePackage, serverIn, type VscodeServer } from './vscodeServer';

/** Modules of VS Code that nothing here uses; some of them need a compiler or download more. */
const UNUSED_MODULES = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/sqlite3',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'kerberos',
  'ssh2',
];

/**
 * Built-in extensions left out for a faster start. Only ones that run in Node alone: the names of those that can run in
 * the browser are compiled into the workbench, which would wait for a missing one without end.
 */
const UNUSED_EXTENSIONS = [
  'copilot',
  'debug-auto-launch',
  'debug-server-ready',
  'git',
  'github',
  'grunt',
  'gulp',
  'jake',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'notebook-renderers',
  'php-language-features',
  'terminal-suggest',
  'tunnel-forwarding',
];

const PARTIAL = 'server.partial-';
const LAYOUT = 1;

/**
 * Puts a real VS Code (its server build, from the npm package code-server) and the Node it needs below `.vscode-test`.
 * Needs npm and nothing else, no root; a second call returns at once. It is built in a folder of its own and renamed
 * when complete, under a lock, so that a killed run or a second one at the same time leaves nothing half.
 * @throws Error when the platform is not supported or npm fails
 */
export async function prepareVscode(): Promise<VscodeServer> {
  const node = nodePackage();
  const stamp = `code-server ${CODE_SERVER_VERSION}, ${node.name} ${node.version}, layout ${LAYOUT}`;
  const folder = path.join(CACHE_FOLDER, 'server');
  if (stampOf(folder) === stamp) {
    skippedStep('VS Code', `ready in ${path.relative(process.cwd(), folder) || '.'}`);
    return serverIn(folder);
  }
  await mkdir(CACHE_FOLDER, { recursive: true });
  const release = await acquireLock();
  try {
    if (stampOf(folder) !== stamp) {
      await step(`VS Code (${stamp})`, async () => {
        await removePartials();
        const partial = path.join(CACHE_FOLDER, `${PARTIAL}${process.pid}`);
        await install(partial, node);
        await writeFile(path.join(partial, 'stamp'), stamp);
        await rm(folder, { recursive: true, force: true });
        await rename(partial, folder);
      });
    }
  } finally {
    await release();
  }
  return serverIn(folder);
}

function stampOf(folder: string): string | undefined {
  const file = path.join(folder, 'stamp');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function acquireLock(): Promise<() => Promise<void>> {
  const lockfilePath = path.join(CACHE_FOLDER, 'server.lock');
  const options = { lockfilePath, stale: 30_000 };
  try {
    return await lock(CACHE_FOLDER, options);
  } catch {
    console.log('  … another process is preparing VS Code; waiting for it');
    return lock(CACHE_FOLDER, {
      ...options,
      retries: { retries: 600, factor: 1, minTimeout: 1000, maxTimeout: 1000 },
    });
  }
}

async function removePartials(): Promise<void> {
  for (const name of await readdir(CACHE_FOLDER)) {
    if (name.startsWith(PARTIAL)) await rm(path.join(CACHE_FOLDER, name), { recursive: true, force: true });
  }
}

async function install(folder: string, node: { name: string; version: string }): Promise<void> {
  await mkdir(folder);
  const dependencies = { 'code-server': CODE_SERVER_VERSION, [node.name]: node.version };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // Without install scripts: code-server's own refuses other Node versions and compiles modules that nobody needs here.
  const install = ['install', '--ignore-scripts', '--omit=dev'];
  await step('npm: code-server and Node', () => npm(install, folder, process.env));

  const server = serverIn(folder);
  const nodeFolder = path.dirname(path.dirname(server.node));
  const env = {
    ...process.env,
    PATH: `${path.dirname(server.node)}${path.delimiter}${process.env.PATH ?? ''}`,
    // The headers for compiling a module come with the Node package: nothing is downloaded from elsewhere.
    npm_config_nodedir: nodeFolder,
  };
  await dropDependencies(path.join(server.vscode, 'package.json'));
  await step("npm: VS Code's own modules", () => npm(install, server.vscode, env));
  await compileModules(server, env);
  for (const name of UNUSED_EXTENSIONS) {
    await rm(path.join(server.vscode, 'extensions', name), { recursive: true, force: true });
  }
}

/** `npm ci` with VS Code's shrinkwrap is refused (it lacks an entry); `npm install` keeps its versions. */
async function dropDependencies(manifestFile: string): Promise<void> {
  const manifest: { dependencies?: Record<string, string> } = JSON.parse(
    await readFile(manifestFile, 'utf8'),
  );
  for (const name of UNUSED_MODULES) delete manifest.dependencies?.[name];
  await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
}

/**
 * VS Code writes log files through the native module spdlog, and its extension host watches its parent by another.
 * Without a compiler it runs all the same, but writes no logs.
 */
async function compileModules(server: VscodeServer, env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await step('compile spdlog and native-watchdog', () =>
      npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], server.vscode, env),
    );
  } catch (error) {
    console.log(`  ! no compiler: VS Code will write no log files. ${firstLine(error)}`);
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}

function npm(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  // `npm run` describes its own package in the environment; the npm started here must not take that for its settings.
  const clean = Object.entries(env).filter(
    ([name]) => !/^npm_(package_|lifecycle_|config_local_prefix$)/.test(name),
  );
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return runCommand('npm', [...args, ...quiet], { cwd, env: Object.fromEntries(clean) });
}

if (require.main === module) {
  prepareVscode().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
