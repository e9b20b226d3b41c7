import type { CallerClass } from './evidence';

/** Names shorter than this stand in any file by chance. */
const SHORTEST_NAME = 4;
/** An answer of hostile length must not cost time. */
const MAX_READ = 1000;
/** What stands this near to a reference, in lines, is about the same client. */
const NEAR_LINES = 40;

/** Words of user agents that name no program: runtimes, SDKs and tools. Lower case. */
const COMMON = new Set(
  (
    'java golang python node.js .net php ruby core teadsl credentials credential alibabacloud alibaba cloud kms dkms sdk client ' +
    'secretsmanager httpclient httpclient/apachehttpclient apachehttpclient apache-httpclient go-http-client okhttp axios ' +
    'python-requests curl wget mozilla'
  ).split(' '),
);

/** What a caller asks for: `db-password` of `acs:kms:cn-hangzhou:1234:secret/db-password`, as the log has it. */
export function resourceName(resource: string): string {
  return resource.trim().replace(/^acs:kms:[^:]{0,50}:[^:]{0,50}:(?:secret|key)\//, '');
}

/** What a caller calls itself: `order-service` of `AlibabaCloud (linux; amd64) Java order-service`. */
export function programNames({ userAgent }: CallerClass): readonly string[] {
  return userAgent
    .slice(0, MAX_READ)
    .replace(/\([^()]*\)/g, ' ')
    .split(/[\s;,()]+/)
    .filter((word) => word.length >= SHORTEST_NAME && !COMMON.has(word.toLowerCase()));
}

/** All names by which a reference may tell that it belongs to one of these callers. */
export function namesOf(callers: readonly CallerClass[]): ReadonlySet<string> {
  const resources = callers
    .map(({ resource }) => resourceName(resource))
    .filter((name) => name.length >= SHORTEST_NAME && name.length <= MAX_READ);
  return new Set([...resources, ...callers.flatMap(programNames)]);
}

/**
 * Which of the names stand near a line of a file, as whole words. It gives back names alone: what else the text holds, a
 * password for example, stays where it is.
 * @param line from 1
 */
export function mentionedNear(text: string, line: number, names: ReadonlySet<string>): readonly string[] {
  const near = text
    .split('\n')
    .slice(Math.max(0, line - 1 - NEAR_LINES), line + NEAR_LINES)
    .join('\n');
  return [...names].filter((name) => hasWord(near, name));
}

function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1))
    if (!isInWord(text, at - 1) && !isInWord(text, at + name.length)) return true;
  return false;
}

function isInWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}_-]/u.test(text.charAt(at));
}
