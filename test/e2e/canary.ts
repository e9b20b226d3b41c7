import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Workbench } from '../host/workbench';

/** A secret seen where it must not be; `secret` is its name, never its value. */
export interface Sighting {
  readonly secret: string;
  readonly where: string;
}

interface Places {
  /** Settings, logs, state and journals of VS Code and its extensions. */
  readonly dataDir: string;
  readonly workbench: Workbench;
  readonly serverOutput: string;
}

/** A part of a long secret this long is as telling as the whole, and stands on one line wherever it is wrapped. */
const ENOUGH = 48;

/**
 * Looks for secrets in all that VS Code keeps and shows: files below its data folder, the page with its webviews, the
 * browser's storage, console and server output; as they are, and in the encodings that hide them from a plain search.
 * @param secrets by name
 */
export async function findSecrets(
  secrets: Readonly<Record<string, string>>,
  places: Places,
): Promise<Sighting[]> {
  const needles = Object.entries(secrets).map(([secret, value]) => ({ secret, forms: encodedForms(value) }));
  const sightings: Sighting[] = [];
  const look = (where: string, text: string) => {
    for (const { secret, forms } of needles) {
      if (forms.some((form) => text.includes(form))) sightings.push({ secret, where });
    }
  };
  for (const file of await filesBelow(places.dataDir)) {
    // latin1 keeps every byte: binary files are searched as well.
    look(path.relative(places.dataDir, file), await readFile(file, 'latin1').catch(() => ''));
  }
  for (const frame of places.workbench.page.frames()) {
    look(`page ${frame.url().replace(/[?#].*/, '')}`, await frame.content().catch(() => ''));
    look(`address ${frame.name()}`, frame.url());
  }
  look('storage of the browser', await browserStorage(places.workbench.page));
  look('console of the page', places.workbench.consoleLines().join('\n'));
  look('output of the server', places.serverOutput);
  return sightings;
}

/** The secret as such and as JSON, URL and base64 show it, the last at each of the three positions it can have. */
export function encodedForms(secret: string): string[] {
  const start = Math.max(0, Math.floor((secret.length - ENOUGH) / 2));
  const part = secret.slice(start, start + ENOUGH);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('-'.repeat(shift) + part).toString('base64');
    // The characters at the ends depend on the neighbours.
    return encoded.slice(shift === 0 ? 0 : 4, encoded.length - 4);
  });
  return [...new Set([part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part), ...base64])];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** Runs in the page, hence as text: these sources know no DOM. */
const DUMP_STORAGE = `(async () => {
  const result = { local: { ...localStorage }, session: { ...sessionStorage }, databases: [] };
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const store of database.objectStoreNames) {
      const values = await new Promise((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      result.databases.push({ name, store, values: values.map((v) => typeof v === 'string' ? v : JSON.stringify(v)) });
    }
    database.close();
  }
  return JSON.stringify(result);
})()`;

/** What the page keeps in the storage of its browser: the state of the workbench, and its secrets as it encrypts them. */
export async function browserStorage(page: Page): Promise<string> {
  return String(await page.evaluate(DUMP_STORAGE));
}
