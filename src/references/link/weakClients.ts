import { basename } from 'node:path';
import type { Notation as NotationName } from '../../model/reference';
import { isKey, type ResolvedClient, type ResolvedMember } from './grouping';

/** Names of the SDKs and of the official procedure (docs/facts.md NAME-1, NAME-6), letters alone. */
const KMS_NAME = /^(?:kms|aliyun|alibabacloud)*clientkey(?:file|filepath|path|content|pass|password)?$/;
/** Other products that call a TLS key by such names (docs/facts.md NAME-5). */
const OTHER_PRODUCT =
  /temporal|mqtt|redis|pulsar|broker|kafka|kube|k8s|tls|ssl|mysql|postgres|mongo|ldap|grpc|etcd|vault/i;

const CODE: ReadonlySet<NotationName> = new Set([
  'java',
  'go',
  'python',
  'php',
  'csharp',
  'kotlin',
  'scala',
  'groovy',
  'rust',
  'javascript',
  'typescript',
]);

/**
 * A weak name is believed when its value leads to a client key (docs/facts.md NAME-5). Without such a value it is shown as
 * possible only where the name is one that KMS uses and nothing speaks of another product.
 */
export function isBelieved({ members, guessed, documentation }: ResolvedClient): boolean {
  const keys = members.filter(({ found, isAside }) => isKey(found.role) && isAside !== true);
  if (keys.some(({ keyId }) => keyId !== undefined)) return true;
  if (guessed || documentation) return false;
  const isPair = members.some(({ found }) => !isKey(found.role));
  return keys.some((member) => isKmsName(member) && (couldBeKey(member) || (isPair && isSealed(member))));
}

function isKmsName({ found: { name }, notation }: ResolvedMember): boolean {
  // Names in code are looked for by the notation; of a setting that does not say its name nothing is known.
  if (name === undefined) return CODE.has(notation);
  const last = name.split(/[.:/]/).at(-1) ?? name;
  return KMS_NAME.test(last.toLowerCase().replace(/[^a-z]/g, '')) && !OTHER_PRODUCT.test(name);
}

function couldBeKey({ found: { role, value, lookup }, resolved, obstacle }: ResolvedMember): boolean {
  // The file is here, and is no credential file; nor is the content that stands there a credential.
  if (resolved !== undefined || (role === 'keyContent' && value !== undefined)) return false;
  if (value === undefined) return obstacle === 'lookup' && !OTHER_PRODUCT.test(lookup?.name ?? '');
  return /\.(?:json|txt)$/i.test(basename(value.replaceAll('\\', '/'))) && !OTHER_PRODUCT.test(value);
}

/** Sealed values say nothing; a key with its password under these names is told all the same. */
function isSealed({ found: { value }, obstacle }: ResolvedMember): boolean {
  return value === undefined && obstacle === 'encrypted';
}
