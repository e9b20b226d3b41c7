import { realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errnoOf } from '../credential/durableFile';
import { createNotations } from '../references/notations';
import { scanWorkspace } from '../references/scan/scan';
import { CliError, type CliOrder, parseCliArguments, USAGE } from './arguments';
import { describeReferences, groupsFor, listReferences, printable, slashed } from './listing';
import { readReplacement } from './newCredential';
import { type Core, replaceKey } from './replacing';

/** Where the command writes: results, and what is said besides. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/**
 * Finds and patches references, by the code of the editor.
 * @returns the exit code: 0 found or patched, 1 nothing found, 2 error
 */
export async function runCommand(args: readonly string[], output: Output): Promise<number> {
  try {
    return await carryOut(args, output);
  } catch (error) {
    // Only texts of our own are printed: any other could quote what was being read.
    if (error instanceof CliError) output.err(`${error.message}\n`);
    else tell(output, `The command failed unexpectedly (${nameOf(error)}).`);
    return 2;
  }
}

async function carryOut(args: readonly string[], output: Output): Promise<number> {
  const order = parseCliArguments(args);
  if (order === undefined) {
    output.out(USAGE);
    return 0;
  }
  const folder = openFolder(order.folder);
  return order.replace === undefined
    ? list({ ...order, folder }, output)
    : patch({ ...order, folder, replace: order.replace }, output);
}

async function list({ folder, keyId, json }: CliOrder, output: Output): Promise<number> {
  const order = { folders: [folder], exclude: [], ...(keyId !== undefined && { keyId }) };
  const core = openCore();
  const { result } = await scanWorkspace(order, core.notations, { threads: core.threads });
  const references = listReferences(folder, groupsFor(result, keyId));
  for (const { file, reason } of result.skipped)
    tell(output, `skipped: ${slashed(folder, file)} (${reason})`);
  if (json) printLines(references, output);
  else if (references.length > 0) output.out(describeReferences(references));
  if (references.length > 0) return 0;
  tell(output, 'No reference to a client key was found.');
  return 1;
}

async function patch(
  order: CliOrder & { readonly replace: NonNullable<CliOrder['replace']> },
  output: Output,
): Promise<number> {
  const { replace, json } = order;
  const replacement = readReplacement(
    resolve(base(), replace.credentialFile),
    resolve(base(), replace.passwordFile),
  );
  const replaced = await replaceKey(order, replacement, openCore());
  if (replaced === undefined) {
    tell(output, 'There is nothing to patch.');
    return 1;
  }
  if (json) printLines(replaced.changed, output);
  else
    for (const { file, edits, created } of replaced.changed)
      output.out(`${created === true ? 'created' : `patched (${edits})`.padEnd(12)} ${printable(file)}\n`);
  for (const note of replaced.notes) tell(output, note);
  return 0;
}

/** npm starts scripts in the folder of the package: paths count from where the user was. */
function base(): string {
  const { npm_lifecycle_event: script, INIT_CWD: from } = process.env;
  return script === 'references' && from !== undefined ? from : process.cwd();
}

function openFolder(given: string): string {
  const folder = resolve(base(), given);
  try {
    if (!statSync(folder).isDirectory()) throw new CliError(`${folder} is no folder.`);
    // The scan starts behind a link, as an editor that opens it does.
    return realpathSync(folder);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`The folder ${folder} cannot be opened (${errnoOf(error) ?? 'unreadable'}).`);
  }
}

/** The notations, and how threads that help with large folders are started. */
function openCore(): Core {
  const module = dirname(require.resolve('@vscode/tree-sitter-wasm/package.json'));
  const grammarsFolder = join(module, 'wasm');
  const workerFile = join(__dirname, '..', 'references', 'worker.ts');
  return { notations: createNotations(grammarsFolder), threads: { workerFile, grammarsFolder } };
}

function printLines(objects: readonly object[], output: Output): void {
  output.out(objects.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

function tell(output: Output, line: string): void {
  output.err(`${printable(line)}\n`);
}

function nameOf(error: unknown): string {
  return errnoOf(error) ?? (error instanceof Error ? error.name : 'error');
}
