import * as v from 'valibot';
import type { CloudError, CloudErrorKind } from '../model/cloudError';
import { isCloudError } from '../model/cloudError';
import { badAnswer, createCloudError } from './errors';
import { CERTIFICATE_REFUSED, isCertificateCode, wayError } from './network/networkErrors';
import { isJson, retryHint, type Wire } from './network/wire';

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

/** Errors of name resolution and connecting: nothing of the request was sent. */
const NOT_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** Clocks further apart than this, ms, explain a refused signature: the services accept 15 minutes. */
const REFUSED_OFFSET_MS = 14 * 60_000;

/**
 * Folds whatever an SDK throws into a `CloudError`. Messages of SDKs hold URLs with signatures and parameters (docs/facts.md
 * SDK-6), so the message is built anew from code, status and the service's own text, and the SDK's error is not kept as `cause`.
 * @param call `effect`: the call changes something, so that a lost answer leaves its effect unknown; `secrets`: values that
 *   must not stand in the message even if the service echoes them; `temporary`: the AccessKey came with a session token;
 *   `wire`: what was seen of the attempt
 */
export function foldError(
  action: string,
  error: unknown,
  call: {
    readonly effect: boolean;
    readonly secrets: readonly string[];
    readonly temporary: boolean;
    readonly wire: Wire;
  },
): CloudError {
  if (isCloudError(error)) return error;
  const { wire } = call;
  const way = wayError(action, wire, call.effect);
  if (way) return way;
  if (error instanceof SyntaxError) return foldUnreadable(action, wire, call.effect);
  const parsed = v.safeParse(SdkError, error);
  if (!parsed.success) return badAnswer(action, 'unknown failure', call.effect);
  const { name, code, message, data, accessDeniedDetail } = parsed.output;
  if (!data) return foldTransportError(action, name ?? '', code || wire.cut || '', call.effect);

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
  const ownText = data.Message || (message ?? '').replace(`${code}: `, '');
  const kind = identityKind(serviceCode, ownText, call.temporary) ?? kindOf(serviceCode, httpStatus);
  const clockOffsetMs = kind === 'badSignature' ? refusedOffset(wire) : undefined;
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
    retryAfterMs: retryHint(wire),
    clockOffsetMs,
    effectUnknown: call.effect && !isRefusal(httpStatus),
  });
}

/** An answer that is no JSON is not the service's, but of somebody on the way, or it was cut. The status may still say why. */
function foldUnreadable(action: string, wire: Wire, effect: boolean): CloudError {
  const { status } = wire;
  const type = /^[a-z]+\/[\w.+-]+/i.exec(wire.headers['content-type'] ?? '')?.[0];
  const what = isJson(wire) || !type ? 'it is not JSON' : `it is ${type}, not JSON`;
  if (status === undefined || (status < 500 && status !== 429)) return badAnswer(action, what, effect);
  return createCloudError({
    kind: status === 429 ? 'throttled' : 'serverError',
    action,
    message: `${action}: (${status}). The answer cannot be read (${what}).`,
    status,
    retryAfterMs: retryHint(wire),
    effectUnknown: effect,
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
  if (isCertificateCode(code))
    return createCloudError({
      kind: 'network',
      action,
      message: `${action}: the certificate of whoever answered was not accepted (${code}).`,
      code: CERTIFICATE_REFUSED,
      retryable: false,
    });
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

/** Whether it is about the AccessKey or its session token. */
function identityKind(code: string, text: string, temporary: boolean): CloudErrorKind | undefined {
  if (/SecurityToken|InvalidToken/i.test(code)) return 'expiredToken';
  // The log service has one code for everything; what it forbids, it forbids "by sts or ram" (docs/facts.md LOG-14).
  const isLog = code === 'Unauthorized' && !/\bdenied by\b/i.test(text);
  if (isLog && /security ?token/i.test(text)) return 'expiredToken';
  // KMS says "AccessKey not found" when a session token has expired (docs/facts.md KMS-13).
  if (/^InvalidAccessKeyId/i.test(code) || (isLog && /Access ?Key/i.test(text)))
    return temporary ? 'expiredToken' : 'badSignature';
  return undefined;
}

function kindOf(code: string, httpStatus: number | undefined): CloudErrorKind {
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

/** How far the service's clock is ahead of this machine's, ms, where that is enough to have a signature refused. */
function refusedOffset(wire: Wire): number | undefined {
  const offset = Date.parse(wire.headers.date ?? '') - Date.now();
  return isJson(wire) && Math.abs(offset) > REFUSED_OFFSET_MS ? offset : undefined;
}
