import type { Confidence, Reference, ReferenceGroup, ScanResult } from '../../model/reference';
import { folderName, pathIn } from '../paths';
import { confidenceText, roleText } from '../rotations/referenceRows';
import { notLookedAt, skippedText } from '../rotations/stepRows';
import type { Translate } from '../words';

/** A place that names a client key, as an entry of a quick pick. */
export interface ReferencePick {
  /** `src/application.properties:9` */
  readonly label: string;
  /** What the place stands for, how it is written, and how sure it is that this key is meant. */
  readonly description: string;
  readonly reference: Reference;
}

const ORDER: readonly Confidence[] = ['confirmed', 'probable', 'possible'];

/**
 * The places of a scan that lead to a key, or may lead to it, surest first.
 * @param folders of the workspace, absolute; a place is named from its folder on
 */
export function referencePicks(
  { groups }: Pick<ScanResult, 'groups'>,
  keyId: string,
  folders: readonly string[],
  t: Translate,
): ReferencePick[] {
  const places = groups
    .filter((group) => group.keyId === undefined || group.keyId === keyId)
    .flatMap((group) => group.references.map((reference) => ({ reference, group })));
  const rank = ({ group }: { group: ReferenceGroup }) => ORDER.indexOf(group.confidence);
  return places
    .sort((one, other) => rank(one) - rank(other) || inOrder(one.reference, other.reference))
    .map(({ reference, group }) => ({
      label: `${pathOf(reference.file, folders)}:${reference.range.line}`,
      description: [roleText(reference.role, t), reference.notation, confidenceText(group, t)].join(' · '),
      reference,
    }));
}

function inOrder(one: Reference, other: Reference): number {
  return one.file.localeCompare(other.file) || one.range.start - other.range.start;
}

/** Several folders may hold files of the same name. */
function pathOf(file: string, folders: readonly string[]): string {
  const folder = folders.find((each) => pathIn(each, file) !== file);
  if (folder === undefined) return file;
  const path = pathIn(folder, file);
  return folders.length > 1 ? `${folderName(folder)}/${path}` : path;
}

/** Files that the sentence names. */
const MAX_NAMED = 3;

/** What a scan looked at, for when it found nothing: how many files, and which it had to leave out. */
export function lookedAtText(
  { filesSeen, skipped }: Pick<ScanResult, 'filesSeen' | 'skipped'>,
  folders: readonly string[],
  t: Translate,
): string {
  const seen = filesSeen === 1 ? t('1 file was looked at.') : t('{0} files were looked at.', filesSeen);
  if (skipped.length === 0) return seen;
  const named = skipped
    .slice(0, MAX_NAMED)
    .map(({ file, reason }) => `${pathOf(file, folders)} (${skippedText(reason, t)})`);
  const rest = skipped.length > MAX_NAMED ? ', …' : '';
  return t('{0} {1}: {2}.', seen, notLookedAt(skipped.length, t), `${named.join(', ')}${rest}`);
}
