import type { PatchPlan, PatchWarning, PlannedFile, Replacement } from '../model/patch';
import type { ResolvedClient } from './grouping';
import type { Notations } from './notations';
import { planFile } from './planFile';
import { type ScanOrder, scanWorkspace } from './scan';

/** Which groups to patch, and with what. Same as the `PatchRequest` of rotation/. */
export interface PatchOrder extends ScanOrder {
  readonly groupIds: readonly string[];
  readonly replacement: Replacement;
}

export interface PlanOptions {
  readonly signal?: AbortSignal;
  /** Whether git would commit the file with its next `git add`: then a password in it gets a warning. */
  readonly isCommitted: (file: string) => Promise<boolean>;
}

/**
 * Plans the patch of some groups from the files as they are now and proves it in memory: edit, parse again, read every
 * edited value back, compare every byte outside. A group that fails is refused as a whole. Writes nothing.
 */
export async function planPatch(
  order: PatchOrder,
  notations: Notations,
  { signal, isCommitted }: PlanOptions,
): Promise<PatchPlan> {
  const scan = await scanWorkspace(order, notations, signal === undefined ? {} : { signal });
  const wanted = new Map(scan.clients.map((client) => [client.id, client]));
  const refused = order.groupIds
    .filter((id) => !wanted.has(id))
    .map((groupId) => ({ groupId, reason: 'The reference is no longer there.' }));
  const files: PlannedFile[] = [];
  const warnings: PatchWarning[] = [];
  for (const clients of byFile(order.groupIds.flatMap((id) => wanted.get(id) ?? []))) {
    const [first] = clients;
    const notation = first === undefined ? undefined : notations.for(first.file);
    if (first === undefined || notation === undefined) continue;
    const planned = await planFile(first.file, first.folder, notation, {
      groupIds: clients.map((client) => client.id),
      keyId: order.keyId,
      known: scan.known,
      replacement: order.replacement,
    });
    refused.push(...planned.refused);
    if (planned.file === undefined) continue;
    files.push(planned.file);
    if (planned.deliver) warnings.push({ kind: 'deliverFiles', file: first.file });
    const holdsSecret = planned.file.edits.some(({ role }) => role === 'password' || role === 'keyContent');
    if (holdsSecret && (await isCommitted(first.file)))
      warnings.push({ kind: 'commitsPassword', file: first.file });
  }
  return { files, warnings, refused };
}

function byFile(clients: readonly ResolvedClient[]): readonly (readonly ResolvedClient[])[] {
  const files = new Map<string, ResolvedClient[]>();
  for (const client of new Set(clients)) {
    const same = files.get(client.file);
    if (same === undefined) files.set(client.file, [client]);
    else same.push(client);
  }
  return [...files.values()];
}
