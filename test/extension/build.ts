import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const OUTPUT = path.resolve(__dirname, '../../out/extension-tests');

/**
 * Compiles this folder's tests and their entry for the extension host, which reads plain CommonJS.
 * @returns the compiled entry, to be given to VS Code as `extensionTestsPath`
 */
export async function buildExtensionTests(): Promise<string> {
  const tests = (await readdir(__dirname)).filter((name) => name.endsWith('.test.ts'));
  await rm(OUTPUT, { recursive: true, force: true });
  await build({
    entryPoints: ['index.ts', ...tests].map((name) => path.join(__dirname, name)),
    outdir: OUTPUT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    // VS Code provides the one; the other has to be the same instance for all files.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(OUTPUT, 'index.js');
}

if (require.main === module) {
  buildExtensionTests().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
