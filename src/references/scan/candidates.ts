import { createByteFilter } from './byteFilter';
import type { Scratch } from './readBytes';

/** What is written where an application names a client key, with any of the usual separators and in any case. */
const hasName = createByteFilter([
  { text: 'clientkey', rareFrom: 2 },
  { text: 'client_key', rareFrom: 3 },
  { text: 'client-key', rareFrom: 3 },
  { text: 'kmspassword' },
  { text: 'kms_password' },
  { text: 'kms-password' },
  { text: 'kms.password' },
  { text: 'passwordfrom', rareFrom: 4 },
  { text: 'dedicatedkms', rareFrom: 4 },
  { text: 'kmsinstance' },
  { text: 'kms_instance' },
  { text: 'cryptoservice', rareFrom: 1 },
  // Where Compose and Kustomize name files with variables, whose own names say nothing.
  { text: 'env_file' },
  { text: 'secretgenerator', rareFrom: 3 },
  { text: 'configmapgenerator', rareFrom: 3 },
]);

/** The beginning of a key id, which is only ever written in one way. */
export const KEY_ID = Buffer.from('KAAP.');

/**
 * `"KAAP.` in Base64, as a Kubernetes Secret holds it, at each of the three places that it can have in a group of three
 * bytes. They begin with letters that are rare in texts, which is what V8 looks for first.
 */
const BASE64 = ['IktBQVAu', 'LQUFQL', 'S0FBUC'].map((text) => Buffer.from(text));

const ANY_CASE =
  'client[-_]?key|kms[-_.]?password|passwordfrom|dedicatedkms|kms_?instance|cryptoservice|env_file|secretgenerator|configmapgenerator';

/** What the filter looks for, as a pattern for other tools. */
export const CANDIDATE_PATTERN = `(?i:${ANY_CASE})|KAAP\\.|${BASE64.map(String).join('|')}`;

const IN_ANY_CASE = new RegExp(ANY_CASE, 'i');
const AS_WRITTEN = new RegExp(`KAAP\\.|${BASE64.map(String).join('|')}`);

/** Credential files are small: a key and its certificate. */
export const MAX_CREDENTIAL_BYTES = 65_536;

const PRIVATE_KEY = Buffer.from('PrivateKeyData');

/** Whether a text that is decoded already is worth parsing. */
export function isCandidateText(text: string): boolean {
  return IN_ANY_CASE.test(text) || AS_WRITTEN.test(text);
}

/**
 * Whether the file in a scratch buffer names a client key by anything but its id.
 * @param base64 whether it may hold a key in Base64
 */
export function namesClient(scratch: Scratch, length: number, base64: boolean): boolean {
  if (hasName(scratch, length)) return true;
  if (!base64) return false;
  const bytes = scratch.bytes.subarray(0, length);
  return BASE64.some((needle) => bytes.includes(needle));
}

/** Whether a file that holds a key id may be a credential file: small JSON. Whether it is one, a parser says. */
export function mayBeCredentialFile(bytes: Buffer): boolean {
  return bytes.length <= MAX_CREDENTIAL_BYTES && bytes.includes(PRIVATE_KEY);
}
