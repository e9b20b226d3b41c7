import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path, { relative } from 'node:path';
import { planPatch } from '../../src/references/plan/plan';
import { scanWorkspace } from '../../src/references/scan/scan';
import { startGuarded } from '../host/guardedProcess';
import { step } from '../run/step';
import { notations } from '../unit/references/demoWorkspace';
import {
  expectedOf,
  fixtureNames,
  type Listed,
  listedBy,
  openFixture,
  slashed,
} from '../unit/references/fixtureFolder';
import { atLeast, atMost, type Figure } from './figure';

const PROJECT = path.resolve(__dirname, '../..');
/** What each notation has to show. */
const CASES_PER_NOTATION = 1000;

/** Whether references are found and nothing else is, over all fixtures, and what the property tests say. */
export async function benchReferences(): Promise<Figure[]> {
  let expected = 0;
  let found = 0;
  let decoyEdits = 0;
  await step('fixtures', async () => {
    for (const name of fixtureNames()) {
      const seen = await lookAt(name);
      expected += seen.expected;
      found += seen.found;
      decoyEdits += seen.decoyEdits;
    }
  });
  const { cases, failures } = await step('property tests', runPropertyTests);
  const counts = Object.values(cases);
  return [
    atLeast('references', 'notations', new Set(Object.keys(cases)).size, '', null),
    atLeast('references', 'recall', found / expected, '', 1),
    atMost('references', 'decoyEdits', decoyEdits, '', 0),
    atLeast(
      'references',
      'propertyCases',
      counts.reduce((sum, one) => sum + one, 0),
      '',
      counts.length * CASES_PER_NOTATION,
    ),
    atMost('references', 'propertyFailures', failures, '', 0),
  ];
}

/**
 * Scans a fixture, and patches in memory everything that can be patched, ticked or not: an edit anywhere but at an
 * expected reference is one in a decoy.
 */
async function lookAt(name: string): Promise<{ expected: number; found: number; decoyEdits: number }> {
  const { folder, order, replacement } = await openFixture(name);
  const { result } = await scanWorkspace(order, notations);
  const expected = new Set(expectedOf(name).map(placeOf));
  const found = listedBy(result, name, folder).filter((one) => expected.has(placeOf(one)));
  const groupIds = result.groups.filter(({ editable }) => editable).map(({ id }) => id);
  const plan = await planPatch({ ...order, groupIds, replacement }, notations, {
    isCommitted: async () => false,
  });
  const lines = new Map(
    result.groups
      .flatMap(({ references }) => references)
      .map((one) => [`${one.file}:${one.range.start}`, one.range]),
  );
  const edits = plan.files.flatMap(({ file, edits: inFile }) =>
    inFile
      // Credential files are expected in the one fixture that is about them; in others they change with their clients.
      .filter(({ notation }) => name === 'credential' || notation !== 'credential')
      .map(({ start }) => {
        const { line = 0, column = 0 } = lines.get(`${file}:${start}`) ?? {};
        return placeOf({ file: slashed(relative(folder, file)), line, column });
      }),
  );
  return {
    expected: expected.size,
    found: new Set(found.map(placeOf)).size,
    decoyEdits: edits.filter((place) => !expected.has(place)).length,
  };
}

const placeOf = ({ file, line, column }: Listed) => `${file}:${line}:${column}`;

async function runPropertyTests(): Promise<{ cases: Record<string, number>; failures: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-references-'));
  const output = path.join(folder, 'counts.json');
  try {
    const args = [
      '--require',
      path.join(__dirname, 'propertyCounts.js'),
      '--reporter',
      'test/run/countingReporter.ts',
    ];
    const child = startGuarded(
      process.execPath,
      [require.resolve('mocha/bin/mocha.js'), ...args, 'test/unit/references/property/**/*.test.ts'],
      { cwd: PROJECT, env: { ...process.env, BENCH_OUTPUT: output } },
    );
    await child.ended;
    const failed = /(\d+) passed, (\d+) failed/.exec(child.output())?.[2];
    if (failed === undefined) throw new Error(`The property tests did not end:\n${child.output()}`);
    if (failed !== '0') console.log(child.output());
    const counts: Record<string, { cases: number }> = JSON.parse(await readFile(output, 'utf8'));
    const cases = Object.fromEntries(Object.entries(counts).map(([name, one]) => [name, one.cases]));
    return { cases, failures: Number(failed) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
