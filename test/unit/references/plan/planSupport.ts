import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { PatchPlan, Replacement } from '../../../../src/model/patch';
import type { ReferenceGroup, Strategy } from '../../../../src/model/reference';
import { Secret } from '../../../../src/model/secret';
import { type PatchOrder, planPatch } from '../../../../src/references/plan/plan';
import { scanWorkspace } from '../../../../src/references/scan/scan';
import {
  credentialText,
  NEW_KEY,
  NEW_PASSWORD,
  notations,
  OLD_KEY,
  OLD_PASSWORD,
  OTHER_KEY,
  privateKeys,
  temporaryFolder,
  writeFiles,
} from '../demoWorkspace';

export const NEW_NAME = `clientKey_${NEW_KEY}.json`;
export const NEW_PASSWORD_NAME = `clientKey_${NEW_KEY}_Password.txt`;

/** The old credential, and one of another key that the same password opens. */
export async function oldFiles() {
  const { old } = await privateKeys();
  return { old: credentialText(OLD_KEY, old), other: credentialText(OTHER_KEY, old) };
}

export interface Bench {
  readonly folder: string;
  readonly replacement: Replacement;
  /** The groups of the old key, by the name of their file. */
  groups(): Promise<readonly ReferenceGroup[]>;
  plan(change?: Partial<PatchOrder> & { readonly git?: (file: string) => string }): Promise<PatchPlan>;
  /** Writes what a plan says. */
  write(plan: PatchPlan): void;
  read(name: string): string;
  name(file: string): string;
}

/** A workspace with some files, and the new pair in a folder outside of it. */
export async function openBench(
  files: Readonly<Record<string, string | Uint8Array>>,
  change: Partial<Replacement> = {},
): Promise<Bench> {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const outside = temporaryFolder();
  const { fresh } = await privateKeys();
  writeFiles(outside, { [NEW_NAME]: credentialText(NEW_KEY, fresh), [NEW_PASSWORD_NAME]: NEW_PASSWORD });
  const replacement: Replacement = {
    keyId: NEW_KEY,
    password: new Secret(NEW_PASSWORD),
    credentialFile: join(outside, NEW_NAME),
    passwordFile: join(outside, NEW_PASSWORD_NAME),
    ...change,
  };
  const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
  const groups = async () => (await scanWorkspace(order, notations)).result.groups;
  return {
    folder,
    replacement,
    groups,
    async plan({ git = () => 'notInWorkTree', ...asked } = {}) {
      const ticked = (await groups()).filter((group) => group.ticked).map((group) => group.id);
      return planPatch({ ...order, groupIds: ticked, replacement, ...asked }, notations, {
        isCommitted: async (file) => git(file) === 'notIgnored',
        isIgnored: async (file) => git(file) === 'ignored',
      });
    },
    write({ copies, files: planned }) {
      for (const { file, content } of [...copies, ...planned]) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    name: (file) => relative(folder, file).split(sep).join('/'),
  };
}

/** The same strategy for all groups. */
export function all(groups: readonly ReferenceGroup[], strategy: Strategy): Record<string, Strategy> {
  return Object.fromEntries(groups.map(({ id }) => [id, strategy]));
}

export const envClient = (key: string, password = OLD_PASSWORD) =>
  `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=${key}\nALIBABA_CLOUD_KMS_PASSWORD='${password}'\n`;
export const propertiesClient = (key: string, password: string) =>
  `credentials_type=client_key\nclient_key_private_key_path=${key}\nclient_key_password_from_file_path=${password}\n`;
