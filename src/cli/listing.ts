import { relative, sep } from 'node:path';
import type { Reference, ReferenceGroup, ScanResult } from '../model/reference';

/** One reference as `--json` prints it, in the order of its members. */
export interface ListedReference {
  /** Relative to the folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly role: Reference['role'];
  readonly notation: Reference['notation'];
  readonly group: string;
  readonly confidence: Reference['confidence'];
  readonly keyId?: string;
  /** `yes`, or why not. */
  readonly edit: string;
  readonly ticked: boolean;
}

/** The groups of a scan that are about a key, or may be; without a key all. */
export function groupsFor(scan: ScanResult, keyId: string | undefined): readonly ReferenceGroup[] {
  if (keyId === undefined) return scan.groups;
  return scan.groups.filter((group) => group.keyId === undefined || group.keyId === keyId);
}

/** The references of some groups in the order of files and lines. */
export function listReferences(
  folder: string,
  groups: readonly ReferenceGroup[],
): readonly ListedReference[] {
  const listed = groups.flatMap((group) =>
    group.references.map((reference): ListedReference => {
      const { file, range, role, notation, confidence } = reference;
      const keyId = reference.keyId ?? group.keyId;
      const edit = reference.notEditable ?? (group.editable ? 'yes' : heldUpBy(group));
      return {
        file: slashed(folder, file),
        line: range.line,
        column: range.column,
        role,
        notation,
        group: groupName(folder, group.id),
        confidence,
        ...(keyId !== undefined && { keyId }),
        edit,
        ticked: group.ticked && edit === 'yes',
      };
    }),
  );
  return listed.sort(
    (one, other) => compare(one.file, other.file) || one.line - other.line || one.column - other.column,
  );
}

/** For people: one line per reference below the name of its file. */
export function describeReferences(references: readonly ListedReference[]): string {
  const lines: string[] = [];
  for (const file of new Set(references.map((one) => one.file))) {
    lines.push(printable(file));
    for (const one of references.filter((other) => other.file === file)) {
      const place = `${one.line}:${one.column}`.padEnd(8);
      const state = one.edit === 'yes' ? (one.ticked ? '[x]' : '[ ]') : `not edited: ${one.edit}`;
      lines.push(
        `  ${place} ${one.role.padEnd(22)} ${one.confidence.padEnd(10)} ${(one.keyId ?? 'key unknown').padEnd(41)}  ${state}`,
      );
    }
  }
  const files = new Set(references.map((one) => one.file)).size;
  const ticked = references.filter((one) => one.ticked).length;
  lines.push(
    '',
    `${counted(references.length, 'reference')} in ${counted(files, 'file')}; ${ticked} would be patched ([x]).`,
  );
  return `${lines.join('\n')}\n`;
}

/** The path of a file below the folder, with `/`. */
export function slashed(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

/** The id of a group without the path of this machine. */
export function groupName(folder: string, id: string): string {
  return id.startsWith(folder)
    ? id
        .slice(folder.length + 1)
        .split(sep)
        .join('/')
    : id;
}

/** A file name may hold control characters, which a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** What another member of the group has in the way. */
function heldUpBy({ references }: ReferenceGroup): string {
  const reasons = references.flatMap(({ notEditable }) => notEditable ?? []);
  return reasons.find((reason) => reason !== 'lookup') ?? reasons[0] ?? 'unpaired';
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
