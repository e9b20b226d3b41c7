import { join } from 'node:path';
import type { Notation as NotationName, Reference, ReferenceGroup } from '../../../../src/model/reference';
import type { FoundFile } from '../../../../src/references/foundFile';
import type { FoundMember, FoundSetting, Lookup } from '../../../../src/references/notation';
import { credential } from '../../../../src/references/notations/credential';
import { linkScan, type WorkspaceScan } from '../../../../src/references/scan/scan';
import {
  credentialText,
  OLD_KEY,
  OLD_PASSWORD,
  privateKeys,
  temporaryFolder,
  writeFiles,
} from '../demoWorkspace';

/** A value of a file, its range left out: each gets one of its own. */
type Loose<T> = Omit<T, 'start' | 'end'>;

/** What a file is said to hold, as a notation would find it. */
export interface Told {
  readonly notation?: NotationName;
  readonly context?: 'specific' | 'weak';
  readonly guessed?: boolean;
  readonly documentation?: boolean;
  /** By anchor. */
  readonly clients?: Readonly<Record<string, readonly Loose<FoundMember>[]>>;
  readonly settings?: readonly Loose<FoundSetting>[];
  /** Source and target. */
  readonly mounts?: readonly (readonly [string, string])[];
}

export const keyFile = (value: string): Loose<FoundMember> => ({ role: 'keyFile', value });
export const password = (value = OLD_PASSWORD): Loose<FoundMember> => ({ role: 'password', value });
export const passwordFile = (value: string): Loose<FoundMember> => ({ role: 'passwordFile', value });

/** A member whose value is set elsewhere. */
export function lookUp(
  role: FoundMember['role'],
  place: Lookup['in'],
  name: string,
  indirect = false,
): Loose<FoundMember> {
  return { role, obstacle: 'lookup', lookup: { in: place, name, ...(indirect && { indirect }) } };
}

export function env(name: string, value: string): Loose<FoundSetting> {
  return { in: 'environment', name, value };
}

export const KEY = `keys/clientKey_${OLD_KEY}.json`;
export const PASSWORD_FILE = `keys/clientKey_${OLD_KEY}_Password.txt`;

/**
 * Links what some files are said to hold, beside files that are really there: `keys` with the old credential under its own
 * name and, with the same content, as `client.json`.
 */
export async function link(
  told: Readonly<Record<string, Told>>,
  options: { readonly files?: Readonly<Record<string, string>>; readonly keyId?: string | undefined } = {},
): Promise<WorkspaceScan & { readonly folder: string; of(anchor: string): string[] | undefined }> {
  const folder = temporaryFolder();
  const { files = {} } = options;
  const keyId = 'keyId' in options ? options.keyId : OLD_KEY;
  const content = credentialText(OLD_KEY, (await privateKeys()).old);
  const real: Record<string, string> = {
    [KEY]: content,
    [PASSWORD_FILE]: OLD_PASSWORD,
    'keys/client.json': content,
    ...files,
  };
  writeFiles(folder, real);
  let place = 0;
  const placed = <T>(value: T) => {
    place += 100;
    return { ...value, start: place, end: place + 10, line: place, column: 1 };
  };
  const found = Object.entries(told).map(
    ([
      path,
      { notation = 'java', context = 'specific', clients = {}, settings = [], mounts = [], ...flags },
    ]): FoundFile => {
      // In one file a value that is both a member and a setting stands at one place.
      const members = new Map<object, FoundMember & { line: number; column: number }>();
      const once = (member: Loose<FoundMember>) => {
        const known = members.get(member) ?? placed(member);
        members.set(member, known);
        return known;
      };
      return {
        file: join(folder, path),
        folder,
        notation,
        clients: Object.entries(clients).map(([anchor, own]) => ({
          anchor,
          context,
          ...flags,
          members: own.map(once),
        })),
        settings: settings.map((setting) => {
          const twin = [...members.values()].find(
            ({ name, value }) => name === setting.name && value === setting.value,
          );
          return twin === undefined
            ? placed(setting)
            : { ...setting, start: twin.start, end: twin.end, line: twin.line, column: 1 };
        }),
        mounts: mounts.map(([source, target]) => ({
          source: placed({ value: source }),
          target: placed({ value: target }),
        })),
      };
    },
  );
  for (const [path, text] of Object.entries(real)) {
    const { clients } = await credential.find(text);
    if (clients[0]?.members[0]?.role !== 'credentialFile') continue;
    found.push({
      file: join(folder, path),
      folder,
      notation: 'credential',
      clients: clients.map((one) => ({
        ...one,
        members: one.members.map((member) => ({ ...member, line: 1, column: 1 })),
      })),
      settings: [],
      mounts: [],
    });
  }
  const scan = linkScan(found, keyId, { filesSeen: 0, skipped: [] });
  const of = (anchor: string) => {
    const group = scan.result.groups.find(
      ({ id }) => id === join(folder, anchor.split('#')[0] ?? '') + anchor.slice(anchor.indexOf('#')),
    );
    return group?.references.map((reference) => show(folder, reference));
  };
  return { ...scan, folder, of };
}

/** `.env password` or `A.java password (lookup)` */
export function show(folder: string, { file, role, notEditable }: Reference): string {
  const path = file.slice(folder.length + 1).replaceAll('\\', '/');
  return `${path} ${role}${notEditable === undefined ? '' : ` (${notEditable})`}`;
}

/** The groups that are not credential files themselves. */
export function clientGroups({ result }: WorkspaceScan): readonly ReferenceGroup[] {
  return result.groups.filter(({ references }) =>
    references.some(({ notation }) => notation !== 'credential'),
  );
}
