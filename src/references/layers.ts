import { basename, dirname } from 'node:path';
import type { FoundFile } from './foundFile';
import type { ResolvedClient } from './grouping';

/** Templates for people, which no program reads. */
const TEMPLATE = /[.-](?:example|sample|template|dist)(?:\.env)?$/i;

/** Whether an environment file of this name is a template for people. */
export function isTemplate(fileName: string): boolean {
  return TEMPLATE.test(fileName);
}

/**
 * The clients of environment files of which another environment file in the same folder (`.env.production` beside `.env`)
 * sets a part: a program that reads one over the other would get the new half of a pair with the old one.
 * @returns ids of clients
 */
export function overriddenInPart(
  clients: readonly ResolvedClient[],
  files: readonly FoundFile[],
): ReadonlySet<string> {
  const names = new Map(
    files
      .filter(({ file, notation }) => notation === 'dotenv' && !isTemplate(basename(file)))
      .map(({ file, settings }) => [file, new Set(settings.map(({ name }) => name))]),
  );
  const overridden = clients.filter(({ members }) =>
    [...new Set(members.map(({ file }) => file))].some((file) => {
      const own = new Set(members.flatMap((one) => (one.file === file ? (one.found.name ?? []) : [])));
      return [...names].some(([other, set]) => {
        if (other === file || dirname(other) !== dirname(file)) return false;
        const both = [...own].filter((name) => set.has(name));
        return both.length > 0 && both.length < own.size;
      });
    }),
  );
  return new Set(overridden.map(({ id }) => id));
}
