import { type CloudError, isCloudError, isSignInError } from '../model/cloudError';
import { ramActionOf } from '../model/ramPolicy';
import { isRotationError } from '../rotation/rotationError';
import { caFileSentences, clockSentences, networkSentences, networkSummary } from './networkErrorText';
import { regionName } from './regionNames';
import { rotationErrorText } from './rotationErrorText';
import { printable, type Translate } from './words';

/** An error as it is shown: a few words for a row, whole sentences, and what support will ask for. */
export interface ErrorText {
  readonly summary: string;
  /** What happened, why, what to do next. */
  readonly message: string;
  readonly requestId?: string;
}

/** Words for anything that was thrown. */
export function describeError(error: unknown, t: Translate): ErrorText {
  if (isCloudError(error)) {
    const text = { summary: cloudSummary(error, t), message: cloudSentences(error, t) };
    return error.requestId === undefined ? text : { ...text, requestId: error.requestId };
  }
  if (isRotationError(error))
    return { summary: t('The step was not completed'), message: rotationErrorText(error, t) };
  const said = error instanceof Error ? saidBy(error) : printable(String(error), 300);
  return {
    summary: t('Unexpected error'),
    message: t('{0} The log says more.', said.endsWith('.') ? said : `${said}.`),
  };
}

/**
 * What an error says, or its name alone where its message quotes what was read: `JSON.parse` and valibot do, and what
 * cannot be parsed may be a credential file.
 */
export function saidBy(error: Error): string {
  return ['SyntaxError', 'ValiError'].includes(error.name) ? error.name : printable(error.message, 300);
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
      return t('No permission: {0}', deniedActionOf(error));
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
    case 'proxyAuth':
      return networkSummary(error, t);
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
      return error.code === 'EffectsNotAllowed'
        ? t(
            'This profile runs a program or rewrites its file when it signs in. That needs your consent, in a trusted workspace: sign in with it again. ({0})',
            said,
          )
        : t(
            'No AccessKey could be had for this account. Sign in again or choose another account, then retry. ({0})',
            said,
          );
    case 'badProfile':
      return t('{0} Mend the file, then retry.', said);
    case 'expiredToken':
      return t(
        'The session token of this account has expired, so {0} was refused. Sign in again, then retry.',
        action,
      );
    case 'badSignature':
      if (error.clockOffsetMs !== undefined) return clockSentences(error.clockOffsetMs, t);
      return t(
        'Alibaba Cloud refused the AccessKey of this account for {0}. Check its id and secret and the clock of this machine, or sign in again, then retry.',
        action,
      );
    case 'noPermission':
      return t(
        'The account may not call {0}: its RAM policies do not allow {1}. Copy the RAM policy, have it attached to the account, then retry.',
        action,
        deniedActionOf(error),
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
      return t(
        'Alibaba Cloud limits how often this account may call {0}. Calls slow down by themselves; wait a minute, then retry.',
        action,
      );
    case 'invalidRequest':
      if (error.code === 'BadCaFile') return caFileSentences(error, t);
      return t('{0} was refused: {1} Correct what is named there, then retry.', action, said);
    case 'serverError':
      return t(
        '{0} failed inside the service. Retry in a while; if it goes on, give the request id to the support.',
        action,
      );
    case 'network':
    case 'proxyAuth':
      return networkSentences(error, t);
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

/** The RAM action that is missing: as the service says, else by the operation. */
export function deniedActionOf(error: CloudError): string {
  return error.deniedAction ?? ramActionOf(error.action);
}

/**
 * Whose call failed and where, as far as it is known: `prod-cn · Singapore`.
 * @param accountName what the user calls an account
 */
export function errorPlace(
  error: unknown,
  accountName: (accountId: string) => string | undefined,
  t: Translate,
): string | undefined {
  if (!isCloudError(error)) return undefined;
  const { accountId, regionId } = error;
  const account = accountId === undefined ? undefined : accountName(accountId);
  const region = regionId === undefined || isSignInError(error) ? undefined : regionName(regionId, t);
  return [account, region].filter((part) => part !== undefined).join(' · ') || undefined;
}
