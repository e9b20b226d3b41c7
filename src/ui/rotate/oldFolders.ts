import { dirname } from 'node:path';
import type { ReferenceGroup } from '../../model/reference';

/** Folders that hold the old credential, by the references of the workspace; the surest one first. */
export function oldFolders(groups: readonly ReferenceGroup[]): string[] {
  const rank = { confirmed: 0, probable: 1, possible: 2 };
  const references = groups
    .flatMap((group) => group.references)
    .filter((reference) => reference.target !== undefined && reference.role === 'keyFile')
    .sort((one, other) => rank[one.confidence] - rank[other.confidence]);
  return [...new Set(references.map((reference) => dirname(reference.target ?? '')))];
}
