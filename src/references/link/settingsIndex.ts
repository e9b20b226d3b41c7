import { basename, dirname } from 'node:path';
import type { FoundFile, PlacedSetting } from '../foundFile';
import type { Lookup } from '../notation';
import { isPlaceholder } from '../notations/settingNames';

/** Templates for people, which no program reads. */
const TEMPLATE = /[.-](?:example|sample|template|dist)(?:\.env)?$/i;

/** Whether an environment file of this name is a template for people. */
export function isTemplate(fileName: string): boolean {
  return TEMPLATE.test(fileName);
}

/** A setting with the file it stands in. */
export interface KnownSetting {
  readonly source: FoundFile;
  readonly setting: PlacedSetting;
}

/** All settings of a workspace by name. */
export interface SettingsIndex {
  /** What sets a name, in the order of the files. Templates for people and placeholders set nothing. */
  find(lookup: Lookup): readonly KnownSetting[];
}

export function indexSettings(files: readonly FoundFile[]): SettingsIndex {
  const environment = new Map<string, KnownSetting[]>();
  const settings = new Map<string, KnownSetting[]>();
  const secrets = new Map<string, KnownSetting[]>();
  const add = (map: Map<string, KnownSetting[]>, name: string, known: KnownSetting) => {
    const same = map.get(name);
    if (same === undefined) map.set(name, [known]);
    else same.push(known);
  };
  for (const source of files) {
    if (isTemplate(basename(source.file))) continue;
    for (const setting of source.settings) {
      if (setting.value === '' || (setting.value !== undefined && isPlaceholder(setting.value, 'password')))
        continue;
      const known = { source, setting };
      if (setting.in === 'environment') {
        add(environment, setting.name, known);
        add(settings, `env ${lettersOf(setting.name)}`, known);
      } else if (setting.in === 'settings') add(settings, relaxed(setting.name), known);
      else add(secrets, secretKey(setting.name), known);
    }
  }
  const inSettings = (name: string) => [
    ...(settings.get(relaxed(name)) ?? []),
    ...(settings.get(`env ${lettersOf(name)}`) ?? []),
  ];
  return {
    find({ in: place, name }) {
      switch (place) {
        case 'environment':
          return environment.get(name) ?? [];
        case 'settings':
          return inSettings(name);
        case 'either':
          return [...new Set([...(environment.get(name) ?? []), ...inSettings(name)])];
        case 'secret':
          return (secrets.get(secretKey(name)) ?? []).filter(({ setting }) => sameSpace(setting.name, name));
        case 'ci':
          return [];
      }
    },
  };
}

/** A name as Spring compares it: case, `-` and `_` do not count. Its sections may be parted by `.` or `:`. */
export function relaxed(name: string): string {
  return name.toLowerCase().replaceAll(':', '.').replace(/[-_]/g, '');
}

/** A name as the environment writes it: `kms.client-key-file` is set by `KMS_CLIENTKEYFILE`, too. */
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** `namespace/name/key` without the namespace, which is often left to the command that applies the file. */
function secretKey(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

function sameSpace(one: string, other: string): boolean {
  const [left, right] = [one, other].map((name) => name.slice(0, name.indexOf('/')));
  return left === '' || right === '' || left === right;
}

/**
 * How near two files are: how many folders they have in common. Sources and tests of a module count as being in its own
 * folder, beside its settings.
 */
export function nearness(one: string, other: string): number {
  const [left, right] = [one, other].map((file) =>
    dirname(file)
      .replace(/[\\/](?:src|tests?)(?:[\\/].*)?$/, '')
      .split(/[\\/]/),
  );
  let count = 0;
  while (left !== undefined && count < left.length && left[count] === right?.[count]) count += 1;
  return count;
}
