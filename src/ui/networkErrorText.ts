import type { CloudError } from '../model/cloudError';
import { printable, type Translate } from './words';

/** A few words for an error of the way to the service; cloud/ tells by the code what stood in it. */
export function networkSummary(error: CloudError, t: Translate): string {
  switch (error.code) {
    case 'ProxyRefused':
      return t('Refused by the proxy');
    case 'ProxyUnreachable':
      return t('Proxy not reachable');
    case 'CertificateRefused':
      return t('Certificate not trusted');
    default:
      return error.kind === 'proxyAuth' ? t('Proxy wants a password') : t('Not reachable');
  }
}

/** What stood in the way, and what to do about it. */
export function networkSentences(error: CloudError, t: Translate): string {
  const { action } = error;
  const said = printable(error.message, 300);
  if (error.kind === 'proxyAuth')
    return t(
      'A proxy wants a user name and a password before it lets {0} through. Put both into the address of the setting http.proxy, or ask for a proxy that wants none, then retry. ({1})',
      action,
      said,
    );
  switch (error.code) {
    case 'ProxyRefused':
      return t(
        'A proxy did not lead {0} to the service. Ask whoever runs it to allow the service, or name the service in http.noProxy if it can be reached without, then retry. ({1})',
        action,
        said,
      );
    case 'ProxyUnreachable':
      return t('{0} did not reach the proxy. Check the setting http.proxy, then retry. ({1})', action, said);
    case 'CertificateRefused':
      return t(
        '{0} was not sent, because the certificate of whoever answered is not trusted. If a proxy inspects TLS here, name the file of its authority in the setting clientKeys.network.caFile, then retry. ({1})',
        action,
        said,
      );
    default:
      return t(
        '{0} did not reach the service. Check network, proxy and the endpoint settings, then retry. ({1})',
        action,
        said,
      );
  }
}

/** A refused signature whose only fault is the time. */
export function clockSentences(offsetMs: number, t: Translate): string {
  return t(
    "The service refuses this machine's signatures because the clock here differs from its own by {0} minutes. Set the clock right, then retry.",
    String(Math.round(Math.abs(offsetMs) / 60_000)),
  );
}

/** A file of authorities that cannot be used. */
export function caFileSentences(error: CloudError, t: Translate): string {
  return t(
    'The setting clientKeys.network.caFile leads to no usable file of certificates, so {0} was not sent. Correct the path or the file, then retry. ({1})',
    error.action,
    printable(error.message, 300),
  );
}
