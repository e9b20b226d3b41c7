import { classKey } from './callers';
import type { CallerClass } from './evidence';
import { programNames, resourceName } from './mentions';
import type { Notation } from './reference';

/** What a program is written in. `properties` is a file that Java programs read as a rule, and others may. */
type Language = 'java' | 'go' | 'python' | 'node' | 'php' | 'dotnet' | 'ruby' | 'rust' | 'properties';

/** One client in the workspace, as far as it can be recognised in a log. */
export interface KnownReference {
  readonly groupId: string;
  /** `file:line`. */
  readonly label: string;
  /** From `languageOf`. */
  readonly language?: Language;
  /** Names that stand near the reference (`mentionedNear`): of secrets, ids of keys, what programs call themselves. */
  readonly resources: readonly string[];
}

/**
 * Why a reference is believed to be the caller. `resource`: it names what the caller asks for. `name`: it names what the
 * caller calls itself. `language`: it is written in the caller's language, alone.
 */
export interface Explanation {
  readonly reference: KnownReference;
  readonly how: 'resource' | 'name' | 'language';
}

/**
 * Which reference of the workspace probably is which caller, by class name. What it asks for is the strongest sign, then the
 * name it gives itself. Failing both, the language: only for the one reference that is written in it, and the one program
 * that calls in it. A caller that is missing from the answer is explained by nothing here: it is somebody else's service.
 */
export function explainCallers(
  callers: readonly CallerClass[],
  groups: readonly KnownReference[],
): ReadonlyMap<string, Explanation> {
  const found = new Map<string, Explanation>();
  const naming = groupsByName(groups);
  const byLanguage = new Map<Language, CallerClass[]>();
  for (const caller of callers) {
    const language = languageOfUserAgent(caller.userAgent);
    if (language !== undefined) byLanguage.set(language, [...(byLanguage.get(language) ?? []), caller]);
    const named = (names: readonly string[]) =>
      inLanguage(
        names.flatMap((name) => naming.get(name) ?? []),
        language,
      );
    const byResource = named([resourceName(caller.resource)]);
    const reference = byResource ?? named(programNames(caller));
    if (reference !== undefined)
      found.set(classKey(caller), { reference, how: byResource ? 'resource' : 'name' });
  }
  for (const [language, same] of byLanguage) {
    const [reference, ...others] = groups.filter((group) => isLikely(group.language, language));
    if (reference === undefined || others.length > 0 || !isOneProgram(same)) continue;
    for (const name of same.map(classKey))
      if (!found.has(name)) found.set(name, { reference, how: 'language' });
  }
  return found;
}

const LANGUAGES: Partial<Record<Notation, Language>> = {
  java: 'java',
  kotlin: 'java',
  scala: 'java',
  groovy: 'java',
  go: 'go',
  python: 'python',
  php: 'php',
  csharp: 'dotnet',
  rust: 'rust',
  javascript: 'node',
  typescript: 'node',
  properties: 'properties',
};

/** The language of the program behind references in these notations; undefined where they do not tell. */
export function languageOf(notations: readonly Notation[]): Language | undefined {
  const languages = notations.flatMap((notation) => LANGUAGES[notation] ?? []);
  // Code says more than the file that it reads.
  return languages.find((language) => language !== 'properties') ?? languages[0];
}

const RUNTIMES: ReadonlyMap<string, Language> = new Map([
  ['java', 'java'],
  ['golang', 'go'],
  ['python', 'python'],
  ['node.js', 'node'],
  ['php', 'php'],
  ['.net', 'dotnet'],
  ['ruby', 'ruby'],
]);
/** A user agent of hostile length must not cost time. */
const MAX_READ = 1000;

/** The SDKs name the runtime after the system: `AlibabaCloud (linux; amd64) Java …`, `AlibabaCloud (linux; x64) Node.js …`. */
function languageOfUserAgent(userAgent: string): Language | undefined {
  const runtime = /Alibaba ?Cloud \([^()]*\) {0,3}([\w.]+)/.exec(userAgent.slice(0, MAX_READ))?.[1];
  return RUNTIMES.get(runtime?.toLowerCase() ?? '');
}

function groupsByName(groups: readonly KnownReference[]): ReadonlyMap<string, readonly KnownReference[]> {
  const named = new Map<string, KnownReference[]>();
  for (const group of groups) {
    for (const name of new Set(group.resources.map(resourceName)))
      if (name !== '') named.set(name, [...(named.get(name) ?? []), group]);
  }
  return named;
}

/** The reference in the caller's language, else one that may be in any: another language is another program. */
function inLanguage(
  groups: readonly KnownReference[],
  language: Language | undefined,
): KnownReference | undefined {
  const isOpen = (group: KnownReference) =>
    language === undefined || group.language === undefined || group.language === 'properties';
  return groups.find((group) => group.language === language) ?? groups.find(isOpen);
}

function isLikely(reference: Language | undefined, caller: Language): boolean {
  return reference === caller || (reference === 'properties' && caller === 'java');
}

/** Several programs may share a user agent; but one that runs on several networks asks for the same things on each. */
function isOneProgram(callers: readonly CallerClass[]): boolean {
  const asked = new Map<string, Set<string>>();
  for (const { network, api, resource } of callers)
    asked.set(network, (asked.get(network) ?? new Set()).add(JSON.stringify([api, resource])));
  const sets = [...asked.values()].map((set) => JSON.stringify([...set].sort()));
  return new Set(callers.map(({ userAgent }) => userAgent)).size === 1 && new Set(sets).size === 1;
}
