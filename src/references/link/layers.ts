import { basename, dirname, join } from 'node:path';
import type { FoundFile } from '../foundFile';
import type { ResolvedClient } from './grouping';
import { isTemplate, relaxed } from './settingsIndex';

/** A file of settings of Spring, and its profile: `application-prod.yml` lies over `application.yml`. */
const SPRING = /^(application|bootstrap)(?:-([\w.-]+))?\.(?:properties|ya?ml)$/;

/**
 * The clients of which a file that is read over theirs sets a part: a program that reads one over the other would get the
 * new half of a pair with the old one.
 * @returns ids of clients
 */
export function overriddenInPart(
  clients: readonly ResolvedClient[],
  files: readonly FoundFile[],
): ReadonlySet<string> {
  return new Set([...byEnvironment(clients, files), ...byProfile(clients, files)]);
}

/** Clients of settings of Spring of which a profile in the folder sets a part. */
function byProfile(clients: readonly ResolvedClient[], files: readonly FoundFile[]): readonly string[] {
  const layers = files.flatMap((source) => {
    const [, name, profile] = SPRING.exec(basename(source.file)) ?? [];
    return name === undefined ? [] : [{ source, profile, place: join(dirname(source.file), name) }];
  });
  return layers
    .filter(({ profile }) => profile === undefined)
    .flatMap(({ source: base, place }) => {
      const over = layers.filter((other) => other.place === place && other.profile !== undefined);
      const isInPart = (client: ResolvedClient) => over.some(({ source }) => setsPart(source, base, client));
      return clients.filter(isInPart).map(({ id }) => id);
    });
}

/** Whether a file sets some, and not all, of what a client has in another one. */
function setsPart(over: FoundFile, base: FoundFile, { members }: ResolvedClient): boolean {
  const places = new Set(members.flatMap((one) => (one.file === base.file ? [one.found.start] : [])));
  const own = new Set(base.settings.flatMap(({ name, start }) => (places.has(start) ? [relaxed(name)] : [])));
  const set = new Set(over.settings.map(({ name }) => relaxed(name)));
  const both = [...own].filter((name) => set.has(name));
  return both.length > 0 && both.length < own.size;
}

/** Clients of environment files of which another one in the folder (`.env.production` beside `.env`) sets a part. */
function byEnvironment(clients: readonly ResolvedClient[], files: readonly FoundFile[]): readonly string[] {
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
  return overridden.map(({ id }) => id);
}
