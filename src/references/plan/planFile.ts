import { createHash } from 'node:crypto';
import type { PlannedEdit, PlannedFile, Replacement } from '../../model/patch';
import { Secret } from '../../model/secret';
import type { IntendedEdit } from './intent';
import { maskBothSides } from './preview';
import { type Proof, prove, type Source } from './proof';

/** The proven edits of one file, or the clients that stand in their way. */
export type FilePlan =
  | { readonly file: PlannedFile | undefined }
  | { readonly refused: readonly string[]; readonly reason: string };

/**
 * Proves the edits of one file. Where they cannot be proven together, each client is tried by itself: one that cannot be
 * proven must not take the others along.
 */
export async function planFile(
  source: Source,
  edits: readonly IntendedEdit[],
  replacement: Replacement,
): Promise<FilePlan> {
  const changes = edits.filter((edit) => edit.raw !== source.text.text.slice(edit.start, edit.end));
  if (changes.length === 0) return { file: undefined };
  const proof = await prove(source, changes);
  if (proof !== undefined) return { file: plannedFile(source, changes, proof, replacement) };
  const groups = [...new Set(changes.flatMap(({ groupIds }) => groupIds))];
  const failing: string[] = [];
  for (const id of groups)
    if (
      (await prove(
        source,
        changes.filter(({ groupIds }) => groupIds.includes(id)),
      )) === undefined
    )
      failing.push(id);
  return failing.length > 0
    ? {
        refused: failing,
        reason: 'The edit could not be proven: the new text does not read back as intended.',
      }
    : { refused: groups, reason: 'The edits of this file could not be proven together.' };
}

function plannedFile(
  source: Source,
  changes: readonly IntendedEdit[],
  proof: Proof,
  replacement: Replacement,
): PlannedFile {
  return {
    file: source.file,
    sha256: createHash('sha256').update(source.bytes).digest('hex'),
    content: proof.rewritten.bytes,
    edits: plannedEdits(source, changes, proof),
    ...maskBothSides(
      source.notation.quotes,
      { text: source.text.text, findings: source.findings },
      proof,
      changes,
      replacement,
    ),
  };
}

function plannedEdits(
  { text, notation }: Source,
  edits: readonly IntendedEdit[],
  { rewritten }: Proof,
): readonly PlannedEdit[] {
  return rewritten.placed.flatMap((place) => {
    const edit = edits.find((one) => one.start === place.start);
    const [groupId, ...alsoOf] = edit?.groupIds ?? [];
    if (edit === undefined || groupId === undefined) return [];
    return [
      {
        groupId,
        ...(alsoOf.length > 0 && { alsoOf }),
        role: edit.role,
        notation: notation.name,
        start: edit.start,
        length: edit.end - edit.start,
        newStart: place.newStart,
        newLength: place.raw.length,
        before: new Secret(text.text.slice(edit.start, edit.end)),
        after: new Secret(place.raw),
      },
    ];
  });
}
