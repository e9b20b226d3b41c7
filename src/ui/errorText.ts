import { type CloudError, isCloudError } from '../model/cloudError';
import { isRotationError } from '../rotation/rotationError';
import { rotationErrorText } from './rotationErrorText';
import { printable, type Translate } from './words';

/** An error as it is shown: a few words for a row, whole sentences, and what support will ask for. */
export interface ErrorText {
  readonly summary: string;
  /** What happened, why, what to do next. */
  readonly message: string;
  readonly requestId?: string;
}

/** Words for anything that was thrown. Only errors of the rooms are quoted; others name themselves without their details. */
export function describeError(error: unknown, t: Translate): ErrorText {
  if (isCloudError(error)) {
    const text = { summary: cloudSummary(error, t), message: cloudSentences(error, t) };
    return error.requestId === undefined ? text : { ...text, requestId: error.requestId };
  }
  if (isRotationError(error))
    return { summary: t('The rotation did not go on'), message: rotationErrorText(error, t) };
  const name = error instanceof Error ? printable(error.message, 300) : printable(String(error), 300);
  return {
    summary: t('Unexpected error'),
    message: t('{0} The log says more.', name.endsWith('.') ? name : `${name}.`),
  };
}

/** Whether the user stopped it: nothing to be told. */
export function isCancelled(error: unknown): boolean {
  return (
    (isCloudError(error) && error.kind === 'cancelled') ||
    (isRotationError(error) && error.code === 'cancelled')
  );
}

function cloudSummary(error: CloudError, t: Translate): string {
  switch (error.kind) {
    case 'noCredentials':
      return t('Not signed in');
    case 'badProfile':
      return t('Profile file cannot be read');
    case 'expiredToken':
      return t('Session expired');
    case 'badSignature':
      return t('AccessKey refused');
    case 'noPermission':
      return t('No permission: {0}', error.deniedAction ?? `kms:${error.action}`);
    case 'notFound':
      return t('Not found');
    case 'limitExceeded':
      return t('Limit reached');
    case 'throttled':
      return t('Too many requests');
    case 'invalidRequest':
      return t('Request refused');
    case 'serverError':
      return t('Service error');
    case 'network':
      return t('Not reachable');
    case 'timeout':
      return t('No answer in time');
    case 'badAnswer':
      return t('Answer cannot be read');
    case 'cancelled':
      return t('Cancelled');
  }
}

function cloudSentences(error: CloudError, t: Translate): string {
  const { action } = error;
  const said = printable(error.message, 300);
  switch (error.kind) {
    case 'noCredentials':
      return t('{0} Sign in with the aliyun CLI or choose another account, then retry.', said);
    case 'badProfile':
      return t('{0} Mend the file, then retry.', said);
    case 'expiredToken':
      return t('The session token of this account has expired. Sign in again, then retry.');
    case 'badSignature':
      return t(
        'Alibaba Cloud refused the AccessKey of this account for {0}. Check its id and secret, then retry.',
        action,
      );
    case 'noPermission':
      return t(
        'The account may not call {0}. Ask for the permission {1}, then retry.',
        action,
        error.deniedAction ?? `kms:${action}`,
      );
    case 'notFound':
      return t(
        '{0} did not find what it was asked for. It may have been deleted elsewhere; refresh the view. ({1})',
        action,
        said,
      );
    case 'limitExceeded':
      return t('A limit of the service is reached: {0} Delete what is no longer needed, then retry.', said);
    case 'throttled':
      return t('Alibaba Cloud is limiting the requests of this account. Wait a minute, then retry.');
    case 'invalidRequest':
      return t('{0} was refused: {1}', action, said);
    case 'serverError':
      return t('{0} failed inside the service. Retry in a while.', action);
    case 'network':
      return t(
        '{0} did not reach the service. Check network, proxy and the endpoint settings, then retry. ({1})',
        action,
        said,
      );
    case 'timeout':
      return t('{0} got no answer in time. Check network and proxy, then retry.', action);
    case 'badAnswer':
      return t(
        'The answer to {0} is not what the service documents; a proxy may have changed it. Retry. ({1})',
        action,
        said,
      );
    case 'cancelled':
      return t('{0} was cancelled.', action);
  }
}
