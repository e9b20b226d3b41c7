import * as v from 'valibot';
import type { CloudError, CloudErrorKind } from '../model/cloudError';
import { isCloudError } from '../model/cloudError';

interface CloudErrorFields {
  readonly kind: CloudErrorKind;
  readonly action: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly deniedAction?: string | undefined;
  readonly effectUnknown?: boolean;
  /** Overrides what follows from the kind. */
  readonly retryable?: boolean;
}

const RETRYABLE: ReadonlySet<CloudErrorKind> = new Set([
  'throttled',
  'serverError',
  'network',
  'timeout',
  'badAnswer',
]);

/** Makes the one type of error that leaves cloud/. The message must already be fit to be shown. */
export function createCloudError(fields: CloudErrorFields): CloudError {
  const effectUnknown = fields.effectUnknown ?? false;
  const optional = Object.entries({
    code: fields.code,
    status: fields.status,
    requestId: fields.requestId,
    deniedAction: fields.deniedAction,
  }).filter(([, value]) => value !== undefined);
  return Object.assign(new Error(fields.message), Object.fromEntries(optional), {
    name: 'CloudError' as const,
    kind: fields.kind,
    action: fields.action,
    retryable: (fields.retryable ?? RETRYABLE.has(fields.kind)) && !effectUnknown,
    effectUnknown,
  });
}

/** The error for a call that the user gave up. */
export function cancelled(action: string): CloudError {
  return createCloudError({ kind: 'cancelled', action, message: `${action} was cancelled.` });
}

/** The error of an account that has no AccessKey to give. */
export function noCredentials(message: string, code?: string): CloudError {
  return createCloudError({ kind: 'noCredentials', action: 'SignIn', message, code });
}

/** The error for an answer that is not what the service documents. */
export function badAnswer(action: string, what: string, effectUnknown = false, retryable = true): CloudError {
  return createCloudError({
    kind: 'badAnswer',
    action,
    message: `${action}: the answer cannot be read (${what}).`,
    effectUnknown,
    retryable,
  });
}

/**
 * Parses an answer; extra fields are allowed.
 * @throws CloudError `badAnswer` naming the field, never its value
 */
export function parseAnswer<Schema extends v.GenericSchema>(
  action: string,
  schema: Schema,
  answer: unknown,
  effectUnknown = false,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer);
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]) ?? 'the whole';
  // Asking again would bring the same answer.
  throw badAnswer(action, `${field} is missing or of another type`, effectUnknown, false);
}

const text = v.optional(v.fallback(v.string(), ''));
const status = v.optional(
  v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(Number)), Number.NaN),
);
const denial = v.optional(v.fallback(v.nullish(v.object({ AuthAction: text })), undefined));

/** What of an SDK's error is read. Its own message is read for the log service alone, whose errors keep the text nowhere else. */
const SdkError = v.object({
  name: text,
  code: text,
  message: text,
  statusCode: status,
  accessDeniedDetail: denial,
  data: v.optional(
    v.fallback(
      v.nullish(
        v.object({
          Code: text,
          Message: text,
          RequestId: text,
          requestId: text,
          HttpStatus: status,
          statusCode: status,
          httpCode: status,
          AccessDeniedDetail: denial,
        }),
      ),
      undefined,
    ),
  ),
});

/** Errors of name resolution, connecting and TLS: nothing of the request was sent. */
const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_.*|.*_CERT.*|UNABLE_TO_.*)$/;

/**
 * Folds whatever an SDK throws into a `CloudError`. Messages of SDKs hold URLs with signatures and parameters (docs/facts.md
 * SDK-6), so the message is built anew from code, status and the service's own text, and the SDK's error is not kept as `cause`.
 * @param call `effect`: the call changes something, so that a lost answer leaves its effect unknown; `secrets`: values that
 *   must not stand in the message even if the service echoes them; `temporary`: the AccessKey came with a session token
 */
