import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { createCloudError } from './errors';
import { findJsonMistake } from './jsonPosition';

const text = v.optional(v.nullish(v.string()));

const Profile = v.object({
  name: v.string(),
  mode: text,
  access_key_id: text,
  access_key_secret: text,
  sts_token: text,
  region_id: text,
  source_profile: text,
});

const ProfileFile = v.object({
  current: text,
  profiles: v.optional(v.nullish(v.array(Profile))),
});

/** A profile of the `aliyun` CLI. It holds secrets: it stays inside cloud/. */
export type CliProfile = v.InferOutput<typeof Profile>;

export interface Profiles {
  readonly file: string;
  /** The folder from which the SDK's own provider finds the same file; undefined if it cannot. */
  readonly sdkHome: string | undefined;
  readonly current: string | undefined;
  readonly profiles: readonly CliProfile[];
  /** The text of the file, to tell a change. */
  readonly text: string;
}

/**
 * Reads the profiles of the `aliyun` CLI: `~/.aliyun/config.json`, or where `ALIBABA_CLOUD_CONFIG_FILE` points.
 * `ALIBABA_CLOUD_PROFILE` names the current one; `ALIBABA_CLOUD_IGNORE_PROFILE` and
 * `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` turn profiles off.
 * @returns undefined where there is no such file, or profiles are turned off
 * @throws CloudError `badProfile` with path and position and none of the content
 */
export async function readProfiles(
  env: NodeJS.ProcessEnv,
  homeFolder: string,
): Promise<Profiles | undefined> {
  const off = [env.ALIBABA_CLOUD_IGNORE_PROFILE, env.ALIBABA_CLOUD_CLI_PROFILE_DISABLED];
  if (off.some((value) => value?.toLowerCase() === 'true')) return undefined;
  const file = env.ALIBABA_CLOUD_CONFIG_FILE || path.join(homeFolder || homedir(), '.aliyun', 'config.json');
  const content = await readText(file);
  if (content === undefined) return undefined;
  const parsed = parse(file, content);
  const folder = path.dirname(file);
  const usualName = path.basename(file) === 'config.json' && path.basename(folder) === '.aliyun';
  return {
    file,
    sdkHome: usualName ? path.dirname(folder) : undefined,
    current: env.ALIBABA_CLOUD_PROFILE || parsed.current || undefined,
    profiles: parsed.profiles ?? [],
    text: content,
  };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw badProfile(file, `it cannot be read (${code})`);
  }
}

function parse(file: string, content: string): v.InferOutput<typeof ProfileFile> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    const mistake = findJsonMistake(content);
    throw badProfile(
      file,
      mistake ? `it is not JSON at line ${mistake.line}, column ${mistake.column}` : 'it is not JSON',
    );
  }
  const result = v.safeParse(ProfileFile, json);
  if (result.success) return result.output;
  throw badProfile(file, `${v.getDotPath(result.issues[0]) ?? 'the whole'} is missing or of another type`);
}

function badProfile(file: string, why: string) {
  return createCloudError({
    kind: 'badProfile',
    action: 'ReadProfiles',
    message: `The profile file ${file} cannot be used: ${why}.`,
  });
}
