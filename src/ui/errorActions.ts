import { isCloudError, isSignInError } from '../model/cloudError';
import { deniedActionOf } from './errorText';

/**
 * What can be done about an error besides *Retry*: the RAM policy copied for who may not, a new sign-in for whose sign-in
 * does not work, the request id copied for the support.
 */
export interface ErrorActions {
  readonly policy: boolean;
  readonly signIn: boolean;
  readonly requestId?: string;
}

export function errorActionsOf(error: unknown): ErrorActions {
  if (!isCloudError(error)) return { policy: false, signIn: false };
  const { kind, requestId } = error;
  return {
    policy: kind === 'noPermission',
    signIn: isSignInError(error),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Tags of a row that shows the error: menus offer the actions by them. */
export function errorTags(error: unknown): string[] {
  const { policy, signIn, requestId } = errorActionsOf(error);
  return [
    'error',
    'retry',
    ...(policy ? ['policy'] : []),
    ...(signIn ? ['signIn'] : []),
    ...(requestId === undefined ? [] : ['requestId']),
  ];
}

/** The RAM action that a refused call missed; undefined where the error is another one. */
export function missingAction(error: unknown): string | undefined {
  return isCloudError(error) && error.kind === 'noPermission' ? deniedActionOf(error) : undefined;
}
