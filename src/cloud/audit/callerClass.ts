import { isIPv4, isIPv6 } from 'node:net';
import type { CallerClass } from '../../model/evidence';

/** The class of caller that a row or a group of rows belongs to. */
export function classOf(row: Readonly<Record<string, string>>): CallerClass {
  return {
    userAgent: withoutVersions(row.useragent ?? ''),
    api: row.api_name ?? '',
    resource: row.resource_id ?? '',
    network: networkOf(row.client_ip ?? ''),
  };
}

/**
 * A user agent without its version numbers, so that an update of Java or of an SDK makes no new caller:
 * `AlibabaCloud (linux; amd64) Java/1.8.0_292 kms/1.2` becomes `AlibabaCloud (linux; amd64) Java kms`.
 */
export function withoutVersions(userAgent: string): string {
  return userAgent
    .replace(/\/(?:go|v)?\d[\w.+~-]*/gi, '')
    .replace(/(?<=^|[\s;(,])v?\d+(?:\.\d+)+[\w.+~-]*/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[;),])|(?<=\() /g, '')
    .trim();
}

/** IPv4 /24 or IPv6 /64 of an address; anything else as it stands (addresses may be masked). */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return mapped.replace(/\.\d+$/, '.0/24');
  const bare = mapped.replace(/%.*$/, '');
  if (!isIPv6(bare)) return address;
  const [head = '', tail = ''] = bare.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  // `a::1.2.3.4` ends in two groups written as one.
  const given = left.length + right.length + (bare.includes('.') ? 1 : 0);
  const groups = bare.includes('::') ? [...left, ...Array<string>(8 - given).fill('0'), ...right] : left;
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
