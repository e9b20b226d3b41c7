import type { Write } from './language';

/** Names and texts that only clients of KMS have: its SDKs, the gateway of an instance, the id of a client key. */
const KMS_TEXT = /\.cryptoservice\.kms\.aliyuncs\.com|KAAP\.[0-9a-f]{8}-[0-9a-f]{4}-/;
const KMS_NAME = /kms|aliyun|alibaba|alicloud|aap/i;
/** Products whose clients have key files and passwords of the same names (docs/facts.md NAME-5). */
const OTHER_PRODUCT =
  /kube|k8s|fabric8|mqtt|paho|redis|jedis|lettuce|pulsar|temporal|mongo|postgres|mysql|sqlserver|jdbc|rabbit|amqp|kafka|\bm?tls|ssl|x509|certificate|\bnats\b|etcd|consul|docker|vault|smtp|ldap|oauth|webhook|elastic/i;

/** Whether a source speaks of KMS, apart from its imports. */
export function speaksOfKms(text: string): boolean {
  return KMS_TEXT.test(text);
}

/** A name that is not of KMS alone belongs to another product where all that is near it says so. */
export function judgeWeak(near: readonly (string | undefined)[]): Write['context'] {
  const words = near.join(' ');
  return OTHER_PRODUCT.test(words) && !KMS_NAME.test(words) ? 'foreign' : 'weak';
}
