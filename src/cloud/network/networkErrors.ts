import type { CloudError } from '../../model/cloudError';
import { badAnswer, createCloudError } from '../errors';
import { MOST_BODY_BYTES } from './httpx';
import type { Wire } from './wire';

/** Codes of the errors that are about the way to the service, where Node or the service has none of its own. */
const PROXY_REFUSED = 'ProxyRefused';
const PROXY_UNREACHABLE = 'ProxyUnreachable';
export const CERTIFICATE_REFUSED = 'CertificateRefused';

/** Node's codes for a certificate that was not accepted. */
const CERTIFICATE =
  /^(?:ERR_TLS_)?(?:CERT_|UNABLE_TO_(?:GET|VERIFY|DECODE)_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH$|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$)/;

/**
 * The error for an attempt that failed on the way to the service or back, whatever the SDK made of it.
 * @param effect whether the call changes something
 * @returns undefined where the way was free
 */
export function wayError(action: string, wire: Wire, effect: boolean): CloudError | undefined {
  const { obstacle } = wire;
  const proxy = wire.proxy ? `The proxy ${wire.proxy}` : 'The proxy';
  switch (obstacle?.kind) {
    case 'proxyAnswered':
      return obstacle.status === 407
        ? createCloudError({
            kind: 'proxyAuth',
            action,
            message: `${proxy} wants a user and a password.`,
            status: 407,
          })
        : createCloudError({
            kind: 'network',
            action,
            message: `${proxy} refused to connect to the service (${obstacle.status}).`,
            code: PROXY_REFUSED,
            status: obstacle.status,
            // It may be about to restart; what it does not allow it will not allow in a second either.
            retryable: obstacle.status >= 500,
          });
    case 'proxyUnreachable':
      return createCloudError({
        kind: 'network',
        action,
        message: `${proxy} could not be reached.`,
        code: PROXY_UNREACHABLE,
      });
    case 'tooSlow':
      return createCloudError({
        kind: 'timeout',
        action,
        message: `${action}: no answer in time.`,
        effectUnknown: effect,
      });
    case 'tooLarge':
      return badAnswer(action, `it is larger than ${MOST_BODY_BYTES / 1024 / 1024} MB`, effect, false);
    case undefined:
      return undefined;
  }
}

/** Whether a transport error's code is about the certificate of whoever answered. */
export function isCertificateCode(code: string): boolean {
  return CERTIFICATE.test(code);
}
