import { dirname } from 'node:path';
import type { FoundFile } from '../foundFile';
import { isInside } from './writtenPath';

/** Files of values that Terraform reads. */
const VALUES = /\.tfvars(?:\.json)?$/i;

/**
 * Marks values that a client key of Terraform is made from: with another value an apply would delete the key and create a
 * new one (docs/facts.md NAME-11). They lie beside the file that uses them, or below it, a folder for each environment.
 */
export function markReplacing(files: readonly FoundFile[]): readonly FoundFile[] {
  const users = files.flatMap(({ file, clients }) => {
    const names = clients.flatMap(({ madeFrom = [] }) => madeFrom);
    return names.length === 0 ? [] : [{ folder: dirname(file), names }];
  });
  if (users.length === 0) return files;
  return files.map((source) => {
    if (!VALUES.test(source.file)) return source;
    const names = new Set(users.flatMap((user) => (isInside(source.file, user.folder) ? user.names : [])));
    const clients = source.clients.map((client) =>
      client.members.some(({ name }) => name !== undefined && names.has(name))
        ? { ...client, members: client.members.map((one) => ({ ...one, obstacle: 'replaces' as const })) }
        : client,
    );
    return { ...source, clients };
  });
}
