import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What is kept about an account besides its source. No secret: it lies in a plain file. */
export interface KeptAccount {
  readonly id: string;
  /** False once signed out: name and regions wait for the next time. */
  readonly shown: boolean;
  /** What the user calls it. */
  readonly name?: string;
  /** Regions that the user chose to see. */
  readonly regions?: readonly string[];
  /** Of the source when it was last read, to know at the start of a session whether the cache is of the same account. */
  readonly identity?: string;
  /** Of a typed AccessKey, to ask for its secret again. */
  readonly accessKeyId?: string;
}

export interface KeptAccounts {
  /** Whether the user has chosen what to show; otherwise `accounts` is what was proposed last. */
  readonly chosen: boolean;
  readonly accounts: readonly KeptAccount[];
}

/** The file of all windows that says which accounts are shown. */
export interface AccountStore {
  readonly file: string;
  /** The content; empty where there is no file. A file that cannot be understood is set aside first, and told by `onSetAside`. */
  read(): Promise<KeptAccounts>;
  /** Reads, changes and writes; changes of this window come one after the other. Writes nothing where nothing changes. */
  change(edit: (kept: KeptAccounts) => KeptAccounts): Promise<KeptAccounts>;
}

const VERSION = 1;
const NOTHING: KeptAccounts = { chosen: false, accounts: [] };

/** @param onSetAside gets the path under which a file that could not be understood lies now */
export function createAccountStore(file: string, onSetAside: (file: string) => void): AccountStore {
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: two readers of a damaged file would set it aside twice, two changes would lose one. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  }

  async function load(): Promise<KeptAccounts> {
    const aside = `${file}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    try {
      const kept = parseKeptAccounts(await readFile(file, 'utf8'));
      if (kept) return kept;
      await rename(file, aside);
    } catch (error) {
      // Not there, or set aside by another window meanwhile.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return NOTHING;
      throw error;
    }
    onSetAside(aside);
    return NOTHING;
  }

  return {
    file,
    read: () => inTurn(load),
    change: (edit) =>
      inTurn(async () => {
        const before = await load();
        const after = edit(before);
        const text = textOf(after);
        if (text === textOf(before)) return before;
        await mkdir(dirname(file), { recursive: true });
        const temporary = `${file}.${process.pid}`;
        await writeFile(temporary, text, { mode: 0o600 });
        await rename(temporary, file);
        return after;
      }),
  };
}

/** Changes what is kept about one account; one that nothing is kept about yet begins as not shown. */
export function changeAccount(
  kept: KeptAccounts,
  id: string,
  change: (account: KeptAccount) => KeptAccount,
): KeptAccounts {
  const known = kept.accounts.find((account) => account.id === id);
  const changed = change(known ?? { id, shown: false });
  const accounts = known
    ? kept.accounts.map((account) => (account === known ? changed : account))
    : [...kept.accounts, changed];
  return { ...kept, accounts };
}

function textOf({ chosen, accounts }: KeptAccounts): string {
  return JSON.stringify({ version: VERSION, chosen, accounts }, null, 2);
}

/** The content of the file, or `undefined` if it is not what this version writes; by hand, because it runs at start-up. */
export function parseKeptAccounts(text: string): KeptAccounts | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(data) || data.version !== VERSION || typeof data.chosen !== 'boolean') return undefined;
  if (!Array.isArray(data.accounts)) return undefined;
  const accounts = data.accounts.map(parseAccount);
  return accounts.every((account) => account !== undefined) ? { chosen: data.chosen, accounts } : undefined;
}

function parseAccount(data: unknown): KeptAccount | undefined {
  if (!isRecord(data) || typeof data.id !== 'string' || typeof data.shown !== 'boolean') return undefined;
  const { id, shown, name, regions, identity, accessKeyId } = data;
  if (![name, identity, accessKeyId].every((text) => text === undefined || typeof text === 'string'))
    return undefined;
  if (regions !== undefined && !(Array.isArray(regions) && regions.every((each) => typeof each === 'string')))
    return undefined;
  return {
    id,
    shown,
    ...(typeof name === 'string' ? { name } : {}),
    ...(Array.isArray(regions) ? { regions: regions.map(String) } : {}),
    ...(typeof identity === 'string' ? { identity } : {}),
    ...(typeof accessKeyId === 'string' ? { accessKeyId } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
