import { createHash } from 'node:crypto';
import type { SignIn } from './signIn';

/** Tells one identity from another and gives nothing away. @param text a long-lived AccessKey id, or what a role is known by */
export function hashIdentity(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Who a way to sign in stands for, as far as it says so without a call. */
export function whoSignsIn(signIn: SignIn): { uid?: string; identity?: string } {
  switch (signIn.kind) {
    case 'key':
      // The AccessKey of a session is another one after every sign-in, whoever it is.
      return signIn.key.securityToken === undefined ? { identity: hashIdentity(signIn.key.accessKeyId) } : {};
    case 'role':
      return roleOf(signIn.roleArn, whoSignsIn(signIn.source).identity ?? '');
    case 'oidc':
      return roleOf(signIn.roleArn, '');
    case 'cloudSso':
      return {
        ...uidOf(signIn.accountId),
        identity: hashIdentity(`${signIn.accountId}/${signIn.accessConfig}`),
      };
    default:
      return {};
  }
}

function roleOf(roleArn: string, source: string): { uid?: string; identity: string } {
  const uid = /^acs:ram::(\d+):role\//.exec(roleArn)?.[1] ?? '';
  return { ...uidOf(uid), identity: hashIdentity(`${roleArn} ${source}`.trim()) };
}

function uidOf(uid: string): { uid?: string } {
  return /^\d+$/.test(uid) ? { uid } : {};
}
