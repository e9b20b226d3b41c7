/** A scheme of our own, so that decorations of client keys never meet those of files. */
export const KEY_SCHEME = 'kms-key';

/** The URI under which a client key is decorated. */
export function keyUri(keyId: string): string {
  return `${KEY_SCHEME}:/${keyId}`;
}

/** The key id of such a URI's path. */
export function keyIdOfPath(path: string): string {
  return path.replace(/^\//, '');
}
