import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

const LIMIT_MS = 60_000;

/**
 * Runs in the extension host: waits until the installed extension named by BENCH_EXTENSION has activated by itself, then
 * writes VS Code's own account of the start-up (Developer: Startup Performance) to the file BENCH_OUTPUT.
 */
export async function run(): Promise<void> {
  const { BENCH_EXTENSION: id = '', BENCH_OUTPUT: output = '' } = process.env;
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not installed.`);
  await until(() => extension.isActive, `${id} has not activated`);
  await vscode.commands.executeCommand('perfview.show');
  const shown = () =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
  await until(() => shown().includes(id), `VS Code's figures do not name ${id}`);
  writeFileSync(output, shown());
}

async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
