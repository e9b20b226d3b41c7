import { createCloudError } from './errors';

/** Where the calls for one region go. */
export interface Endpoint {
  /** Host with port, as the SDKs want it: without scheme (docs/facts.md SDK-9). */
  readonly host: string;
  readonly protocol: 'http' | 'https';
  /** Begins with `/`; it is part of what is signed. */
  readonly path: string;
  readonly loopback: boolean;
}

/** The templates as the settings say them; `{region}` stands for the region id. */
export interface EndpointTemplates {
  readonly kms: string;
  readonly log: string;
}

/** Whether a text can stand for a region in the name of a host. */
export function isRegionId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * Fills in an endpoint template.
 * @throws CloudError `invalidRequest` for an address that is neither https nor loopback, or a region that is no name
 */
export function resolveEndpoint(template: string, regionId: string, action: string): Endpoint {
  const refuse = (why: string) =>
    createCloudError({
      kind: 'invalidRequest',
      action,
      message: `The endpoint setting cannot be used: ${why}.`,
    });
  if (!isRegionId(regionId)) throw refuse('the region is not a region id');
  const address = template.trim().replaceAll('{region}', regionId);
  if (!URL.canParse(address)) throw refuse('it is not an address such as https://kms.{region}.aliyuncs.com');
  const url = new URL(address);
  const loopback = LOOPBACK.test(url.hostname);
  if (url.username || url.password || url.search || url.hash)
    throw refuse('it must be host and path only, without user, query or fragment');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    throw refuse('it must begin with https:// (http:// is for addresses of this machine alone)');
  return {
    host: url.host,
    protocol: url.protocol === 'https:' ? 'https' : 'http',
    path: url.pathname,
    loopback,
  };
}
