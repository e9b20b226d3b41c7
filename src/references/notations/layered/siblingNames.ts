import type { ReferenceRole } from '../../../model/reference';

/** What a name says about its value. */
export interface NameMeaning {
  /** `key`: a path or the content, as the value says. `passwordFileName`: the name of a setting that holds the path. */
  readonly kind:
    | Exclude<ReferenceRole, 'credentialFile' | 'credentialPasswordFile'>
    | 'key'
    | 'passwordFileName';
  /** Of the two readings of a variable's name (docs/facts.md NAME-3), whether both are possible. */
  readonly indirect: boolean;
  /** What stands before the known words: only names that begin alike belong together. */
  readonly prefix: string;
  /** Names that nobody but KMS uses (docs/facts.md NAME-5). */
  readonly specific: boolean;
  /** Says itself that it is about a client key, unlike a plain `password`. */
  readonly ofKey: boolean;
}

/** Known endings of names, lower case without `-` and `_` (docs/facts.md NAME-1, NAME-2, NAME-6). */
const ENDINGS: readonly (readonly [ending: string, kind: NameMeaning['kind'], specific?: true])[] = [
  ['clientkeyprivatekeypath', 'keyFile', true],
  ['clientkeyfilepath', 'keyFile'],
  ['clientkeyfile', 'keyFile'],
  ['clientkeypath', 'keyFile'],
  ['privatekeydatafile', 'keyFile'],
  ['clientkeycontent', 'keyContent'],
  ['clientkeyjson', 'keyContent'],
  ['clientkey', 'key'],
  ['clientkeypasswordfromfilepath', 'passwordFile', true],
  ['clientkeypasswordfilepath', 'passwordFile'],
  ['clientkeypasswordfile', 'passwordFile'],
  ['clientkeypasswordpath', 'passwordFile'],
  ['passwordfromfilepathname', 'passwordFileName', true],
  ['passwordfromfilepath', 'passwordFile', true],
  ['passwordfilepath', 'passwordFile'],
  ['passwordfile', 'passwordFile'],
  ['clientkeypasswordfromenvvariable', 'passwordEnv', true],
  ['passwordfromenvvariable', 'passwordEnv'],
  ['clientkeypasswordenv', 'passwordEnv'],
  ['clientkeypassword', 'password'],
  ['clientkeypass', 'password'],
  ['kmspasswordkey', 'password'],
  ['password', 'password'],
];

const LONGEST_FIRST = [...ENDINGS].sort(([one], [other]) => other.length - one.length);

/** Words of other products whose clients have keys and passwords too. */
const FOREIGN =
  /^(?:redis|redisson|jedis|lettuce|mqtt|paho|hivemq|activemq|kafka|pulsar|broker|temporal|kubernetes|k8s|kubeconfig|mysql|mssql|postgres(?:ql)?|jdbc|hikari|datasource|database|db|mongo(?:db)?|rabbitmq|amqp|etcd|consul|vault|ldap|smtp|mail|m?tls|ssl|x509|elastic(?:search)?|opensearch|kibana|clickhouse|influx(?:db)?|zookeeper|nats|keycloak|wifi|vpn|openvpn|ssh|sftp|ftp|cassandra|grpc|nginx|envoy|istio|slmgr|dts|jenkins)$/;
/** Words that outweigh them. */
const OWN = /^(?:d?kms|aliyun|alibaba|alicloud)$/;

const MAX_NAME = 200;

/** Reads the last part of a dotted name; undefined for one that has nothing to do with client keys or passwords. */
export function meaningOf(name: string): NameMeaning | undefined {
  if (name.length > MAX_NAME || !/key|password|pass|data_?file/i.test(name)) return undefined;
  const full = dotted(name);
  const plain = lastPart(full)
    .replace(/[-_\s]/g, '')
    .toLowerCase();
  const found = LONGEST_FIRST.find(([ending]) => plain.endsWith(ending));
  if (found === undefined) return undefined;
  const [ending, kind, alone] = found;
  const owner = ending.startsWith('kms') ? 'kms' : '';
  const prefix = plain.slice(0, plain.length - ending.length) + owner;
  return {
    kind,
    indirect: kind === 'passwordEnv' && ending.endsWith('envvariable'),
    prefix,
    specific:
      alone === true ||
      /kmsClientKey(?:FilePath|Content)$/.test(full) ||
      (/nacos/i.test(full) && prefix === 'kms') ||
      prefix === 'alibabacloudkms',
    ofKey: ending.startsWith('clientkey') || owner !== '' || alone === true,
  };
}

/** What stands before the last part of a name: `a.b` of `a.b.c`, `Kms` of `Kms:ClientKeyFile`. */
export function firstParts(name: string): string {
  const full = dotted(name);
  return full.slice(0, full.length - lastPart(full).length);
}

/** The form that Spring takes a name of Nacos in from the environment; files that people copy have both. */
function dotted(name: string): string {
  return name.replace(/^spring_cloud_nacos_config_/, 'spring.cloud.nacos.config.');
}

function lastPart(name: string): string {
  const at = Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'), name.lastIndexOf('/'));
  const doubled = name.lastIndexOf('__');
  return name.slice(Math.max(at + 1, doubled < 0 ? 0 : doubled + 2));
}

/** Whether a name or a path of names speaks of another product. */
export function isForeign(names: string): boolean {
  const words = names
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => FOREIGN.test(word)) && !words.some((word) => OWN.test(word));
}
