import type { ReferenceRole } from '../../../model/reference';
import { secretsClientNames } from '../settingNames';
import type { Write } from './language';

/** A name of a member, in whatever spelling its language has. */
export interface MemberName {
  readonly role: ReferenceRole;
  /**
   * `config`: of the SDKs' configuration types (docs/facts.md NAME-1). `nacos`: of Nacos' encryption plug-in, which takes
   * them among its other settings. `secrets`: of the Secrets Manager clients (NAME-2). The last two are of KMS alone.
   */
  readonly family: 'config' | 'nacos' | 'secrets';
  readonly named?: Write['named'];
}

const members: ReadonlyMap<string, MemberName> = new Map<string, MemberName>([
  ['clientkeyfile', { role: 'keyFile', family: 'config' }],
  ['clientkeycontent', { role: 'keyContent', family: 'config' }],
  ['password', { role: 'password', family: 'config' }],
  ['passwordfromfilepath', { role: 'passwordFile', family: 'config' }],
  ['passwordfromfilepathname', { role: 'passwordFile', family: 'config', named: { in: 'either' } }],
  ['passwordfromenvvariable', { role: 'passwordEnv', family: 'config' }],
  ['kmsclientkeyfilepath', { role: 'keyFile', family: 'nacos' }],
  ['kmsclientkeycontent', { role: 'keyContent', family: 'nacos' }],
  ['kmspasswordkey', { role: 'password', family: 'nacos' }],
  ['kmspassword', { role: 'password', family: 'nacos' }],
]);

/** What a member, setter or key of a map of this name holds. */
export function memberOfName(name: string): MemberName | undefined {
  const role = secretsClientNames.get(name);
  if (role === undefined) return members.get(name.replaceAll(/[_-]/g, '').toLowerCase());
  return { role, family: 'secrets', ...(role === 'passwordEnv' ? { named: { in: 'environment' } } : {}) };
}

/** The id of a client key, which the third official way takes with its private key and without a password. */
const CLIENT_KEY_ID = /^\s*KAAP\.[0-9A-Za-z-]+\s*$/;

/** Id and private key by themselves: shown, never edited. */
export function looseKeyWrite(
  name: string,
  write: Pick<Write, 'anchor' | 'context' | 'value'>,
): readonly Write[] {
  const plain = name.replaceAll(/[_-]/g, '').toLowerCase();
  if (plain === 'accesskeyid')
    return [{ ...write, role: 'keyContent', obstacle: 'unsupported', requires: CLIENT_KEY_ID }];
  return plain === 'privatekey' ? [{ ...write, role: 'keyContent', obstacle: 'unsupported' }] : [];
}
