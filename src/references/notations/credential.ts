import { readKeyId } from '../../credential/credentialFile';
import { isClientKeyId } from '../../model/clientKey';
import type { FoundMember, Notation } from '../notation';

/** Passwords have at most 64 characters; in JSON, with a name before them, a few more. */
export const MAX_PASSWORD_TEXT = 256;

/**
 * Credential files and password files themselves. They are told by their content, whatever they are called, so no name is
 * covered: the scan hands credential files over, and password files are those that lie beside them or that a client names.
 * A value is a whole file. Its form (order and white space of JSON, line feed at the end) is kept by whoever makes the new
 * value, so writing it is nothing more.
 */
export const credential: Notation = {
  name: 'credential',
  covers: () => false,
  find: async (text) => {
    const members = membersOf(text);
    return {
      clients: members.length === 0 ? [] : [{ anchor: 'credential', context: 'specific', members }],
      hidden: [{ start: 0, end: text.length }],
    };
  },
  encode: (value, rawBefore) => {
    const [before, after] = [rawBefore, value].map((text) => membersOf(text)[0]?.role);
    return before === after ? value : undefined;
  },
  quotes: () => ({ open: 0, close: 0 }),
};

function membersOf(text: string): readonly FoundMember[] {
  const whole = { start: 0, end: text.length, value: text };
  if (keyIdOfText(text) !== undefined) return [{ role: 'credentialFile', ...whole }];
  return readPasswordText(text) === undefined ? [] : [{ role: 'credentialPasswordFile', ...whole }];
}

/** The client key of a credential, given as the text of its file. The masked id of a sample is none. */
export function keyIdOfText(text: string): string | undefined {
  const keyId = readKeyId(Buffer.from(text));
  return keyId !== undefined && isClientKeyId(keyId) ? keyId : undefined;
}

/**
 * The password in the text of a password file: one line, which some programs strip (docs/facts.md CRED-7), or the JSON that
 * the tools of confidential containers read.
 */
export function readPasswordText(text: string): string | undefined {
  if (text.length > MAX_PASSWORD_TEXT) return undefined;
  const line = text.trim();
  if (line.startsWith('{')) return readPasswordJson(line);
  return line === '' || /[\r\n\0]/.test(line) ? undefined : line;
}

function readPasswordJson(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !('ClientKeyPassword' in parsed)) return undefined;
    const { ClientKeyPassword: password } = parsed;
    return typeof password === 'string' && password !== '' ? password : undefined;
  } catch {
    return undefined;
  }
}
