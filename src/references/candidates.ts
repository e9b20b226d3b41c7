/**
 * Literals of which every reference has at least one: `client_key…`, `clientKey…`/`setClientKey…`, `…CLIENTKEY…`,
 * `CLIENT_KEY…`, and the key id itself. Few on purpose: each is one pass over the bytes (docs/facts.md RUN-2).
 */
const NEEDLES = ['client_key', 'lientKey', 'CLIENTKEY', 'CLIENT_KEY', 'KAAP.'].map((text) =>
  Buffer.from(text),
);

const WIDE_NEEDLES = NEEDLES.map((needle) => Buffer.from(needle.toString(), 'utf16le'));

/** Whether a file is worth parsing. UTF-16 is recognised by its byte order mark; other files with NUL bytes are binary. */
export function isCandidate(bytes: Buffer): boolean {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfffe) return WIDE_NEEDLES.some((needle) => bytes.includes(needle));
  if (mark === 0xfeff)
    // Swapped, a needle is the same bytes shifted by one: NUL first. The text between the NULs is enough to find it.
    return WIDE_NEEDLES.some((needle) => bytes.includes(needle.subarray(0, -1)));
  return NEEDLES.some((needle) => bytes.includes(needle)) && !bytes.subarray(0, 8192).includes(0);
}

/** Whether a file may be a credential file: small JSON with both members. Whether it is one, a parser says. */
export function mayBeCredentialFile(bytes: Buffer): boolean {
  return bytes.length < 65_536 && bytes.includes('KAAP.') && bytes.includes('PrivateKeyData');
}
