import type { CloudError, CloudErrorKind } from '../../model/cloudError';
import { createCloudError } from '../errors';
import { wayError } from '../network/networkErrors';
import type { Wire } from '../network/wire';
import type { SignIn } from './signIn';
import type { FoundAccount } from './source';

/** What the way to an AccessKey is called among the actions of errors. */
export const SIGN_IN = 'SignIn';

/** What went wrong, by the beginning of the SDK's messages; the rest of them may hold answers with tokens, or a command. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^failed to execute external command: spawn .* ENOENT$/, 'its program was not found'],
  [/^failed to execute external command/, 'its program failed'],
  [/^failed to parse external command output/, 'its program did not print JSON'],
  [/^invalid (credential|StsToken credential) response/, 'its program printed no complete AccessKey'],
  [/^invalid process_command/, 'its process_command has a quote or backslash too many'],
  [/^IMDS credentials is disabled/, 'ALIBABA_CLOUD_ECS_METADATA_DISABLED turns the metadata service off'],
  [/^session duration should be/, 'its duration is shorter than 900 seconds'],
  [/^ENOENT: /, 'its token file is not there'],
  [/^(EACCES|EPERM|EISDIR): /, 'its token file cannot be read'],
];

/**
 * Folds what a provider of the credentials SDK throws into a `CloudError`. Its messages quote answers, commands and whole files
 * (docs/facts.md SDK-11): of them only what is known to be harmless is said, and the SDK's error is not kept as `cause`.
 */
export function foldSignInError(account: FoundAccount, error: unknown, wire?: Wire): CloudError {
  const { label, advice } = account;
  const message = error instanceof Error ? error.message : '';
  const make = (kind: CloudErrorKind, why: string, more: { code?: string; requestId?: string } = {}) =>
    createCloudError({
      kind,
      action: SIGN_IN,
      message: `${label} gives no credentials: ${why}. ${advice}`,
      ...more,
    });

  if (isEndOfSignOn(message, wire))
    return make('expiredToken', 'the single sign-on has ended; sign in again with aliyun configure');
  const isEcs = rootOf(account.signIn).kind === 'ecs';
  const transport = transportCode(error);
  if (isEcs && (transport !== undefined || wire?.obstacle))
    return make(
      'noCredentials',
      'no metadata service answers; this machine is no ECS instance with a RAM role',
    );
  const way = wire && wayError(SIGN_IN, wire, false);
  if (way) return way;
  if (transport === 'TIMEOUT') return make('timeout', 'no answer in time');
  if (transport !== undefined)
    return make('network', `the sign-in service could not be reached (${transport})`, { code: transport });
  // What a program prints is no answer of a service, and may hold anything.
  const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1];
  if (reason !== undefined) return make(kindOf('', wire?.status), reason);
  // Of an answer only the code and the number that support asks for.
  const code = /"(?:Code|ErrorCode)"\s*:\s*"([A-Za-z][\w.]{1,80})"/.exec(message)?.[1];
  const requestId = /"[Rr]equestId"\s*:\s*"([0-9A-Za-z-]{8,64})"/.exec(message)?.[1];
  if (code !== undefined) {
    const more = { code, ...(requestId !== undefined && { requestId }) };
    const isExpired =
      /SecurityToken/.test(code) || (/^InvalidAccessKeyId/.test(code) && hasToken(account.signIn));
    if (isExpired) return make('expiredToken', `the session token is not valid any more (${code})`, more);
    return make(kindOf(code, wire?.status), `the sign-in service refused (${code})`, more);
  }
  return make(kindOf('', wire?.status), 'the sign-in service refused');
}

/** A session of the CLI that only the user can begin anew. */
function isEndOfSignOn(message: string, wire: Wire | undefined): boolean {
  return (
    /^CloudSSO access token is empty or expired/.test(message) ||
    /^failed to refresh OAuth token, status code: 4/.test(message) ||
    (/^get session token from (CloudSSO|OAuth) failed/.test(message) &&
      (wire?.status === 401 || /"error"\s*:\s*"expired_token"/.test(message)))
  );
}

/** Of a refusal: what passes by itself is tried again. */
function kindOf(code: string, status: number | undefined): CloudErrorKind {
  if (status === 429 || /Throttling/i.test(code)) return 'throttled';
  return status !== undefined && status >= 500 ? 'serverError' : 'noCredentials';
}

/** `httpx` names its time-outs, Node its failed connections. */
function transportCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (/Timeout/i.test(error.name)) return 'TIMEOUT';
  if ('syscall' in error && error.syscall === 'open') return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^[A-Z][A-Z0-9_]+$/.test(code) && !/^(EACCES|EPERM|EISDIR)$/.test(code) ? code : undefined;
}

/** The one that a chain of roles begins with. */
function rootOf(signIn: SignIn): SignIn {
  return signIn.kind === 'role' ? rootOf(signIn.source) : signIn;
}

function hasToken(signIn: SignIn): boolean {
  const root = rootOf(signIn);
  return root.kind !== 'key' || root.key.securityToken !== undefined;
}
