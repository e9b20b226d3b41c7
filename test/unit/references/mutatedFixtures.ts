import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Findings, Notation } from '../../../src/references/notation';
import { TooSlow } from '../../../src/references/notation';
import { decodeText } from '../../../src/references/text/decodeText';
import { notations, root } from './demoWorkspace';
import { slashed } from './fixtureFolder';

/** A file of a fixture, with the notation that reads it. */
export interface Sample {
  readonly name: string;
  readonly notation: Notation;
  readonly text: string;
}

/** All files of all fixtures that a notation reads, before and after. */
export function readSamples(): readonly Sample[] {
  const folder = join(root, 'test', 'workspace');
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => {
      const name = slashed(relative(folder, file));
      // The path below the fixture's `before` or `after`, as the scan would see it.
      const notation = notations.covering(name.split('/').slice(2).join('/')) ?? notations.for(file);
      return notation === undefined ? [] : [{ name, notation, text: decodeText(readFileSync(file)).text }];
    });
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What breaks parsers: ends of everything, marks of everything, and what is no character at all. */
const PIECES = [
  ...'"\'`\\{}[]()<>=:;,#$%&*@!|-/\n\r\t\0 ',
  '${',
  '{{',
  '}}',
  '"""',
  "'''",
  '<<EOF\n',
  '/*',
  '*/',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '---\n',
  '&a',
  '*a',
  '\\u',
  '\\x',
  '\r\n',
  '\ud800',
  '\ufeff',
  '密',
  'KAAP.',
  '  ',
];

/** Breaks a text in one to four places: cut, doubled, moved, or with something put between. */
export function mutate(text: string, other: string, random: () => number): string {
  const at = (length: number) => Math.floor(random() * (length + 1));
  let mutated = text;
  for (let count = Math.floor(random() * 4); count >= 0; count -= 1) {
    const [start, end] = [at(mutated.length), at(mutated.length)].sort((one, next) => one - next);
    const [from = 0, to = 0] = [start, end];
    const near = Math.min(to, from + 1 + Math.floor(random() * 40));
    const piece = PIECES[Math.floor(random() * PIECES.length)] ?? '';
    const foreign = at(other.length);
    const texts = [
      () => mutated.slice(0, from) + mutated.slice(near),
      () => mutated.slice(0, near) + mutated.slice(from),
      () => mutated.slice(0, from),
      () => mutated.slice(0, from) + piece + mutated.slice(from),
      () => mutated.slice(0, from) + piece.repeat(1 + Math.floor(random() * 30)) + mutated.slice(near),
      () => mutated.slice(0, from) + other.slice(foreign, foreign + 60) + mutated.slice(from),
      () => mutated.slice(0, from) + mutated.slice(to) + mutated.slice(from, to),
      () => mutated.slice(from, to).repeat(3),
    ];
    mutated = texts[Math.floor(random() * texts.length)]?.() ?? mutated;
  }
  return mutated;
}

/** A file takes no longer than this of the processor; the parsers stop themselves a little before. */
const LIMIT_MS = 1500;

/** Reads a text and says what is wrong with what comes of it, or nothing. */
export async function findFault({ notation }: Sample, text: string): Promise<string | undefined> {
  const started = process.cpuUsage();
  let findings: Findings;
  try {
    findings = await notation.find(text);
  } catch (error) {
    if (error instanceof TooSlow) return undefined;
    return `crashed: ${error instanceof Error ? error.stack : error}`;
  }
  const { user, system } = process.cpuUsage(started);
  const ms = (user + system) / 1000;
  if (ms > LIMIT_MS) return `took ${Math.round(ms)} ms`;
  const { clients, settings = [], mounts = [], hidden } = findings;
  const values = [
    ...clients.flatMap(({ members }) => members),
    ...settings,
    ...mounts.flatMap(({ source, target }) => (target === undefined ? [source] : [source, target])),
    ...hidden,
  ];
  const outside = values.find(
    ({ start, end }) =>
      !(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length),
  );
  return outside === undefined
    ? undefined
    : `a range outside of the text: ${outside.start} to ${outside.end}`;
}
