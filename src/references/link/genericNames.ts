import { basename } from 'node:path';
import type { FoundFile } from '../foundFile';
import type { Lookup } from '../notation';
import { isKey } from './grouping';
import type { FollowedLookup, Way } from './lookupWays';

/** A name that a program gives to any secret of its own: `password`, `app.password`, `DEFAULT_PWD`. */
const GENERIC =
  /^(?:app|application|client|config|configuration|default|env|main|my|prop|properties|server|service|settings?|system|the|user|var)*(?:password|passwd|passphrase|pass|pwd|pw|secret|secretkey|key|privatekey|token|credentials?)$/;
const OF_KMS = /kms|aliyun|alicloud|alibaba|client[-_]?key/i;

/**
 * Leaves out what sets a password under a name that anything may have, the password of a database say. Such a setting is
 * believed where the key of the same client is set in the same file, or stands in it, or where the file is called after KMS.
 */
export function withoutStrangers(
  source: FoundFile,
  lookups: readonly FollowedLookup[],
): readonly FollowedLookup[] {
  const keyFiles = new Set([
    ...(source.settings.length > 0 ? [source.file] : []),
    ...lookups.flatMap(({ found, ways }) => (isKey(found.role) ? ways.flatMap(({ places }) => places) : [])),
  ]);
  const isBelieved = ({ places: [first = ''] }: Way) => keyFiles.has(first) || OF_KMS.test(basename(first));
  return lookups.map((one) =>
    isKey(one.found.role) || !isGeneric(one.lookup) ? one : { ...one, ways: one.ways.filter(isBelieved) },
  );
}

function isGeneric({ in: place, name }: Lookup): boolean {
  return place !== 'secret' && place !== 'ci' && GENERIC.test(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}
