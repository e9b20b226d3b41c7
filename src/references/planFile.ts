import { createHash } from 'node:crypto';
import type { PlannedEdit, PlannedFile, Replacement } from '../model/patch';
import { Secret } from '../model/secret';
import { type KnownKeys, toGroup } from './confidence';
import { type ResolvedClient, resolveClients } from './grouping';
import { type IntendedEdit, intendEdits } from './intent';
import type { Findings, Notation } from './notation';
import { maskBothSides } from './preview';
import { type Rewritten, rewrite } from './rewrite';
import { decodeText, type TextFile } from './textFile';
import { readWhole } from './walk';

/** What is asked of one file. */
export interface FileOrder {
  readonly groupIds: readonly string[];
  readonly keyId: string;
  readonly known: KnownKeys;
  readonly replacement: Replacement;
}

export interface FilePlan {
  readonly file?: PlannedFile;
  readonly refused: readonly { readonly groupId: string; readonly reason: string }[];
  /** A path was written that leads nowhere on this machine: the new files have to be delivered. */
  readonly deliver: boolean;
}

interface Source {
  readonly bytes: Buffer;
  readonly text: TextFile;
  readonly findings: Findings;
  readonly notation: Notation;
}

interface Proof {
  readonly rewritten: Rewritten;
  readonly findings: Findings;
}

/** Plans the edits of one file. Groups that cannot be patched are left out, each with its reason. */
export async function planFile(
  path: string,
  folder: string,
  notation: Notation,
  order: FileOrder,
): Promise<FilePlan> {
  const refused: { groupId: string; reason: string }[] = [];
  const refuse = (groupId: string, reason: string) => refused.push({ groupId, reason });
  const bytes = readWhole(path);
  const text = decodeText(bytes);
  const source: Source = { bytes, text, notation, findings: await notation.find(text.text) };
  const clients = resolveClients(
    { file: path, folder, notation: notation.name, text: text.text },
    source.findings.clients,
  );
  const accepted: IntendedEdit[] = [];
  for (const groupId of order.groupIds) {
    const client = clients.find((one) => one.id === groupId);
    const edits =
      client === undefined ? 'The reference has changed.' : judge(client, notation, text.text, order);
    if (typeof edits === 'string') refuse(groupId, edits);
    // Each group by itself first: one that cannot be proven must not take the others along.
    else if ((await prove(source, edits)) === undefined)
      refuse(groupId, 'The edit could not be proven: the new text does not read back as intended.');
    else accepted.push(...edits);
  }
  const changes = accepted.filter((edit) => edit.raw !== text.text.slice(edit.start, edit.end));
  if (changes.length === 0) return { refused, deliver: false };
  const proof = await prove(source, changes);
  if (proof === undefined) {
    for (const groupId of new Set(changes.map((edit) => edit.groupId)))
      refuse(groupId, 'The edits of this file could not be proven together.');
    return { refused, deliver: false };
  }
  return {
    file: {
      file: path,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      content: proof.rewritten.bytes,
      edits: plannedEdits(text.text, changes, proof.rewritten, notation),
      ...maskBothSides(
        notation.quotes,
        { text: text.text, findings: source.findings },
        proof,
        changes,
        order.replacement,
      ),
    },
    refused,
    deliver: changes.some((edit) => edit.unresolved),
  };
}

function judge(
  client: ResolvedClient,
  notation: Notation,
  text: string,
  order: FileOrder,
): readonly IntendedEdit[] | string {
  const group = toGroup(client, order.keyId, order.known);
  const obstacle = group.references.find((reference) => reference.notEditable !== undefined);
  if (obstacle !== undefined)
    return `The ${obstacle.role} cannot be edited here (${obstacle.notEditable}); key and password change together or not at all.`;
  return intendEdits(client, notation, text, order.replacement);
}

/** Makes the edits, parses the result and reads every value back at its place, among the same clients as before. */
async function prove(source: Source, edits: readonly IntendedEdit[]): Promise<Proof | undefined> {
  const rewritten = rewrite(source.bytes, source.text, distinct(edits));
  if (rewritten === undefined) return undefined;
  // From the bytes, as the next reader will see them.
  const reread = decodeText(rewritten.bytes);
  if (reread.text !== rewritten.text || reread.encoding !== source.text.encoding) return undefined;
  const findings = await source.notation.find(reread.text);
  const anchors = (found: Findings) => found.clients.map((client) => client.anchor).join('\n');
  if (anchors(findings) !== anchors(source.findings)) return undefined;
  const members = findings.clients.flatMap((client) => client.members);
  const readBack = edits.every((edit) => {
    const placed = rewritten.placed.find((one) => one.start === edit.start);
    return members.some(
      (member) =>
        placed !== undefined &&
        member.role === edit.role &&
        member.start === placed.newStart &&
        member.end === placed.newStart + placed.raw.length &&
        member.obstacle === undefined &&
        member.value === edit.value,
    );
  });
  return readBack ? { rewritten, findings } : undefined;
}

/** Clients that share a literal ask for the same edit twice. */
function distinct(edits: readonly IntendedEdit[]): readonly IntendedEdit[] {
  return [...new Map(edits.map((edit) => [`${edit.start}:${edit.raw}`, edit])).values()];
}

function plannedEdits(
  text: string,
  edits: readonly IntendedEdit[],
  { placed }: Rewritten,
  notation: Notation,
): readonly PlannedEdit[] {
  return placed.flatMap((place) => {
    const edit = edits.find((one) => one.start === place.start);
    if (edit === undefined) return [];
    return [
      {
        groupId: edit.groupId,
        role: edit.role,
        notation: notation.name,
        start: edit.start,
        length: edit.end - edit.start,
        newStart: place.newStart,
        newLength: place.raw.length,
        before: new Secret(text.slice(edit.start, edit.end)),
        after: new Secret(place.raw),
      },
    ];
  });
}
