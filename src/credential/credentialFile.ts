import * as v from 'valibot';
import { Secret } from '../model/secret';
import { CredentialError } from './credentialError';

/** Real files have about 3 KB (docs/facts.md CRED-2); anything much larger is no credential file. */
export const MAX_CREDENTIAL_BYTES = 64 * 1024;

/** A credential file taken apart. `privateKeyData` is the base64 PKCS#12 as the service gave it. */
export interface CredentialContent {
  readonly keyId: string;
  readonly privateKeyData: Secret;
}

const schema = v.object({
  KeyId: v.pipe(v.string(), v.nonEmpty(), v.maxLength(256)),
  PrivateKeyData: v.pipe(v.string(), v.nonEmpty()),
});

/**
 * Reads a credential file. A byte order mark and unknown members are tolerated, as the SDKs do.
 * @throws CredentialError `tooLarge`, `notJson` or `missingMember`; never with a part of the content
 */
export function parseCredentialFile(bytes: Uint8Array): CredentialContent {
  if (bytes.byteLength > MAX_CREDENTIAL_BYTES)
    throw new CredentialError('tooLarge', 'The file is too large to be a credential file of a client key.');
  const result = v.safeParse(schema, parseJson(bytes));
  // The issues of valibot quote what they found, so none of them is passed on.
  if (!result.success)
    throw new CredentialError(
      'missingMember',
      'The credential file lacks one of its two members, KeyId and PrivateKeyData.',
    );
  return { keyId: result.output.KeyId, privateKeyData: new Secret(result.output.PrivateKeyData) };
}

/** The client key that a file belongs to, or undefined if the file is no credential file. */
export function readKeyId(bytes: Uint8Array): string | undefined {
  try {
    return parseCredentialFile(bytes).keyId;
  } catch {
    return undefined;
  }
}

/**
 * The text of a credential file: exactly the two members that every reader knows, `KeyId` first, no line feed at the
 * end (docs/facts.md CRED-2).
 */
export function formatCredentialFile(content: CredentialContent): Secret {
  const members = { KeyId: content.keyId, PrivateKeyData: content.privateKeyData.reveal() };
  return new Secret(JSON.stringify(members));
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    // `fatal` refuses other encodings; the decoder drops a byte order mark by itself.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message quotes the text.
    throw new CredentialError('notJson', 'The credential file is not JSON.');
  }
}
