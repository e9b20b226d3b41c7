import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findClientKeyId } from '../../model/clientKey';
import type { FoundFile } from '../foundFile';
import { keyIdOfText, MAX_PASSWORD_TEXT, readPasswordText } from '../notations/credential';
import { readWhole } from '../scan/readBytes';
import { isInSkippedFolder } from '../scan/walk';
import { decodeText } from '../text/decodeText';
import { isKey, type ResolvedClient, type ResolvedMember } from './grouping';
import { opensCredential } from './pairProof';
import { isInside } from './writtenPath';

/** How many files beside a credential file are tried as its password: each takes a quarter of a second. */
const MAX_TRIED = 4;

/**
 * Each credential file as a client of its own, together with its password file: what changes when a client keeps its paths
 * and the files get new content. A password file of several is listed with the one of the key that is looked for, or with
 * the one that is named alike.
 */
export function credentialClients(
  files: readonly FoundFile[],
  clients: readonly ResolvedClient[],
  keyId: string | undefined,
): readonly ResolvedClient[] {
  const credentials = files.flatMap((source) => credentialsIn(source, clients));
  const owners = new Map<string, Credential>();
  const rank = ({ file, keyId: own }: Credential, path: string) =>
    Number(keyId !== undefined && own === keyId) * 2 + Number(companionsOf(file, own).includes(path));
  for (const credential of credentials)
    for (const path of credential.passwords) {
      const owner = owners.get(path);
      if (owner === undefined || rank(credential, path) > rank(owner, path)) owners.set(path, credential);
    }
  return credentials.map((credential) => {
    const own = credential.passwords.filter((path) => owners.get(path) === credential);
    const { client } = credential;
    return {
      ...client,
      members: [...client.members, ...own.flatMap((path) => passwordMember(path, client.folder) ?? [])],
    };
  });
}

interface Credential {
  readonly file: string;
  readonly keyId: string | undefined;
  readonly client: ResolvedClient;
  readonly passwords: readonly string[];
}

function credentialsIn(
  { file, folder, notation, clients: found }: FoundFile,
  clients: readonly ResolvedClient[],
): readonly Credential[] {
  if (notation !== 'credential') return [];
  return found.flatMap(({ anchor, members: [placed] }) => {
    if (placed?.role !== 'credentialFile' || placed.value === undefined) return [];
    const { line, column, ...value } = placed;
    const id = keyIdOfText(placed.value);
    const known = id === undefined ? {} : { keyId: id };
    const member: ResolvedMember = {
      file,
      folder,
      notation,
      found: value,
      range: { start: value.start, end: value.end, line, column },
      ...known,
      ...(isOut(file, folder) ? { obstacle: 'readOnly' } : {}),
    };
    const client: ResolvedClient = {
      id: `${file}#${anchor}`,
      file,
      folder,
      notation,
      context: 'specific',
      guessed: false,
      documentation: false,
      members: [member],
      ...known,
    };
    return [{ file, keyId: id, client, passwords: passwordFilesOf(file, placed.value, id, clients) }];
  });
}

/** The password files of a credential: those that its clients read; else the one that lies beside it. */
function passwordFilesOf(
  file: string,
  credential: string,
  keyId: string | undefined,
  clients: readonly ResolvedClient[],
): readonly string[] {
  const named = clients
    .filter(({ members }) =>
      members.some(({ found, resolved }) => isKey(found.role) && resolved?.target === file),
    )
    .flatMap(({ members }) =>
      members.flatMap(({ found, resolved }) =>
        found.role === 'passwordFile' && resolved !== undefined ? [resolved.target] : [],
      ),
    );
  if (named.length > 0) return [...new Set(named)].sort();
  const companion = companionsOf(file, keyId).find((path) => readPassword(path) !== undefined);
  if (companion !== undefined) return [companion];
  const opening = passwordLike(dirname(file), keyId).find((path) => {
    const password = readPassword(path);
    return password !== undefined && opensCredential(Buffer.from(credential), password) === 'opened';
  });
  return opening === undefined ? [] : [opening];
}

/** Where console and tools put the password of a credential file (docs/facts.md CRED-1). */
function companionsOf(file: string, keyId: string | undefined): readonly string[] {
  return [
    `${basename(file).replace(/\.[^.]+$/, '')}_Password.txt`,
    ...(keyId === undefined ? [] : [`clientKey_${keyId}_Password.txt`, `password_${keyId}.json`]),
  ].map((name) => join(dirname(file), name));
}

/** Small files of a folder whose names speak of a password, and not of another key. */
function passwordLike(folder: string, keyId: string | undefined): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /pass|pwd|pw\b|secret/i.test(name) && (findClientKeyId(name) ?? keyId) === keyId)
      .map((name) => join(folder, name))
      .filter((path) => readPassword(path) !== undefined)
      .slice(0, MAX_TRIED);
  } catch {
    return [];
  }
}

/** The password in a file, if it looks like a password file. */
function readPassword(path: string): string | undefined {
  try {
    const status = statSync(path);
    if (!status.isFile() || status.size > MAX_PASSWORD_TEXT * 4) return undefined;
    return readPasswordText(decodeText(readWhole(path)).text);
  } catch {
    return undefined;
  }
}

function passwordMember(path: string, folder: string): ResolvedMember | undefined {
  if (readPassword(path) === undefined) return undefined;
  const { text } = decodeText(readWhole(path));
  return {
    file: path,
    folder,
    notation: 'credential',
    found: { role: 'credentialPasswordFile', start: 0, end: text.length, value: text },
    range: { start: 0, end: text.length, line: 1, column: 1 },
    ...(isOut(path, folder) ? { obstacle: 'readOnly' as const } : {}),
  };
}

/** Whether a file is not ours to write: outside the workspace folder, or made by a build. */
function isOut(file: string, folder: string): boolean {
  return !isInside(file, folder) || isInSkippedFolder(file.slice(folder.length + 1));
}
