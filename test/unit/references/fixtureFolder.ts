import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ReferenceGroup, ScanResult } from '../../../src/model/reference';
import { Secret } from '../../../src/model/secret';
import {
  credentialText,
  NEW_KEY,
  NEW_PASSWORD,
  OLD_KEY,
  privateKeys,
  root,
  temporaryFolder,
  writeFiles,
} from './demoWorkspace';

const NEW_FILE = join('keys', `clientKey_${NEW_KEY}.json`);
const NEW_PASSWORD_FILE = join('keys', `clientKey_${NEW_KEY}_Password.txt`);

/** The fixtures hold no private keys: in place of these two words real ones are put, which the two passwords open. */
export async function withKeys(bytes: Buffer): Promise<Buffer> {
  const { old, fresh } = await privateKeys();
  const fill = (text: string) => text.replaceAll('TUlJT2xk', old).replaceAll('TUlJQ2FuYXJ5', fresh);
  // Secrets of Kubernetes hold the whole file in Base64.
  const inBase64 = /eyJLZXlJZCI6[A-Za-z0-9+/]*={0,2}/g;
  const text = fill(bytes.toString('latin1')).replace(inBase64, (word) =>
    Buffer.from(fill(Buffer.from(word, 'base64').toString('latin1')), 'latin1').toString('base64'),
  );
  return Buffer.from(text, 'latin1');
}

/** A copy of one side of a fixture, laid over a folder. */
export async function copyFixture(name: string, side: 'before' | 'after', folder: string): Promise<void> {
  const from = join(root, 'test', 'workspace', name, side);
  for (const file of filesBelow(from))
    writeFiles(folder, { [file]: await withKeys(readFileSync(join(from, file))) });
}

/** A fixture's `before`, with the new credential saved in `keys`, and an order for it. */
export async function openFixture(name: string) {
  const folder = temporaryFolder();
  await copyFixture(name, 'before', folder);
  const { fresh } = await privateKeys();
  writeFiles(folder, { [NEW_FILE]: credentialText(NEW_KEY, fresh), [NEW_PASSWORD_FILE]: NEW_PASSWORD });
  const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
  const replacement = {
    keyId: NEW_KEY,
    password: new Secret(NEW_PASSWORD),
    credentialFile: join(folder, NEW_FILE),
    passwordFile: join(folder, NEW_PASSWORD_FILE),
  };
  return { folder, order, replacement };
}

/** A reference as `expected.json` of a fixture has it, with more members that are compared as they are. */
export interface Listed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const byPlace = (one: Listed, other: Listed) =>
  one.file === other.file
    ? one.line - other.line || one.column - other.column
    : one.file < other.file
      ? -1
      : 1;

/** Credential files are in every fixture; one fixture is about them. */
export const isClient = (group: ReferenceGroup) =>
  group.references.some(({ notation }) => notation !== 'credential');

export const slashed = (path: string) => path.split(sep).join('/');

export function filesBelow(folder: string): string[] {
  // A notation that nothing is ticked in has no `after`.
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(relative(folder, join(entry.parentPath, entry.name))))
    .sort();
}

/** All fixtures that say what is expected. */
export function fixtureNames(): readonly string[] {
  const folder = join(root, 'test', 'workspace');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'expected.json')));
}

/** What a fixture expects to be listed, in the order of the places. */
export function expectedOf(name: string): readonly Listed[] {
  const text = readFileSync(join(root, 'test', 'workspace', name, 'expected.json'), 'utf8');
  const expected: Listed[] = JSON.parse(text);
  return expected.sort(byPlace);
}

/** What a scan lists, in the form and order of `expected.json`. */
export function listedBy(result: ScanResult, name: string, folder: string): readonly Listed[] {
  const groups = name === 'credential' ? result.groups : result.groups.filter(isClient);
  const listed = groups.flatMap((group) =>
    group.references.map((reference) => ({
      file: slashed(relative(folder, reference.file)),
      line: reference.range.line,
      column: reference.range.column,
      role: reference.role,
      group: group.id.slice(group.id.indexOf('#') + 1),
      confidence: group.confidence,
      ticked: group.ticked,
      ...(group.doubt === undefined ? {} : { doubt: group.doubt }),
      ...(reference.notEditable === undefined ? {} : { notEditable: reference.notEditable }),
    })),
  );
  return listed.sort(byPlace);
}
