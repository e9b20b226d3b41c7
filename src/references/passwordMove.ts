import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PasswordMove } from '../model/passwordMove';
import type { Notation as NotationName } from '../model/reference';
import { Secret } from '../model/secret';
import { describeFile } from './foundFile';
import type { ResolvedClient, ResolvedMember } from './grouping';
import type { InspectOrder } from './inspect';
import { linkFiles } from './link';
import { newFileName, newPathValue } from './newPath';
import type { Notation } from './notation';
import type { Notations } from './notations';
import { provePair } from './pairProof';
import { openSource, type Source } from './proof';
import { readWhole } from './readBytes';
import { rewrite } from './rewrite';
import { decodeText } from './textFile';
import { isInside } from './writtenPath';

export interface PasswordMoveOrder extends InspectOrder {
  readonly groupId: string;
}

const SETTING = 'client_key_password';
const FILE_SETTING = 'client_key_password_from_file_path';

/** How a language reads a file where an expression may stand and no error has to be declared. Gets a literal with the path. */
const READERS: Partial<Record<NotationName, (path: string) => string>> = {
  python: (path) => `open(${path}, encoding="utf-8").read().strip()`,
  php: (path) => `trim(file_get_contents(${path}))`,
  csharp: (path) => `System.IO.File.ReadAllText(${path}).Trim()`,
  kotlin: (path) => `java.io.File(${path}).readText().trim()`,
  groovy: (path) => `new File(${path}).text.trim()`,
};

/**
 * Plans to move the password of a client out of the text into a file beside its credential file. Only a password that was
 * seen to open that credential is moved, and only where the result reads back as the same client with that file.
 * @returns in words, for the log, why it cannot be done
 */
export async function planPasswordMove(
  order: PasswordMoveOrder,
  notations: Notations,
): Promise<PasswordMove | string> {
  const notation = notations.for(order.file, order.folder);
  const encoding = order.encodings?.[order.folder];
  const source = notation && (await openSource(order.file, notation, encoding));
  if (source === undefined) return 'The file cannot be read.';
  const client = clientsOf(source, order).find(({ id }) => id === order.groupId);
  const password = client && memberOf(client, 'password');
  const key = client && memberOf(client, 'keyFile');
  if (client?.keyId === undefined || password?.found.value === undefined || key?.found.value === undefined)
    return 'There is no client with a key file and a password as text.';
  if (key.resolved === undefined || !isInside(key.resolved.target, order.folder))
    return 'The credential file is not in the workspace folder.';
  if (provePair(client) !== 'opened') return 'The password was not seen to open the credential file.';
  const target = key.resolved.target;
  const name = newFileName('passwordFile', client.keyId, false);
  const passwordFile = join(dirname(target), name);
  if (existsSync(passwordFile) && readWhole(passwordFile).toString('utf8') !== password.found.value)
    return `${passwordFile} is there already, with another content.`;
  const path = newPathValue(key.found.value, basename(target), name);
  const content = await proveMove(source, order, password, path);
  if (content === undefined) return 'This notation has no way to read a password from a file.';
  return {
    file: order.file,
    sha256: createHash('sha256').update(source.bytes).digest('hex'),
    content,
    passwordFile,
    password: new Secret(password.found.value),
  };
}

/** The bytes after the move, if they read back as the same client with the file in place of the password. */
async function proveMove(
  source: Source,
  order: PasswordMoveOrder,
  { found }: ResolvedMember,
  path: string,
): Promise<Buffer | undefined> {
  const edit = editOf(source.notation, source.text.text, found, path);
  const rewritten = edit && rewrite(source.bytes, source.text, [edit]);
  if (rewritten === undefined) return undefined;
  const text = decodeText(rewritten.bytes, source.encoding);
  const findings = await source.notation.find(text.text);
  const before = source.findings.clients.map(({ anchor }) => anchor);
  if (findings.clients.map(({ anchor }) => anchor).join('\n') !== before.join('\n')) return undefined;
  const after = clientsOf({ ...source, text, findings }, order).find(({ id }) => id === order.groupId);
  const moved = after && memberOf(after, 'passwordFile');
  const isMoved =
    moved?.found.value === path && after !== undefined && memberOf(after, 'password') === undefined;
  return isMoved ? rewritten.bytes : undefined;
}

function editOf(
  notation: Notation,
  text: string,
  { start, end, form }: { readonly start: number; readonly end: number; readonly form?: string },
  path: string,
) {
  const literal = notation.encode(path, text.slice(start, end), form);
  if (literal === undefined) return undefined;
  const read = READERS[notation.name];
  if (read !== undefined) return { start, end, raw: read(literal) };
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const name = /client_key_password(?=["']?[ \t]*[=:]?[ \t]*$)/.exec(before);
  if (name === null) return undefined;
  const from = start - before.length + name.index;
  return { start: from, end, raw: FILE_SETTING + text.slice(from + SETTING.length, start) + literal };
}

function clientsOf(
  { file, notation, text, findings }: Source,
  { folder }: PasswordMoveOrder,
): readonly ResolvedClient[] {
  return linkFiles([
    describeFile({ file, folder, notation: notation.name, text: text.text }, findings, text.decodeValue),
  ]);
}

/** The one member of a role in the file of the client itself. */
function memberOf(client: ResolvedClient, role: ResolvedMember['found']['role']): ResolvedMember | undefined {
  const [only, ...others] = client.members.filter(
    ({ found, file, isAside }) => found.role === role && file === client.file && isAside !== true,
  );
  return others.length === 0 && only?.obstacle === undefined ? only : undefined;
}
