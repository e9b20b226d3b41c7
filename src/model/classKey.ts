import type { CallerClass } from './evidence';

/** The one name of a caller class, for maps, marks and places. */
export function classKey({ userAgent, api, resource, network }: CallerClass): string {
  return JSON.stringify([userAgent, api, resource, network]);
}
