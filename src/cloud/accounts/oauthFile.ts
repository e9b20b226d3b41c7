import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { OAuthTokens, SignIn } from './signIn';

const Profiles = v.looseObject({ profiles: v.array(v.looseObject({ name: v.optional(v.unknown()) })) });

/** The session that came with new tokens; `end` in Unix seconds. */
interface Session {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
  readonly end: number;
}

/**
 * Keeps renewed tokens where the `aliyun` CLI looks for them: a refresh token is good once, so that the CLI would have to sign
 * in again. The file is replaced as a whole; the SDK's own way leaves half a file to whoever reads it meanwhile.
 */
export async function keepOAuthTokens(
  signIn: Extract<SignIn, { kind: 'oauth' }>,
  tokens: OAuthTokens,
  session: Session,
): Promise<void> {
  Object.assign(signIn.tokens, tokens);
  const file = await realpath(signIn.file);
  const config = v.parse(Profiles, JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, '')));
  const profile = config.profiles.find(({ name }) => name === signIn.profile);
  if (!profile) return;
  Object.assign(profile, {
    oauth_refresh_token: tokens.refreshToken,
    oauth_access_token: tokens.accessToken,
    oauth_access_token_expire: tokens.accessTokenEnd,
    access_key_id: session.id,
    access_key_secret: session.secret,
    sts_token: session.token,
    sts_expiration: session.end,
  });
  const fresh = `${file}.${randomUUID()}.tmp`;
  try {
    const { mode } = await stat(file);
    await writeFile(fresh, JSON.stringify(config, null, '\t'), { flag: 'wx', mode: mode & 0o777 });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
