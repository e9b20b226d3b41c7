import { basename } from 'node:path';
import type { FoundFile, PlacedSetting } from '../foundFile';
import { isPath } from '../link/grouping';
import { lookupOf } from '../link/linkLookups';
import type { Lookup } from '../notation';

/** Shorter ones stand everywhere. */
const MIN_LENGTH = 3;

/**
 * The texts of which a configuration file has at least one if it sets what a client looks up, or mounts what a client reads:
 * such files are then read, although nothing of a client is in them.
 */
export function wantedNames(files: readonly FoundFile[]): readonly string[] {
  const names = new Set<string>();
  const lookups: Lookup[] = [];
  for (const { file, notation, clients } of files) {
    if (notation === 'credential') names.add(basename(file));
    for (const member of clients.flatMap(({ members }) => members)) {
      const lookup = lookupOf(member);
      if (lookup !== undefined) lookups.push(lookup);
      else if (isPath(member.role) && member.value !== undefined) {
        names.add(basename(member.value.replaceAll('\\', '/')));
        // The folder of an absolute path may be one of a container.
        for (const [folder] of [/^\/.*(?=\/)/.exec(member.value) ?? []])
          if (folder !== undefined) names.add(folder);
      }
    }
  }
  for (const lookup of [...lookups, ...furtherLookups(lookups, files)])
    for (const text of textsOf(lookup)) names.add(text);
  return [...names].filter((name) => name.length >= MIN_LENGTH);
}

/** What the settings that are looked up look up themselves. */
function furtherLookups(lookups: readonly Lookup[], files: readonly FoundFile[]): readonly Lookup[] {
  const texts = new Map(lookups.flatMap((lookup) => textsOf(lookup).map((text) => [text, lookup] as const)));
  const wanted = (setting: PlacedSetting) =>
    texts.get(setting.name) ??
    texts.get(lastPart(setting.name)) ??
    texts.get(setting.name.split('/').at(-2) ?? '');
  return files
    .flatMap(({ settings }) => settings)
    .flatMap((setting): readonly Lookup[] => {
      const by = wanted(setting);
      if (by === undefined) return [];
      if (setting.lookup !== undefined) return [setting.lookup];
      return by.indirect === true && setting.value !== undefined
        ? [{ in: 'environment', name: setting.value }]
        : [];
    });
}

/** The ways in which a file may write a name: nested names end in their last part, and Spring's are spelled freely. */
function textsOf({ in: place, name }: Lookup): readonly string[] {
  switch (place) {
    case 'environment':
      return [name];
    case 'secret':
      return [name.split('/').at(-2) ?? name];
    case 'ci':
      return [];
    case 'settings':
    case 'either':
      return [...new Set([name, ...spellings(lastPart(name)), ...spellings(name.replace(/[.:]/g, '_'))])];
  }
}

function lastPart(name: string): string {
  return name.split(/[.:]/).at(-1) ?? name;
}

function spellings(name: string): readonly string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_]/)
    .filter((word) => word !== '');
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const [first = '', ...others] = words;
  return [
    name,
    words.join('-'),
    words.join('_'),
    words.join(''),
    words.join('_').toUpperCase(),
    words.join('').toUpperCase(),
    first + others.map(capital).join(''),
    words.map(capital).join(''),
  ];
}
