import type { Node } from 'web-tree-sitter';
import { findClientKeyId } from '../../../model/clientKey';
import type { ReferenceRole } from '../../../model/reference';
import { isForeign, meaningOf, type NameMeaning } from '../layered/siblingNames';
import { createAnchors } from './anchors';
import { follow } from './follow';
import { speaksOfKms } from './kmsContext';
import type { Language, Variable, Write } from './language';
import { looseKeyWrite } from './memberNames';
import { collectSites, type Objects, type Site } from './memberSites';
import { createScopes } from './scopes';
import type { Reading } from './source';
import { nodesOf } from './tree';

/** What the imports and literals of a file say. */
interface FileEvidence {
  /** An SDK of KMS, the endpoint of an instance. */
  readonly kms: boolean;
  /** A library whose clients have keys and passwords too. */
  readonly other: boolean;
}

interface Meant {
  readonly name: string;
  readonly value: Node;
  readonly meaning: NameMeaning;
}

/** Words of KMS: what stands beside them is not judged by the name of a class or a library somewhere else in the file. */
const KMS_WORDS = /kms|aliyun|alicloud|alibaba|nacos/i;
/** Names of libraries are written in one word. */
const OTHER_LIBRARIES =
  /redis|mqtt|https|axios|mongo|kube|k8s|pulsar|kafka|temporal|mysql|postgres|mssql|sqlclient|rabbit|amqp|elastic|x509|certificate|etcd/i;
/** Members of clients that log in with a certificate, or at a server of their own. */
const OTHER_MEMBERS =
  /^(?:(?:client|tls|ssl)?cert(?:ificate)?(?:file|path|content|data|filepath)?|crt|pfx|rejectunauthorized|servername|brokers?(?:url)?|mqtt\w*|user(?:name)?|hosts?|port|database|dbname|uri|sasl)$/;
const OTHER_KEY_FILE = /\.(?:pem|key|crt|cer|der|p12|pfx|jks|ks|pub)$|-----BEGIN /i;

/** Whether the name of a type, a variable or a library speaks of another product. */
export function speaksOfOthers(words: string): boolean {
  return OTHER_LIBRARIES.test(words) || isForeign(words);
}

/**
 * All writes of the clients of a file, in the order of the text: those into members of objects, and pairs of constants
 * that no member takes its value from.
 */
export function readSiteWrites(
  root: Node,
  variables: readonly Variable[],
  language: Language,
  objects: Objects,
  imports: { readonly kms: boolean; readonly other: boolean },
  checkTime: () => void,
): readonly Write[] {
  const reading = {
    text: root.text,
    scopes: createScopes(variables, language),
    read: language.read,
    checkTime,
  };
  const kms = imports.kms || nodesOf(root, language.strings).some(({ text }) => speaksOfKms(text));
  const evidence = { kms, other: imports.other };
  const sites = collectSites(variables, language, objects, checkTime);
  const writes = writesOfSites(sites, evidence, reading);
  const loose = writesOfSites(sitesOfVariables(variables, sites, writes, reading), evidence, reading);
  return [...writes, ...loose].sort((one, other) => one.value.startIndex - other.value.startIndex);
}

function writesOfSites(sites: readonly Site[], evidence: FileEvidence, reading: Reading): Write[] {
  return sites.flatMap((site) => {
    reading.checkTime();
    return site.replaces ? replacedWrites(site) : clientWrites(site, evidence, reading);
  });
}

/**
 * The pairs of constants, fields and locals under the names of the procedure that no member of an object takes its value
 * from: they are passed on in some other way.
 */
function sitesOfVariables(
  variables: readonly Variable[],
  sites: readonly Site[],
  writes: readonly Write[],
  reading: Reading,
): Site[] {
  const taken = new Set(
    writes.flatMap(({ value }) => follow(value, reading).flatMap(({ through }) => through)),
  );
  const seen = new Set(sites.flatMap(({ entries }) => entries.map(({ value }) => value.startIndex)));
  const groups = new Map<string, Variable[]>();
  for (const variable of variables) {
    const meaning = meaningOf(variable.name.replace(/^\$/, ''));
    const [value, ...others] = variable.values;
    if (meaning === undefined || value === undefined || others.length > 0 || variable.kind === 'parameter')
      continue;
    // A member of an object literal has been looked at as such.
    if (seen.has(value.startIndex)) continue;
    // A local `password` may be anybody's.
    if (
      variable.kind === 'local' &&
      meaning.kind === 'password' &&
      !meaning.ofKey &&
      meaning.prefix !== 'kms'
    )
      continue;
    if (!/literal|join|lookup|readFile|path/.test(reading.read(value).kind)) continue;
    const scope =
      variable.kind === 'field' ? `${variable.owner}` : `${variable.scopeStart}-${variable.scopeEnd}`;
    groups.set(scope, [...(groups.get(scope) ?? []), variable]);
  }
  const anchor = createAnchors();
  return [...groups].flatMap(([scope, group]) => {
    const [first] = group;
    if (first === undefined || group.some((variable) => taken.has(variable))) return [];
    const place = first.owner ?? '';
    return {
      anchor: anchor(scope, `${place}/${group.map(({ name }) => name).join('+')}`),
      around: [place],
      place,
      verdict: 'unknown' as const,
      replaces: false,
      entries: group.flatMap(({ name, values }) =>
        values.map((value) => ({ name: name.replace(/^\$/, ''), value })),
      ),
    };
  });
}

