import path from 'node:path';
import * as v from 'valibot';
import type { CloudError } from '../../model/cloudError';
import { findJsonMistake } from '../jsonPosition';
import { badProfile, readCredentialFile } from './credentialFile';

const text = v.optional(v.nullish(v.string()));
const number = v.optional(v.nullish(v.number()));

/** The fields that say how to sign in; the names are those of the `aliyun` CLI (docs/facts.md SDK-14). */
const Profile = v.object({
  name: v.string(),
  mode: text,
  access_key_id: text,
  access_key_secret: text,
  sts_token: text,
  region_id: text,
  source_profile: text,
  ram_role_name: text,
  ram_role_arn: text,
  ram_session_name: text,
  external_id: text,
  expired_seconds: number,
  sts_region: text,
  sts_endpoint: text,
  oidc_provider_arn: text,
  oidc_token_file: text,
  cloud_sso_sign_in_url: text,
  cloud_sso_account_id: text,
  cloud_sso_access_config: text,
  cloud_sso_access_token_expire: number,
  access_token: text,
  oauth_site_type: text,
  oauth_access_token: text,
  oauth_access_token_expire: number,
  oauth_refresh_token: text,
  process_command: text,
});

const ProfileFile = v.pipe(
  // To valibot a list is an object too.
  v.custom<object>((json) => typeof json === 'object' && json !== null && !Array.isArray(json)),
  v.object({ current: text, profiles: v.optional(v.nullish(v.array(v.unknown()))) }),
);

/** A profile of the `aliyun` CLI. It holds secrets: it stays inside cloud/. */
export type CliProfile = v.InferOutput<typeof Profile>;

export interface CliFile {
  readonly file: string;
  readonly current: string | undefined;
  readonly profiles: readonly CliProfile[];
  /** A profile that is not in order hides no other. */
  readonly problems: readonly CloudError[];
}

/**
 * The profiles of the `aliyun` CLI: `~/.aliyun/config.json`, or where `ALIBABA_CLOUD_CONFIG_FILE` points.
 * @returns undefined where `ALIBABA_CLOUD_IGNORE_PROFILE` or `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` turns profiles off
 */
export function cliFilePath(env: NodeJS.ProcessEnv, homeFolder: string): string | undefined {
  const off = [env.ALIBABA_CLOUD_IGNORE_PROFILE, env.ALIBABA_CLOUD_CLI_PROFILE_DISABLED];
  if (off.some((value) => value?.toLowerCase() === 'true')) return undefined;
  return env.ALIBABA_CLOUD_CONFIG_FILE || path.join(homeFolder, '.aliyun', 'config.json');
}

/**
 * @returns undefined where there is no such file
 * @throws CloudError `badProfile` with path and position and none of the content
 */
export async function readCliFile(file: string): Promise<CliFile | undefined> {
  const content = await readCredentialFile(file);
  if (content === undefined) return undefined;
  const result = v.safeParse(ProfileFile, parseJson(file, content));
  if (!result.success) throw badProfile(file, mistakeOf(result.issues));
  const profiles: CliProfile[] = [];
  const problems: CloudError[] = [];
  for (const [index, entry] of (result.output.profiles ?? []).entries()) {
    const profile = v.safeParse(Profile, entry);
    if (profile.success) profiles.push(profile.output);
    else problems.push(badProfile(file, mistakeOf(profile.issues, `profiles.${index}`)));
  }
  return { file, current: result.output.current || undefined, profiles, problems };
}

function parseJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    const mistake = findJsonMistake(content);
    const where = mistake ? ` at line ${mistake.line}, column ${mistake.column}` : '';
    throw badProfile(file, `it is not JSON${where}`);
  }
}

/** Names the field, never its value. */
function mistakeOf(
  [first]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
  under?: string,
): string {
  const field = [under, v.getDotPath(first)].filter(Boolean).join('.') || 'the whole';
  return `${field} is missing or of another type`;
}
