// Builds what the extension ships: one small eager file, and rooms that are loaded on first use.
const { build } = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const outdir = path.join(__dirname, 'dist');

/** Rooms with a file of their own. Key: the module that a dynamic import names; value: its file in dist/. */
const LAZY_ROOMS = {
  'src/cloud/index': 'cloud',
  'src/cloud/audit/index': 'audit',
  'src/references/background': 'background',
  'src/rotation/index': 'rotation',
  'src/ui/desk': 'desk',
  'src/ui/inventory/readingRoom': 'reading',
  'src/ui/tree/treeRoom': 'tree',
  'src/ui/editor/wiring': 'editor',
  'src/ui/expiry/wiring': 'expiry',
};

/** Turns `import('../cloud/index')` into a require of dist/cloud.js, so that start-up does not parse it. */
const lazyRooms = {
  name: 'lazy-rooms',
  setup(plugin) {
    plugin.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const module = path.relative(__dirname, path.resolve(args.resolveDir, args.path)).replaceAll('\\', '/');
      const room = LAZY_ROOMS[module];
      return room && { path: `./${room}.js`, external: true };
    });
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/** Everything that runs in Node: VS Code 1.106 has Node 22. */
const node = {
  ...common,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  plugins: [lazyRooms],
  alias: {
    // A native module, needed for LZ4 answers alone: a small decoder of our own does for all platforms.
    'lz4-napi': path.join(__dirname, 'src/cloud/audit/lz4Block.ts'),
    // It prints secrets where the environment asks for it.
    debug: path.join(__dirname, 'src/cloud/network/silentDebug.ts'),
    // Its ESM file breaks in CommonJS output: `createRequire(undefined)`.
    'web-tree-sitter': require.resolve('web-tree-sitter'),
  },
};

const browser = {
  ...common,
  platform: 'browser',
  target: 'chrome132',
  format: 'iife',
  jsx: 'automatic',
  jsxImportSource: 'preact',
};

/** Grammars of the programming languages, by the names of their files. */
const LANGUAGES = ['java', 'go', 'python', 'php', 'c-sharp', 'javascript', 'typescript', 'tsx'];
const GRAMMARS = [
  require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
  ...LANGUAGES.map((language) =>
    path.join(
      path.dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')),
      `wasm/tree-sitter-${language}.wasm`,
    ),
  ),
];

async function main() {
  fs.rmSync(outdir, { recursive: true, force: true });
  const rooms = Object.entries(LAZY_ROOMS).map(([module, room]) => ({ in: `${module}.ts`, out: room }));
  const results = await Promise.all([
    build({
      ...node,
      outdir,
      entryPoints: [
        { in: 'src/extension.ts', out: 'extension' },
        { in: 'src/references/worker.ts', out: 'references' },
        ...rooms,
      ],
    }),
    build({
      ...browser,
      outdir: path.join(outdir, 'webview'),
      entryPoints: [
        { in: 'src/webview/audit/main.tsx', out: 'audit' },
        { in: 'src/webview/audit/audit.css', out: 'audit' },
      ],
    }),
  ]);
  fs.mkdirSync(path.join(outdir, 'grammars'), { recursive: true });
  for (const file of GRAMMARS) fs.copyFileSync(file, path.join(outdir, 'grammars', path.basename(file)));
  for (const result of results)
    for (const [file, output] of Object.entries(result.metafile.outputs))
      if (!file.endsWith('.map')) console.log(`${file}  ${(output.bytes / 1024).toFixed(1)} KB`);
}

// Tests load every grammar that is shipped, and run a bundle.
module.exports = { GRAMMARS, node };

if (require.main === module)
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
