import type { SecretStorage } from 'vscode';

const MARKER = 'kept-since';

/**
 * Whether VS Code's SecretStorage outlives a session here: a marker written in an earlier session was found again. Some
 * systems have no keyring, and a VS Code in a browser may keep secrets in memory alone.
 * @param sessionId of this session, unlike that of any other
 */
export async function secretsAreKept(
  storage: Pick<SecretStorage, 'get' | 'store'>,
  sessionId: string,
): Promise<boolean> {
  const found = await storage.get(MARKER);
  if (found === undefined) await storage.store(MARKER, sessionId);
  return found !== undefined && found !== sessionId;
}
