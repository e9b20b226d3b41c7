import { createHash, sign, verify, X509Certificate } from 'node:crypto';

/**
 * The scheme of the KMS instance SDKs, `RSA_PKCS1_SHA_256` (docs/facts.md KMS-18): method, hash of the content in upper
 * case, content type, date, every `x-kms-` header and the resource, each on a line, signed with the client key's
 * private key and sent as `Bearer`. Both sides here use this one function, as both sides of the service agree on it.
 */
function textToSign(method: string, path: string, headers: Readonly<Record<string, string>>): string {
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-kms-'))
    .sort()
    .map((name) => `${name}:${(headers[name] ?? '').trim()}\n`)
    .join('');
  return (
    `${method}\n${headers['content-sha256'] ?? ''}\n${headers['content-type'] ?? ''}\n${headers.date ?? ''}\n` +
    `${own}${path}`
  );
}

/** The hash of a body as `content-sha256` carries it. */
export function contentHash(body: Buffer | string): string {
  return createHash('sha256').update(body).digest('hex').toUpperCase();
}

/** The `authorization` header for a request. Header names in lower case. */
export function signWithKey(
  privateKeyPem: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): string {
  const signature = sign('sha256', Buffer.from(textToSign(method, path, headers)), privateKeyPem);
  return `Bearer ${signature.toString('base64')}`;
}

/** Whether the request was signed with the private key of this certificate. */
export function isSignedBy(
  certificatePem: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): boolean {
  const [, signature] = /^Bearer ([A-Za-z0-9+/=]+)$/.exec(headers.authorization ?? '') ?? [];
  if (signature === undefined) return false;
  const publicKey = new X509Certificate(certificatePem).publicKey;
  return verify(
    'sha256',
    Buffer.from(textToSign(method, path, headers)),
    publicKey,
    Buffer.from(signature, 'base64'),
  );
}