function clientWrites(site: Site, evidence: FileEvidence, reading: Reading): Write[] {
  const groups = new Map<string, Meant[]>();
  for (const { name, value } of site.entries) {
    const meaning = meaningOf(name);
    if (meaning !== undefined)
      groups.set(meaning.prefix, [...(groups.get(meaning.prefix) ?? []), { name, value, meaning }]);
  }
  adoptPasswords(groups);
  const loose = { anchor: `${site.anchor}/id`, context: 'specific' } as const;
  return [
    ...[...groups].flatMap(([prefix, group]) => writesOfGroup(site, prefix, group, evidence, reading)),
    ...site.entries.flatMap(({ name, value }) => looseKeyWrite(name, { ...loose, value })),
  ];
}

/** `clientKeyFile` beside `kmsPassword`: a key without a password takes the one that belongs to no other key. */
function adoptPasswords(groups: Map<string, Meant[]>): void {
  const keyless = [...groups].filter(
    ([prefix, group]) => !group.some(isKey) && /^(?:|d?kms|clientkey)$/.test(prefix),
  );
  const without = [...groups].filter(([, group]) => group.every(isKey));
  const [loose, ...otherLoose] = keyless;
  const [key, ...otherKeys] = without;
  if (loose === undefined || key === undefined || otherLoose.length + otherKeys.length > 0) return;
  groups.set(key[0], [...key[1], ...loose[1]]);
  groups.delete(loose[0]);
}

function writesOfGroup(
  site: Site,
  prefix: string,
  group: readonly Meant[],
  evidence: FileEvidence,
  reading: Reading,
): Write[] {
  const keys = group.flatMap((one) => {
    const role = keyRole(one, reading);
    return role === undefined ? [] : [{ ...one, role }];
  });
  const passwords = group.filter((one) => !isKey(one));
  // Next to `clientKeyPass` a plain `password` is somebody else's.
  const own = passwords.some(({ meaning }) => meaning.ofKey)
    ? passwords.filter(({ meaning }) => meaning.ofKey)
    : passwords;
  const endpoint = site.entries.some(({ value }) => isKmsEndpoint(value.text));
  const named =
    endpoint || [...keys, ...own].some(({ meaning }) => meaning.specific) || site.verdict === 'specific';
  const specific = named || (evidence.kms && site.verdict === 'unknown');
  if (keys.length === 0 && (!named || prefix !== '')) return [];
  const sources = keys.map(({ value }) => follow(value, reading)[0]);
  const values = sources.map((source) => source?.value ?? '');
  const proven =
    values.some((value) => findClientKeyId(value) !== undefined) ||
    // `env('KMS_MAIL_CLIENT_KEY')`
    sources.some((source) => KMS_WORDS.test(source?.lookup?.name ?? ''));
  if (!named && !proven && isOfOthers(site, prefix, values, evidence)) return [];
  const anchor = prefix === '' ? site.anchor : `${site.anchor}/${prefix}`;
  const context = specific ? 'specific' : 'weak';
  return [
    ...keys.map(({ role, value }): Write => ({ role, anchor, context, value })),
    ...own.map(
      ({ value, meaning }): Write => ({
        anchor,
        context,
        value,
        ...(meaning.kind === 'passwordFileName'
          ? { role: 'passwordFile' as const, named: { in: 'either' as const } }
          : { role: meaning.kind === 'key' ? ('keyFile' as const) : meaning.kind }),
      }),
    ),
  ];
}

function isOfOthers(site: Site, prefix: string, values: readonly string[], evidence: FileEvidence): boolean {
  const near = [prefix, ...site.around].join(' ');
  if (speaksOfOthers(near) || values.some((value) => OTHER_KEY_FILE.test(value))) return true;
  if (
    prefix === '' &&
    site.entries.some(({ name }) => OTHER_MEMBERS.test(name.replace(/[-_]/g, '').toLowerCase()))
  )
    return true;
  if (evidence.kms || KMS_WORDS.test(`${near} ${site.place}`)) return false;
  return evidence.other || speaksOfOthers(site.place);
}

/** Terraform by another name: every argument stands for the key itself. */
function replacedWrites(site: Site): Write[] {
  return site.entries.flatMap(({ name, value }): Write[] => {
    const kind = meaningOf(name)?.kind;
    if (kind !== 'password' && kind !== 'keyFile') return [];
    return [{ role: kind, anchor: site.anchor, context: 'specific', value, obstacle: 'replaces' }];
  });
}

function isKey({ meaning }: Meant): boolean {
  return meaning.kind === 'key' || meaning.kind === 'keyFile' || meaning.kind === 'keyContent';
}

/** `clientKey` holds a path or the content, as its value says; a cache key or the key of a map is neither. */
function keyRole(
  { name, value, meaning }: Meant,
  reading: Reading,
): Extract<ReferenceRole, 'keyFile' | 'keyContent'> | undefined {
  // `'clientKeyFile' => 'clientKeyFile'`: how something is called elsewhere.
  const is = reading.read(value);
  if (is.kind === 'literal' && is.value === name) return undefined;
  if (meaning.kind === 'keyFile' || meaning.kind === 'keyContent') return meaning.kind;
  if (meaning.kind !== 'key') return undefined;
  const sources = follow(value, reading);
  if (sources.some((source) => source.fromFile === true)) return 'keyContent';
  const known = sources.find((source) => source.value !== undefined)?.value?.trim();
  if (known === undefined)
    return sources.some(({ lookup }) => lookup !== undefined) ? 'keyContent' : undefined;
  if (known.startsWith('{')) return 'keyContent';
  return /[\\/]|\.\w{2,5}$/.test(known) && !/[\r\n]/.test(known) ? 'keyFile' : undefined;
}

/** The address of an instance's own gateway. */
function isKmsEndpoint(text: string): boolean {
  return /\.cryptoservice\.kms\.aliyuncs\.com|^["'`]?kst-[0-9a-z]{8,}/.test(text);
}
