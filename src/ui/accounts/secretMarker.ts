import { randomUUID } from 'node:crypto';
import type { SecretStorage } from 'vscode';

const MARKER = 'kept-since';
/** What every session is called where VS Code was built without telemetry, as code-server and VSCodium are. */
const NAMELESS = 'someValue.sessionId';
const thisStart = randomUUID();

/**
 * A name that no other session has. Where VS Code gives none, each start of its extensions counts as a session: a restart of
 * the extension host alone is one too many, which is rare, and then an AccessKey has to be typed again.
 * @param sessionId as VS Code names it
 */
export function sessionName(sessionId: string): string {
  return sessionId === NAMELESS ? thisStart : sessionId;
}

/**
 * Whether VS Code's SecretStorage outlives a session here: a marker written in an earlier session was found again. Some
 * systems have no keyring, and a VS Code in a browser may keep secrets in memory alone.
 * @param session the name of this session, unlike that of any other
 */
export async function secretsAreKept(
  storage: Pick<SecretStorage, 'get' | 'store'>,
  session: string,
): Promise<boolean> {
  const found = await storage.get(MARKER);
  if (found === undefined) await storage.store(MARKER, session);
  return found !== undefined && found !== session;
}
