import { parseArgs } from 'node:util';
import { isClientKeyId } from '../model/clientKey';
import type { Strategy } from '../model/reference';

/** What the command line is asked to do. Paths as they were given. */
export interface CliOrder {
  readonly folder: string;
  readonly keyId?: string;
  readonly json: boolean;
  readonly replace?: ReplaceOrder;
}

export interface ReplaceOrder {
  readonly credentialFile: string;
  readonly passwordFile: string;
  /** Every group that can be edited, not only those that the editor would tick. */
  readonly all: boolean;
  readonly strategy?: Strategy;
}

/** A command line that is not understood, or that cannot be carried out. The message is for people and holds no value. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

export const USAGE = `Usage: npm run -s references -- FOLDER [options]

Lists where the files of FOLDER name client keys of Alibaba Cloud KMS. No value is ever printed.

  --key-id KAAP.…           only references to this key, or that may be to it
  --json                    one JSON object per line

Patching:
  --replace-with NEW.json   the credential file of the new key: patches the references that would be ticked in the editor
  --password-file P         the file with its password
  --all                     patch every reference that can be edited
  --strategy in-place       give the old files new content, or
  --strategy beside         put new files beside the old ones; without it, as the editor proposes for each client

Exit code: 0 found or patched, 1 nothing found, 2 error.
`;

const STRATEGIES: Readonly<Record<string, Strategy>> = { 'in-place': 'inPlace', beside: 'beside' };

/**
 * Reads the command line.
 * @returns undefined where help is asked for
 * @throws CliError
 */
export function parseCliArguments(args: readonly string[]): CliOrder | undefined {
  const { values, positionals } = parse(args);
  if (values.help === true) return undefined;
  const [folder, ...more] = positionals;
  if (folder === undefined) throw new CliError('Name the folder to look through.');
  if (more.length > 0) throw new CliError('Name one folder.');
  const keyId = values['key-id'];
  if (keyId !== undefined && !isClientKeyId(keyId))
    throw new CliError('--key-id takes the id of a client key: KAAP. and a UUID.');
  const replace = replaceOrder(values);
  return {
    folder,
    json: values.json === true,
    ...(keyId !== undefined && { keyId }),
    ...(replace !== undefined && { replace }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        'key-id': { type: 'string' },
        'replace-with': { type: 'string' },
        'password-file': { type: 'string' },
        all: { type: 'boolean' },
        strategy: { type: 'string' },
      },
    });
  } catch (error) {
    // It names an option and no more.
    throw new CliError(error instanceof TypeError ? error.message : 'The options are not understood.');
  }
}

function replaceOrder(values: ReturnType<typeof parse>['values']): ReplaceOrder | undefined {
  const { 'replace-with': credentialFile, 'password-file': passwordFile, all, strategy } = values;
  if (credentialFile === undefined) {
    if (passwordFile !== undefined || all !== undefined || strategy !== undefined)
      throw new CliError('--password-file, --all and --strategy need --replace-with.');
    return undefined;
  }
  if (passwordFile === undefined) throw new CliError('--replace-with needs --password-file.');
  if (strategy !== undefined && !Object.hasOwn(STRATEGIES, strategy))
    throw new CliError('--strategy is in-place or beside.');
  const chosen = strategy === undefined ? undefined : STRATEGIES[strategy];
  return {
    credentialFile,
    passwordFile,
    all: all === true,
    ...(chosen !== undefined && { strategy: chosen }),
  };
}
