import type { Findings, FoundMember, FoundValue, Notation } from '../notation';
import { readWhole } from '../scan/readBytes';
import { decodeText } from '../text/decodeText';
import { type Rewritten, rewrite } from '../text/rewrite';
import type { TextFile } from '../text/textFile';
import type { IntendedEdit } from './intent';

/** A file as it is now, parsed. */
export interface Source {
  readonly file: string;
  readonly bytes: Buffer;
  readonly text: TextFile;
  /** What `files.encoding` says for it. */
  readonly encoding: string | undefined;
  readonly findings: Findings;
  readonly notation: Notation;
}

/** A text with edits made in it that were read back. */
export interface Proof {
  readonly rewritten: Rewritten;
  readonly findings: Findings;
}

/** Reads and parses a file. @returns undefined if it is gone or not understood any more */
export async function openSource(
  file: string,
  notation: Notation,
  encoding: string | undefined,
): Promise<Source | undefined> {
  try {
    const bytes = readWhole(file);
    const text = decodeText(bytes, encoding);
    return { file, bytes, text, encoding, notation, findings: await notation.find(text.text) };
  } catch {
    return undefined;
  }
}

/** The value that the scan saw, in units of the text; undefined where it stands there no more. */
export function valueInText({ findings, text }: Source, seen: FoundValue): string | undefined {
  return valuesAt(findings, seen.start, seen.end)
    .flatMap(({ value }) => value ?? [])
    .find((value) => text.decodeValue(value) === seen.value);
}

/**
 * Makes the edits, parses the result and reads every value back at its place, by everything that read it before, among
 * the same clients as before.
 */
export async function prove(source: Source, edits: readonly IntendedEdit[]): Promise<Proof | undefined> {
  const rewritten = rewrite(source.bytes, source.text, edits);
  if (rewritten === undefined) return undefined;
  // From the bytes, as the next reader will see them.
  const reread = decodeText(rewritten.bytes, source.encoding);
  if (reread.text !== rewritten.text || reread.encoding !== source.text.encoding) return undefined;
  const findings = await source.notation.find(reread.text);
  // A new value may make a new guess: it says nothing of what is known.
  const anchors = (found: Findings, also: ReadonlySet<string>) =>
    found.clients
      .filter(({ anchor, guessed }) => guessed !== true || also.has(anchor))
      .map(({ anchor }) => anchor)
      .join('\n');
  const guesses = new Set(source.findings.clients.map(({ anchor }) => anchor));
  if (anchors(findings, guesses) !== anchors(source.findings, guesses)) return undefined;
  const readBack = edits.every((edit) => {
    const placed = rewritten.placed.find((one) => one.start === edit.start);
    if (placed === undefined) return false;
    const isIntended = ({ value }: Standing) =>
      value !== undefined && reread.decodeValue(value) === edit.value;
    const before = valuesAt(source.findings, edit.start, edit.end);
    const after = valuesAt(findings, placed.newStart, placed.newStart + placed.raw.length);
    return (
      before.every((one) => after.some((other) => isSameKind(one, other))) &&
      after.some((one) => one.obstacle === undefined && isIntended(one)) &&
      after.every((one) => one.value === undefined || isIntended(one))
    );
  });
  return readBack ? { rewritten, findings } : undefined;
}

type Standing = FoundValue & Partial<Pick<FoundMember, 'role' | 'name'>>;

/** Everything that reads the value at a place: members of clients, settings, both ends of mounts. */
function valuesAt(findings: Findings, start: number, end: number): readonly Standing[] {
  const { clients, settings = [], mounts = [] } = findings;
  const all: readonly Standing[] = [
    ...clients.flatMap(({ members }) => members),
    ...settings,
    ...mounts.flatMap(({ source, target }) => (target === undefined ? [source] : [source, target])),
  ];
  return all.filter((one) => one.start === start && one.end === end);
}

function isSameKind(one: Standing, other: Standing): boolean {
  return one.role === other.role && one.name === other.name;
}
