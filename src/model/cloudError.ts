/** What went wrong, in the terms in which the product reacts. */
export type CloudErrorKind =
  | 'noCredentials'
  | 'badProfile'
  | 'expiredToken'
  | 'badSignature'
  | 'noPermission'
  | 'notFound'
  | 'limitExceeded'
  | 'throttled'
  | 'invalidRequest'
  | 'serverError'
  | 'network'
  | 'proxyAuth'
  | 'timeout'
  | 'badAnswer'
  | 'cancelled';

/**
 * The one type of error that leaves cloud/. Its message is built from code, status and the service's own text with URLs
 * and secrets taken out, so it may be shown and logged.
 */
export interface CloudError extends Error {
  readonly name: 'CloudError';
  readonly kind: CloudErrorKind;
  /** The API that was called, for example `CreateClientKey`. */
  readonly action: string;
  /** The service's code, for example `Forbidden.NoPermission`. */
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  /** The RAM action that was refused, for example `kms:ListClientKeys`. */
  readonly deniedAction?: string;
  /** Where the call went: absent where there was none, as for a damaged profile file. */
  readonly accountId?: string;
  readonly regionId?: string;
  readonly retryable: boolean;
  /** How long the service wants to be left alone, ms, where it said so. */
  readonly retryAfterMs?: number;
  /** Of a refused signature: how far the service's clock is ahead of this machine's, ms, where that alone explains it. */
  readonly clockOffsetMs?: number;
  /** Whether the service may have carried out the call although no answer came: reconcile, never repeat blindly. */
  readonly effectUnknown: boolean;
}

/** Told by name, not by class: the rooms are separate bundles, each with a copy of every class. */
export function isCloudError(error: unknown): error is CloudError {
  return error instanceof Error && error.name === 'CloudError' && 'kind' in error && 'effectUnknown' in error;
}

/** Whether it is about an account as a whole, so that no call of it will do: a new sign-in may end it. */
export function isSignInError(error: unknown): boolean {
  return (
    isCloudError(error) &&
    ['noCredentials', 'badProfile', 'expiredToken', 'badSignature'].includes(error.kind)
  );
}
