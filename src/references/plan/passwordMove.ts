import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PasswordMove } from '../../model/passwordMove';
import { Secret } from '../../model/secret';
import { describeFile } from '../foundFile';
import type { ResolvedClient, ResolvedMember } from '../link/grouping';
import { linkFiles } from '../link/link';
import { provePair } from '../link/pairProof';
import { isInside } from '../link/writtenPath';
import type { Notation } from '../notation';
import type { Notations } from '../notations';
import type { InspectOrder } from '../scan/lookInto';
import { readWhole } from '../scan/readBytes';
import { decodeText } from '../text/decodeText';
import { rewrite } from '../text/rewrite';
import { canReadFiles, readerOf } from './fileReaders';
import { newFileName, newPathValue } from './newPath';
import { openSource, type Source } from './proof';

export interface PasswordMoveOrder extends InspectOrder {
  readonly groupId: string;
}

const SETTING = 'client_key_password';
const FILE_SETTING = 'client_key_password_from_file_path';

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
  if (canReadFiles(source.notation.name) && !isPlainPath(key))
    return 'The path of the credential file does not say where a program would find a file beside it.';
  const target = key.resolved.target;
  const name = newFileName('passwordFile', client.keyId, false);
  const passwordFile = join(dirname(target), name);
  // A line end behind it does not matter to any reader, and stays.
  const standing = existsSync(passwordFile) ? readWhole(passwordFile).toString('utf8') : password.found.value;
  if (standing.trim() !== password.found.value)
    return `${passwordFile} is there already, with another content.`;
  const path = newPathValue(key.found.value, basename(target), name);
  const content = await proveMove(source, order, password, path);
  if (content === undefined) return 'The password cannot be read from a file in this place.';
  return {
    file: order.file,
    sha256: createHash('sha256').update(source.bytes).digest('hex'),
    content,
    passwordFile,
    password: new Secret(standing),
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
  if (canReadFiles(notation.name)) {
    const raw = readerOf(notation.name, literal, text.slice(0, start));
    return raw === undefined ? undefined : { start, end, raw };
  }
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const name = /client_key_password(?=["']?[ \t]*[=:]?[ \t]*$)/.exec(before);
  if (name === null) return undefined;
  const from = start - before.length + name.index;
  return { start: from, end, raw: FILE_SETTING + text.slice(from + SETTING.length, start) + literal };
}

/** Neither put together in the code nor looked for on the class path: another path like it leads beside the file. */
function isPlainPath({ found, resolved }: ResolvedMember): boolean {
  const isResource = /(?:^|[\\/])src[\\/]main[\\/]resources$/.test(resolved?.base ?? '');
  return (
    found.base === undefined &&
    resolved?.isBuilt !== true &&
    !isResource &&
    !/^\w{2,}:/.test(found.value ?? '')
  );
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
