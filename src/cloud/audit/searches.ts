import { isClientKeyId } from '../../model/clientKey';
import type { AuditLog } from './logClient';
import type { LogPlace } from './logPlace';

/** The fields that a class list needs. */
const CLASS_FIELDS = [
  'access_key_id',
  'principal_id',
  'useragent',
  'api_name',
  'resource_id',
  'client_ip',
  'status_code',
];

/** The fields that tell what a key was used for. */
const SHARE_FIELDS = ['access_key_id', 'api_name', 'status_code', 'gateway_type'];

/** How this log can be searched, by its index. */
export interface Searches {
  /** Entries of any key. */
  readonly any: string;
  /** Entries of one key. */
  ofKey(keyId: string): string;
  /** Entries of some keys. */
  ofKeys(keyIds: readonly string[]): string;
  /** Entries of the keys and, where the index allows, of every key of the AAP. */
  ofCallers(keyIds: readonly string[], aapName: string): string;
  /** SQL can group by everything that makes a class. */
  readonly analytics: boolean;
  /** SQL can group by API, status and gateway. */
  readonly shares: boolean;
}

/**
 * Reads the index and settles how to search. A search by a field that is not indexed could find nothing and look like *no
 * calls*, so nothing is guessed: by field where it is indexed, else by full text, else not at all. A log that was chosen by hand may
 * be that of several instances: the entries of others do not show that this one is logged.
 * @returns undefined where the index allows neither
 */
export async function readSearches(log: AuditLog, place: LogPlace): Promise<Searches | undefined> {
  const { fields, fullText } = await log.index();
  const byField = fields.has('access_key_id');
  if (!byField && !fullText) return undefined;
  const ofKey = (keyId: string) => (byField ? `access_key_id: ${quote(keyId)}` : quote(keyId));
  const allow = (names: readonly string[]) => names.every((name) => fields.get(name)?.analytics);
  return {
    any:
      place.chosen && fields.has('instance_id') && /^[\w-]+$/.test(place.instanceId)
        ? `instance_id: "${place.instanceId}"`
        : '*',
    ofKey,
    ofKeys: (keyIds) => keyIds.map(ofKey).join(' or '),
    ofCallers: (keyIds, aapName) => {
      // An unusual name is left out rather than escaped: then the callers of further keys are not seen.
      const byAap = fields.has('principal_id') && /^[\w.-]+$/.test(aapName);
      return [...keyIds.map(ofKey), ...(byAap ? [`principal_id: "${aapName}"`] : [])].join(' or ');
    },
    analytics: allow(CLASS_FIELDS),
    shares: allow(SHARE_FIELDS),
  };
}

/** Quoted, never as phrase `#"…"`, which takes no SQL and has no histogram of its own (docs/facts.md LOG-11). */
function quote(keyId: string): string {
  if (!isClientKeyId(keyId)) throw new Error('Only a client key id may stand in a query.');
  return `"${keyId}"`;
}
