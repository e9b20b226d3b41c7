import type { ReferenceRole } from '../../model/reference';
import type { FoundClient } from '../notation';
import type { Assignment } from './dotenvLexer';
import { meaningOf } from './layered/siblingNames';
import { secretsClientNames } from './settingNames';

/** Which assignments are read together by one client. */
export interface AssignmentGroup {
  readonly anchor: string;
  readonly context: FoundClient['context'];
  readonly guessed: boolean;
  readonly members: readonly { readonly role: ReferenceRole; readonly assignment: Assignment }[];
}

interface Named {
  readonly assignment: Assignment;
}

type Roles = ReadonlyMap<string, ReferenceRole>;

/** Names that programs are known to read (docs/facts.md NAME-2, NAME-4). Weak families need a value that proves them. */
const families: readonly {
  readonly anchor: string;
  readonly context: FoundClient['context'];
  /** A password alone under such a name belongs to anything. */
  readonly needsKey?: boolean;
  readonly roles: Roles;
}[] = [
  {
    anchor: 'ALIBABA_CLOUD_KMS',
    context: 'specific',
    roles: new Map([
      ['ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH', 'keyFile'],
      ['ALIBABA_CLOUD_KMS_PASSWORD', 'password'],
    ]),
  },
  { anchor: 'client_key', context: 'specific', roles: secretsClientNames },
  {
    anchor: 'KBS_RESOURCE_STORAGE_ALIYUN',
    context: 'specific',
    roles: new Map([
      ['KBS_RESOURCE_STORAGE_ALIYUN_CLIENT_KEY', 'keyContent'],
      ['KBS_RESOURCE_STORAGE_ALIYUN_PASSWORD', 'password'],
    ]),
  },
  {
    anchor: 'kms',
    context: 'specific',
    needsKey: true,
    roles: new Map([
      ['kmsClientKeyFilePath', 'keyFile'],
      ['kmsClientKeyContent', 'keyContent'],
      ['kmsPasswordKey', 'password'],
    ]),
  },
  {
    anchor: 'KMS',
    context: 'weak',
    needsKey: true,
    roles: new Map([
      ['KMS_CLIENT_KEY_CONTENT', 'keyContent'],
      ['KMS_PASSWORD', 'password'],
    ]),
  },
];

/** What Spring puts before the names of Nacos, in either form. */
const NACOS_PREFIX = /^spring[._]cloud[._]nacos[._]config[._](?=kms)/;

const PASSWORD_FILE = /(?:PASSWORD|PASSWD|PASS|PWD)_?(?:FROM_)?(?:FILE|PATH|FILE_?PATH)$/i;
const PASSWORD = /(?:PASSWORD|PASSWD|PASS|PWD|KMS_?PASSWORD_?KEY)$/i;
const KEY_CONTENT = /(?:CLIENT_?KEY|CREDENTIAL)(?:_?(?:CONTENT|JSON|DATA))?$/i;
const KEY_FILE = /(?:FILE|PATH|FILE_?PATH|JSON|KEY|CREDENTIALS?)$/i;

const MAX_COMPARED = 2000;

/**
 * Groups assignments into clients: first by known names, then, for a value that looks like a credential file or its
 * content under any other name, with the password of the longest common prefix. Order follows the file.
 */
export function pairAssignments(assignments: readonly Assignment[]): readonly AssignmentGroup[] {
  const groups: AssignmentGroup[] = [];
  const taken = new Set<Assignment>();
  for (const { anchor, context, needsKey, roles } of families) {
    const members = assignments.flatMap((assignment) => {
      const role = roles.get(assignment.name.replace(NACOS_PREFIX, ''));
      return role === undefined ? [] : [{ role, assignment }];
    });
    if (needsKey === true && !members.some(({ role }) => isKey(role))) continue;
    if (members.length === 0) continue;
    groups.push({ anchor, context, guessed: false, members });
    for (const member of members) taken.add(member.assignment);
  }
  // Comparing all names with all is for files that people wrote.
  if (assignments.length > MAX_COMPARED) return groups;
  return [...groups, ...pairByPrefix(assignments.filter((one) => !taken.has(one)))];
}

function pairByPrefix(assignments: readonly Assignment[]): readonly AssignmentGroup[] {
  const keys = assignments.flatMap((assignment) => {
    const role = keyRole(assignment);
    return role === undefined ? [] : [{ role, assignment }];
  });
  const passwords = assignments.flatMap((assignment) => {
    const role = passwordRole(assignment.name);
    return role === undefined ? [] : [{ role, assignment }];
  });
  return keys.map((key) => {
    const named = namedLike(key.assignment, keys, passwords);
    if (named !== undefined)
      return { anchor: key.assignment.name, context: 'weak', guessed: false, members: [key, named] };
    const scored = passwords.map((member) => ({
      member,
      score: commonWords(key.assignment.name, member.assignment.name),
    }));
    const best = Math.max(0, ...scored.map(({ score }) => score));
    const partners =
      best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ member }) => member);
    // Two passwords equally near, or one that is nearer to another key: nothing proves which belongs here.
    const fits =
      new Set(partners.map(({ role }) => role)).size === partners.length &&
      partners.every((partner) =>
        keys.every(
          (other) => other === key || commonWords(other.assignment.name, partner.assignment.name) < best,
        ),
      );
    return {
      anchor: key.assignment.name,
      context: 'weak',
      guessed: true,
      members: fits ? [key, ...partners] : [key],
    };
  });
}

/**
 * The one password whose name begins like that of a key, and says that it is about a client key or about KMS:
 * `KMS_CLIENT_KEY_PASSWORD` beside `KMS_CLIENT_KEY_FILE`. That is no guess.
 */
function namedLike<T extends Named>(
  key: Assignment,
  keys: readonly Named[],
  passwords: readonly T[],
): T | undefined {
  const prefix = meaningOf(key.name)?.prefix;
  if (prefix === undefined) return undefined;
  const isAlike = ({ assignment }: Named) => meaningOf(assignment.name)?.prefix === prefix;
  if (keys.filter(isAlike).length > 1) return undefined;
  const alike = passwords.filter(isAlike);
  const own = alike.filter(({ assignment }) => meaningOf(assignment.name)?.ofKey === true);
  const found = own.length > 0 ? own : /kms|aliyun|alibaba|alicloud/.test(prefix) ? alike : [];
  return found.length === 1 ? found[0] : undefined;
}

function keyRole({ name, value }: Assignment): 'keyFile' | 'keyContent' | undefined {
  if (passwordRole(name) !== undefined) return undefined;
  if (/^\s*\{[\s\S]*"KeyId"\s*:\s*"KAAP\./.test(value))
    return KEY_CONTENT.test(name) ? 'keyContent' : undefined;
  // JSON that holds more than a key.
  if (/^\s*[[{]/.test(value)) return undefined;
  if (/\.(?:json|txt|key)$/i.test(value) || /KAAP\./.test(value))
    return KEY_FILE.test(name) ? 'keyFile' : undefined;
  return undefined;
}

function passwordRole(name: string): 'password' | 'passwordFile' | undefined {
  if (PASSWORD_FILE.test(name)) return 'passwordFile';
  return PASSWORD.test(name) ? 'password' : undefined;
}

function isKey(role: ReferenceRole): boolean {
  return role === 'keyFile' || role === 'keyContent';
}

function commonWords(one: string, other: string): number {
  const left = one.toUpperCase().split(/[_.-]/);
  const right = other.toUpperCase().split(/[_.-]/);
  let count = 0;
  while (count < left.length && left[count] === right[count]) count += 1;
  return count;
}
