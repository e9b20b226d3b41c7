import { readFile, stat } from 'node:fs/promises';
import type { AuditEvidence } from '../../model/evidence';
import { type KnownReference, languageOf } from '../../model/explainCallers';
import { mentionedNear, namesOf } from '../../model/mentions';
import type { Reference, ReferenceGroup } from '../../model/reference';
import { pathIn } from '../paths';
import type { FolderScan } from './board';

/** Larger files are no source of a client; more files than these would make the answer slow. */
const MAX_BYTES = 1024 * 1024;
const MAX_FILES = 200;

/**
 * The clients of the workspace, each with what it shares with the callers in the log: the names near its references are
 * looked up now, and nothing else of the files is kept. Credential files are not read.
 */
export async function knownReferences(
  scans: readonly FolderScan[],
  evidence: AuditEvidence,
): Promise<readonly KnownReference[]> {
  const callers = evidence.instances.flatMap((instance) => instance.callers.map(({ caller }) => caller));
  const names = namesOf(callers);
  const texts = new Map<string, Promise<string>>();
  const textOf = (file: string): Promise<string> => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const text = texts.size < MAX_FILES ? readText(file) : Promise.resolve('');
    texts.set(file, text);
    return text;
  };
  const groups = scans.flatMap(({ folder, old, patched }) =>
    [...patched, ...old.groups].map((group) => ({ folder, group })),
  );
  return Promise.all(groups.map(({ folder, group }) => toKnown(folder, group, names, textOf)));
}

async function toKnown(
  folder: string,
  group: ReferenceGroup,
  names: ReadonlySet<string>,
  textOf: (file: string) => Promise<string>,
): Promise<KnownReference> {
  const sources = group.references.filter(({ notation }) => notation !== 'credential');
  const near = names.size === 0 ? [] : await Promise.all(sources.map((one) => namesNear(one, names, textOf)));
  const language = languageOf(sources.map(({ notation }) => notation));
  return {
    groupId: group.id,
    label: referenceLabel(folder, group),
    ...(language !== undefined && { language }),
    resources: [...new Set(near.flat())],
  };
}

async function namesNear(
  { file, range }: Reference,
  names: ReadonlySet<string>,
  textOf: (file: string) => Promise<string>,
): Promise<readonly string[]> {
  return mentionedNear(await textOf(file), range.line, names);
}

/** `src/main/java/OrderKmsClient.java:9`: the first place of a client names it. */
export function referenceLabel(folder: string, { id, references }: ReferenceGroup): string {
  const [first] = references;
  return first === undefined ? id : `${pathIn(folder, first.file)}:${first.range.line}`;
}

/** Empty if it cannot be read: then it explains nothing. */
async function readText(file: string): Promise<string> {
  try {
    return (await stat(file)).size > MAX_BYTES ? '' : await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
