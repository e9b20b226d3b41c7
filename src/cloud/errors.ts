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
  readonly retryAfterMs?: number | undefined;
  readonly clockOffsetMs?: number | undefined;
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
    retryAfterMs: fields.retryAfterMs,
    clockOffsetMs: fields.clockOffsetMs,
  }).filter(([, value]) => value !== undefined);
  return Object.assign(new Error(fields.message), Object.fromEntries(optional), {
    name: 'CloudError' as const,
    kind: fields.kind,
    action: fields.action,
    retryable: (fields.retryable ?? RETRYABLE.has(fields.kind)) && !effectUnknown,
    effectUnknown,
  });
}

/** Settles like `work`; its error says which account and region it was about. */
export async function placed<Result>(
  target: { readonly accountId: string; readonly regionId: string },
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { accountId, regionId } = target;
    throw isCloudError(error) ? Object.assign(error, { accountId, regionId }) : error;
  }
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

/** What an answer of KMS carries beside what was asked for. */
const Envelope = v.object({ RequestId: v.string() });

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
  const envelope = v.safeParse(Envelope, answer);
  throw createCloudError({
    kind: 'badAnswer',
    action,
    message: `${action}: the answer cannot be read (${field} is missing or of another type).`,
    requestId: envelope.success ? envelope.output.RequestId : undefined,
    effectUnknown,
    // Asking again would bring the same answer.
    retryable: false,
  });
}