export function foldError(
  action: string,
  error: unknown,
  call: { readonly effect: boolean; readonly secrets: readonly string[]; readonly temporary: boolean },
): CloudError {
  if (isCloudError(error)) return error;
  if (error instanceof SyntaxError) return badAnswer(action, 'it is not JSON', call.effect);
  const parsed = v.safeParse(SdkError, error);
  if (!parsed.success) return badAnswer(action, 'unknown failure', call.effect);
  const { name, code, message, data, accessDeniedDetail } = parsed.output;
  if (!data) return foldTransportError(action, name ?? '', code ?? '', call.effect);

  const serviceCode = data.Code || (code ?? '').replace(/^undefined$/, '');
  const httpStatus = [
    parsed.output.statusCode,
    data.statusCode,
    data.HttpStatus,
    data.httpCode,
    statusIn(message),
  ].find((each) => each !== undefined && !Number.isNaN(each));
  if (!serviceCode && httpStatus === undefined)
    return badAnswer(action, 'an error without code', call.effect);
  const kind = kindOf(serviceCode, httpStatus, call.temporary);
  const ownText = data.Message || (message ?? '').replace(`${code}: `, '');
  const explanation = EXPLANATIONS[kind] ?? scrub(ownText, call.secrets);
  const deniedAction = accessDeniedDetail?.AuthAction || data.AccessDeniedDetail?.AuthAction || undefined;
  return createCloudError({
    kind,
    action,
    message:
      `${action}: ${[serviceCode, httpStatus && `(${httpStatus})`].filter(Boolean).join(' ')}. ${explanation}`.trim(),
    code: serviceCode || undefined,
    status: httpStatus,
    requestId: data.RequestId || data.requestId || undefined,
    deniedAction,
    effectUnknown: call.effect && !isRefusal(httpStatus),
  });
}

function foldTransportError(action: string, name: string, code: string, effect: boolean): CloudError {
  if (name === 'RequestTimeoutError')
    return createCloudError({
      kind: 'timeout',
      action,
      message: `${action}: no answer in time.`,
      effectUnknown: effect,
    });
  if (!/^[A-Z][A-Z0-9_]+$/.test(code)) return badAnswer(action, 'unknown failure', effect);
  return createCloudError({
    kind: 'network',
    action,
    message: `${action}: the service could not be reached (${code}).`,
    code,
    effectUnknown: effect && !NOT_SENT.test(code),
  });
}

/** Own words where the service's text is misleading, or holds the string that was signed. */
const EXPLANATIONS: Partial<Record<CloudErrorKind, string>> = {
  badSignature: 'The AccessKey, its secret or the clock of this machine is not right.',
  expiredToken: 'The session token is not valid any more: sign in again.',
};

function kindOf(code: string, httpStatus: number | undefined, temporary: boolean): CloudErrorKind {
  if (/SecurityToken|InvalidToken/i.test(code)) return 'expiredToken';
  // The service says "AccessKey not found" when a session token has expired (docs/facts.md KMS-13).
  if (/^InvalidAccessKeyId/i.test(code)) return temporary ? 'expiredToken' : 'badSignature';
  if (/Signature(DoesNotMatch|NotMatch|Invalid)|IncompleteSignature|SignatureNonce/i.test(code))
    return 'badSignature';
  if (/Timestamp|RequestTimeExpired|RequestTimeTooSkewed/i.test(code)) return 'badSignature';
  if (httpStatus === 408) return 'timeout';
  if (httpStatus === 429 || /Throttling|QuotaExceed|QpsLimit/i.test(code)) return 'throttled';
  if (/LimitExceeded/i.test(code)) return 'limitExceeded';
  if (httpStatus !== undefined && httpStatus >= 500) return 'serverError';
  if (httpStatus === 404 || /ResourceNotFound|NotExist/i.test(code)) return 'notFound';
  if (/^Forbidden\.(DKMS|KMS)/i.test(code)) return 'invalidRequest';
  if (httpStatus === 401 || httpStatus === 403 || /NoPermission|Unauthorized/i.test(code))
    return 'noPermission';
  return 'invalidRequest';
}

/** Whether the call was turned away without effect. 408 comes from whoever gave up waiting for the service. */
function isRefusal(httpStatus: number | undefined): boolean {
  return httpStatus !== undefined && httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
}

/** The old KMS SDK keeps the status in its message alone. */
function statusIn(message: string | undefined): number | undefined {
  const match = /\bcode: (\d{3}),/.exec(message ?? '');
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The service's own text without addresses and without the secrets of the call, at most 300 characters. */
function scrub(message: string, secrets: readonly string[]): string {
  let clean = message;
  for (const secret of secrets)
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
      if (form.length > 0) clean = clean.replaceAll(form, '•••');
  return clean.replace(/https?:\/\/\S+/gi, '‹address›').slice(0, 300);
}
