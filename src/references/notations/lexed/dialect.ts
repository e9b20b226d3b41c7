import type { Notation as NotationName, ReferenceRole } from '../../../model/reference';
import type { LexRules } from './lexer';

/** A programming language without a grammar: what the lexer and the search for clients need to know of it. */
export interface Dialect {
  readonly name: NotationName;
  covers(fileName: string, path: string): boolean;
  readonly rules: LexRules;
  /** Brackets in which `name: value` gives a member a value; elsewhere a colon stands before a type. */
  readonly colonFields: string;
  /** Words that declare a variable. */
  readonly declaring: RegExp;
  /** Words that begin a function; a type. */
  readonly functions: RegExp;
  readonly types: RegExp;
  /** Whether the type stands before the name, as in Java. */
  readonly typeFirst: boolean;
  /** Whether a call may do without brackets: `setPassword "x"`. */
  readonly bareCalls?: boolean;
  /** Whether a line end ends an expression. */
  readonly lines: boolean;
  encode(value: string, rawBefore: string, form?: string): string | undefined;
}

/** A name that a member of a client has, and how much it says by itself. */
export interface MemberName {
  readonly role: ReferenceRole;
  /** The name belongs to Alibaba Cloud KMS alone (docs/facts.md NAME-5). */
  readonly specific?: boolean;
  /** Which of two clients that are written into one object it belongs to: Nacos has a login of its own. */
  readonly family: 'sdk' | 'nacos';
}

const named = (role: ReferenceRole, family: MemberName['family'] = 'sdk', specific = false): MemberName => ({
  role,
  family,
  specific,
});

/**
 * Names of members and settings, without `_` and `-` and in small letters (docs/facts.md NAME-1, NAME-2, NAME-6).
 * `clientkey` holds a path or the content: its value tells.
 */
const memberNames: ReadonlyMap<string, MemberName> = new Map([
  ['clientkeyfile', named('keyFile')],
  ['clientkeyfilepath', named('keyFile')],
  ['clientkeypath', named('keyFile')],
  ['clientkey', named('keyContent')],
  ['clientkeycontent', named('keyContent')],
  ['clientkeypass', named('password')],
  ['clientkeypassword', named('password')],
  ['password', named('password')],
  ['passwordfromfilepath', named('passwordFile')],
  ['passwordfilepath', named('passwordFile')],
  ['passwordfromenvvariable', named('passwordEnv')],
  ['clientkeyprivatekeypath', named('keyFile', 'sdk', true)],
  ['clientkeypasswordfromfilepath', named('passwordFile', 'sdk', true)],
  ['clientkeypasswordfromenvvariable', named('passwordEnv', 'sdk', true)],
  ['kmsclientkeyfilepath', named('keyFile', 'nacos', true)],
  ['kmsclientkeycontent', named('keyContent', 'nacos', true)],
  ['kmspasswordkey', named('password', 'nacos', true)],
  ['kmspassword', named('password', 'nacos')],
  ['alibabacloudkmsclientkeyfilepath', named('keyFile', 'sdk', true)],
  ['alibabacloudkmspassword', named('password', 'sdk', true)],
  // The constants of `AliyunConst`.
  ['kmsclientkeyfilepathkey', named('keyFile', 'nacos', true)],
  ['kmsclientkeycontentkey', named('keyContent', 'nacos', true)],
]);

/** The member that a name stands for; prefixes of settings (`spring.cloud.nacos.config.`) do not count. */
export function memberNamed(name: string): MemberName | undefined {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return memberNames.get(last.replace(/[_-]/g, '').toLowerCase());
}

/** Whether a role leads to the key rather than to its password. */
export function isKeyRole(role: ReferenceRole): boolean {
  return role === 'keyFile' || role === 'keyContent';
}

/** `clientKey` and the like hold a path or the content: what stands there tells. */
export function roleByValue(role: ReferenceRole, value: string | undefined): ReferenceRole {
  if (role !== 'keyContent' || value === undefined) return role;
  return /^[^{}\n]*\.(?:json|txt|key)$/i.test(value) ? 'keyFile' : role;
}

/** A key of TLS and the like, never a client key of KMS. */
export function isForeignKey(value: string): boolean {
  return /\.(?:pem|crt|cer|der|p12|pfx|jks|p8)$|-----BEGIN /i.test(value.trim());
}

/** Names of other products that have a client key (docs/facts.md NAME-5). */
export const FOREIGN =
  /fabric8|kube|mqtt|paho|redis|jedis|lettuce|temporal|pulsar|kafka|jdbc|datasource|mysql|postgres|etcd|mongo|rustls|reqwest|tonic|(?:^|[^a-z])(?:ssl|tls|mtls)|swisscom/i;
