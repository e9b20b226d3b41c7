import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE_FOLDER } from '../host/vscodeServer';
import { step } from '../run/step';
import { plantedFiles } from './scanPlanted';

/** Raised when what is generated changes. */
const VERSION = 1;
const FOLDERS = 2500;
const FILES_PER_FOLDER = 20;
const SMALLEST = 2000;
/** The largest file is this many times as large as the smallest: on average 10 kB. */
const SPREAD = 15.5;

/** File name endings by how many of a hundred files have them. About a third is of no notation, or configures. */
const ENDINGS: Readonly<Record<string, number>> = {
  java: 15,
  ts: 12,
  js: 9,
  go: 8,
  py: 8,
  cs: 4,
  php: 4,
  kt: 3,
  rs: 3,
  html: 5,
  css: 4,
  md: 6,
  json: 6,
  yaml: 3,
  xml: 3,
  properties: 2,
  sh: 1,
  sql: 2,
  svg: 1,
  txt: 1,
};

/** Words of ordinary sources, the frequent ones first: each is taken less often than the one before. */
const WORDS =
  'the return if const self this import public String new int for let err null function value name data get list key ' +
  'request response user type error string id map result path file private static class void async await test config ' +
  'context model service item index length options params default export from client order status message event node ' +
  'query url token session handler update create delete find filter buffer stream encode decode parse format json xml ' +
  'password account payment customer invoice shipping address currency amount total price quantity catalog product cart ' +
  'repository controller middleware component props state effect render template layout header footer section button ' +
  'label input output select option checked disabled loading visible width height margin padding border color font size ' +
  'keyStore publicKey getKey apiKey primaryKey foreignKey cacheKey clientId clientSecret httpClient redisClient kmsClient ' +
  'connection pool timeout retry backoff attempt deadline cancel channel queue worker thread mutex lock signal promise ' +
  'logger debug info warn trace metric counter gauge histogram span scope tenant region zone cluster replica shard ' +
  'KEY API_KEY MAX_RETRIES DEFAULT_TIMEOUT HTTP_OK CONTENT_TYPE UTF8 NULL TRUE FALSE SELECT INSERT UPDATE WHERE JOIN';

const GAPS = [
  ' ',
  ' ',
  ' ',
  '.',
  '.',
  '(',
  ')',
  ', ',
  ' = ',
  ';\n',
  ' {\n  ',
  '}\n',
  '\n',
  '"',
  ': ',
  '/',
  ' // ',
  '[',
  ']',
];

/** The workspace that scans are measured on. */
export interface BenchWorkspace {
  readonly folder: string;
  /** Files in which a reference stands, relative to the folder. */
  readonly planted: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

/** Makes a workspace of 50,000 files and 500 MB below `.vscode-test`, the same at each call, if it is not there yet. */
export async function ensureWorkspace(): Promise<BenchWorkspace> {
  const folder = path.join(CACHE_FOLDER, 'bench-scan');
  const note = path.join(folder, 'workspace.json');
  if (existsSync(note)) {
    const known: { version: number } & BenchWorkspace = JSON.parse(readFileSync(note, 'utf8'));
    if (known.version === VERSION) return { ...known, folder: path.join(folder, 'workspace') };
  }
  return step('a workspace of 50,000 files and 500 MB', async () => {
    const partial = `${folder}.partial-${process.pid}`;
    await rm(partial, { recursive: true, force: true });
    const made = await generate(path.join(partial, 'workspace'));
    await writeFile(path.join(partial, 'workspace.json'), JSON.stringify({ version: VERSION, ...made }));
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    return { ...made, folder: path.join(folder, 'workspace') };
  });
}

async function generate(folder: string): Promise<Omit<BenchWorkspace, 'folder'>> {
  const random = createRandom(42);
  const text = makeText(random, 4_000_000);
  const endings = Object.entries(ENDINGS).flatMap(([ending, count]) =>
    Array.from({ length: count }, () => ending),
  );
  const planted = plantedFiles();
  const step = Math.floor(FOLDERS / planted.length);
  let bytes = 0;
  let files = 0;
  for (let index = 0; index < FOLDERS; index += 1) {
    const at = path.join(`module${index % 25}`, `package${Math.floor(index / 25) % 10}`, `part${index}`);
    await mkdir(path.join(folder, at), { recursive: true });
    const inFolder: { name: string; content: string }[] = [];
    for (let number = 0; number < FILES_PER_FOLDER; number += 1) {
      const size = Math.floor(SMALLEST * SPREAD ** random());
      const start = Math.floor(random() * (text.length - size));
      const ending = endings[Math.floor(random() * endings.length)] ?? 'txt';
      inFolder.push({ name: `file${number}.${ending}`, content: text.slice(start, start + size) });
    }
    const own = index % step === 0 ? planted[index / step] : undefined;
    if (own !== undefined)
      for (const [name, content] of Object.entries(own)) inFolder.push({ name, content });
    for (const { name, content } of inFolder) {
      await writeFile(path.join(folder, at, name), content);
      bytes += content.length;
      files += 1;
    }
  }
  const names = planted.flatMap((own, position) => {
    const index = position * step;
    const at = `module${index % 25}/package${Math.floor(index / 25) % 10}/part${index}`;
    return Object.keys(own).map((name) => `${at}/${name}`);
  });
  return { planted: names, files, bytes };
}

function makeText(random: () => number, length: number): string {
  const words = WORDS.split(' ');
  const parts: string[] = [];
  for (let size = 0; size < length; ) {
    const word = words[Math.floor(words.length * random() ** 2)] ?? '';
    const gap = GAPS[Math.floor(GAPS.length * random())] ?? ' ';
    parts.push(word, gap);
    size += word.length + gap.length;
  }
  return parts.join('');
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
