import { basename, dirname } from 'node:path';
import type { ResolvedClient } from './grouping';

/** Templates for people, which no program reads. */
const TEMPLATE = /[.-](?:example|sample|template|dist)(?:\.env)?$/i;

/**
 * The clients of environment files of which another environment file in the same folder (`.env.production` beside `.env`)
 * sets a part: a program that reads one over the other would get the new half of a pair with the old one.
 * @param names of all settings with a value, by file
 * @returns ids of clients
 */
export function overriddenInPart(
  clients: readonly ResolvedClient[],
  names: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const files = [...names.keys()].filter((file) => !TEMPLATE.test(basename(file)));
  const overridden = clients.filter(({ file, members }) => {
    const own = new Set(members.flatMap(({ found }) => found.name ?? []));
    return files.some((other) => {
      if (other === file || dirname(other) !== dirname(file)) return false;
      const set = [...own].filter((name) => names.get(other)?.has(name));
      return set.length > 0 && set.length < own.size;
    });
  });
  return new Set(overridden.map(({ id }) => id));
}
