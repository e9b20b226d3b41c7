import { findClientKeyId } from '../../../model/clientKey';
import type { FoundClient, FoundMember } from '../../notation';
import { type NamedValue, readMembers } from './namedValue';
import { firstParts, isForeign, meaningOf, type NameMeaning } from './siblingNames';

/** Names that stand side by side: of one object, one table, one bean, or all of a flat file. */
export interface Scope {
  /** Names the scope within its file. */
  readonly anchor: string;
  /** Names of what encloses it: they may speak of another product. */
  readonly around: string;
  readonly values: readonly NamedValue[];
  /** What is known from elsewhere: the class of a bean, say. */
  readonly context?: FoundClient['context'] | 'foreign';
  /** The password is looked up by the client itself, a literal one is passed over (docs/facts.md NAME-2). */
  readonly looksUpPassword?: boolean;
}

interface Meant {
  readonly value: NamedValue;
  readonly meaning: NameMeaning;
}

/** The clients of a scope: keys with the passwords whose names begin alike. */
export function clientsOfScope(scope: Scope): readonly FoundClient[] {
  // Nearly every scope of nearly every file.
  if (!scope.values.some((value) => isKeyName(value.name) || value.value?.includes('KAAP.'))) return [];
  const values = withoutDoubles(scope.values);
  const groups = new Map<string, Meant[]>();
  for (const value of values) {
    const meaning = meaningOf(value.name);
    if (meaning === undefined) continue;
    const id = `${firstParts(value.name)}${meaning.prefix}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [{ value, meaning }]);
    else group.push({ value, meaning });
  }
  const around = describeAround(values);
  const clients = [...groups].flatMap(([id, group]) => clientOfGroup(scope, id, group, around));
  const taken = new Set(clients.flatMap(({ members }) => members.map(({ start }) => start)));
  return [...clients, ...clientsByValue(scope, values, taken)];
}

function isKeyName(name: string): boolean {
  const meaning = meaningOf(name);
  return meaning !== undefined && (meaning.specific || !isPassword(meaning.kind));
}

/** A name that stands twice: readers differ in which one counts. */
function withoutDoubles(values: readonly NamedValue[]): readonly NamedValue[] {
  const counts = new Map<string, number>();
  for (const { name } of values) counts.set(name, (counts.get(name) ?? 0) + 1);
  return values.map((value) =>
    (counts.get(value.name) ?? 0) > 1 ? { ...value, obstacle: value.obstacle ?? 'ambiguous' } : value,
  );
}

function clientOfGroup(
  scope: Scope,
  id: string,
  group: readonly Meant[],
  around: Around,
): readonly FoundClient[] {
  const keys = group.flatMap(({ value, meaning }) => {
    const role = keyRole(value, meaning.kind);
    return role === undefined ? [] : [{ value, role, meaning }];
  });
  const named = group.filter(({ meaning }) => isPassword(meaning.kind));
  if (keys.length === 0 && !named.some(({ meaning }) => meaning.specific)) return [];
  const parts = firstParts(group[0]?.value.name ?? '');
  const proven = keys.some(({ value }) => findClientKeyId(value.value ?? '') !== undefined);
  const foreign =
    scope.context === 'foreign' ||
    isForeign(`${scope.around} ${id}`) ||
    keys.some(({ value }) => isOtherKeyFile(value.value));
  const alone = group.some(({ meaning }) => meaning.specific);
  if (foreign && !proven && !alone) return [];
  // Next to `clientKeyPassword` a plain `password` is somebody else's; without a key it is so anyway.
  const own = named.some(({ meaning }) => meaning.ofKey)
    ? named.filter(({ meaning }) => meaning.ofKey)
    : keys.length > 0 && !(around.otherTypes.has(parts) && keys.some(({ meaning }) => meaning.kind === 'key'))
      ? named
      : [];
  const specific =
    scope.context === 'specific' ||
    [...keys, ...own].some(({ meaning }) => meaning.specific) ||
    (keys.length > 0 && around.endpoints.has(parts));
  if (keys.length === 0 && !(specific && own.length > 0)) return [];
  const replaced = /alicloud_kms_client_key|alicloud:kms/.test(scope.around) || isTerraform(group);
  const stale = scope.looksUpPassword ? named.filter(({ meaning }) => meaning.kind === 'password') : [];
  const used = own.filter((one) => !stale.includes(one));
  const members = [
    ...keys.flatMap(({ value, role }) => readMembers(value, role)),
    ...used.flatMap((one) => passwordMembers(one, false)),
    ...(used.length > 0 ? [] : stale.flatMap((one) => passwordMembers(one, true))),
  ].map((member): FoundMember => (replaced ? { ...member, obstacle: 'replaces' } : member));
  if (members.length === 0) return [];
  const anchor = `${scope.anchor}${id === '' ? '' : `/${id}`}`;
  const context = specific ? 'specific' : 'weak';
  return [
    { anchor, context, members },
    // Listed by itself: it must not hold back the client, which does not use it.
    ...(used.length > 0
      ? stale.map(
          (one): FoundClient => ({
            anchor: `${anchor}/${one.value.name}`,
            context,
            members: passwordMembers(one, true),
          }),
        )
      : []),
  ];
}

function passwordMembers({ value, meaning }: Meant, stale: boolean): readonly FoundMember[] {
  const { name, start, end } = value;
  if (stale) return readMembers({ ...value, obstacle: value.obstacle ?? 'ambiguous' }, 'password');
  switch (meaning.kind) {
    case 'passwordFileName':
      return value.value === undefined
        ? []
        : [
            {
              role: 'passwordFile',
              name,
              start,
              end,
              obstacle: 'lookup',
              lookup: { in: 'either', name: value.value.trim() },
            },
          ];
    case 'passwordEnv':
      return value.value === undefined
        ? []
        : [
            {
              role: 'passwordEnv',
              name,
              start,
              end,
              obstacle: 'lookup',
              lookup: {
                in: 'environment',
                name: value.value.trim(),
                ...(meaning.indirect ? { indirect: true } : {}),
              },
            },
          ];
    case 'passwordFile':
      return readMembers(value, 'passwordFile');
    default:
      return readMembers(value, 'password');
  }
}

/** Keys under names that say nothing, with the only password beside them. */
function clientsByValue(
  scope: Scope,
  values: readonly NamedValue[],
  taken: ReadonlySet<number>,
): readonly FoundClient[] {
  const keys = values.flatMap((value) => {
    if (taken.has(value.start)) return [];
    const role = keyRoleByValue(value);
    return role === undefined ? [] : [{ value, role }];
  });
  const passwords = values.flatMap((value) => {
    const role = taken.has(value.start) ? undefined : passwordRoleByValue(value);
    return role === undefined ? [] : [{ value, role }];
  });
  return keys.map(({ value, role }): FoundClient => {
    const partners = keys.length === 1 && passwords.length === 1 ? passwords : [];
    return {
      anchor: `${scope.anchor}/${value.name}`,
      context: 'weak',
      guessed: true,
      members: [
        ...readMembers(value, role),
        ...partners.flatMap((partner) => readMembers(partner.value, partner.role)),
      ],
    };
  });
}

function keyRole(value: NamedValue, kind: NameMeaning['kind']): 'keyFile' | 'keyContent' | undefined {
  if (kind !== 'key' && kind !== 'keyFile' && kind !== 'keyContent') return undefined;
  const text = value.value?.trim();
  if (text === undefined) return kind === 'key' ? undefined : kind;
  if (text === '') return undefined;
  // Sealed in its file by SOPS, Jasypt or Spring: content more often than a path.
  if (/^ENC[[(]|^\{cipher\}/.test(text)) return kind === 'key' ? 'keyContent' : kind;
  if (text.startsWith('{') && !text.startsWith('{{')) return kind === 'keyFile' ? undefined : 'keyContent';
  if (/\$\{|\{\{|^%\w+%$|^@[\w.-]+@$/.test(text)) return kind === 'keyContent' ? 'keyContent' : 'keyFile';
  if (kind === 'keyContent') return /^[A-Za-z0-9+/=\s]{40,}$/.test(text) ? 'keyContent' : undefined;
  return /[\\/]|\.\w{2,5}$/.test(text) && !text.includes('-----BEGIN') ? 'keyFile' : undefined;
}

function keyRoleByValue({ value }: NamedValue): 'keyFile' | 'keyContent' | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\{[\s\S]*"KeyId"\s*:\s*"KAAP\./.test(value)) return 'keyContent';
  return /^[^\r\n]*clientKey_KAAP\.[0-9a-f-]{36}\.json$/i.test(value.trim()) ? 'keyFile' : undefined;
}

function passwordRoleByValue({ name, value }: NamedValue): 'password' | 'passwordFile' | undefined {
  if (/clientKey_KAAP\.[0-9a-f-]{36}_Password\.txt$/i.test(value ?? '')) return 'passwordFile';
  return /(?:password|passwd|pass|pwd)$/i.test(name) ? 'password' : undefined;
}

/** What other settings say about the clients beside them, by the first parts of their names. */
interface Around {
  /** An endpoint of KMS stands there. */
  readonly endpoints: ReadonlySet<string>;
  /** It says itself what it configures, and that is not Alibaba Cloud. */
  readonly otherTypes: ReadonlySet<string>;
}

function describeAround(values: readonly NamedValue[]): Around {
  const endpoints = new Set<string>();
  const otherTypes = new Set<string>();
  for (const { name, value } of values) {
    if (value === undefined || value.length > 200) continue;
    if (isKmsEndpoint(value)) endpoints.add(firstParts(name));
    if (/(?:^|[.:/_])(?:type|provider|backend)$/i.test(name) && !/ali|kms/i.test(value))
      otherTypes.add(firstParts(name));
  }
  return { endpoints, otherTypes };
}

function isTerraform(group: readonly Meant[]): boolean {
  return group.some(({ value }) => /^private_?key_?data_?file$/i.test(value.name));
}

/** Keys of TLS and their stores. */
function isOtherKeyFile(value: string | undefined): boolean {
  return /\.(?:pem|key|crt|cer|der|p12|pfx|jks|ks|pub)$/i.test(value?.trim() ?? '');
}

function isKmsEndpoint(value: string): boolean {
  return /\.cryptoservice\.kms\.aliyuncs\.com|^kst-[0-9a-z]{8,}$/.test(value);
}

function isPassword(kind: NameMeaning['kind']): boolean {
  return kind.startsWith('password');
}
