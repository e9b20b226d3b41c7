import { onParentGone } from '../run/parent';
import { benchAudit } from './audit';
import type { Figure } from './figure';
import { benchReferences } from './references';
import { benchScan } from './scan';
import { benchStartup } from './startup';
import { benchSweep } from './sweep';
import { benchTree } from './tree';

/** Every bench by its name. */
const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  startup: benchStartup,
  references: benchReferences,
  scan: benchScan,
  audit: benchAudit,
  sweep: async () => [...(await benchSweep()), ...(await benchTree())],
};

/**
 * Runs the benches named (none: all) and prints each figure beside its target.
 * `--json`: nothing on stdout but one array of figures; what is being done goes to stderr.
 * @returns the exit code: 1 when a figure misses its target
 */
async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const asked = args.filter((arg) => !arg.startsWith('--'));
  const names = asked.length > 0 ? asked : Object.keys(BENCHES);
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) {
    console.error(`No such bench: ${unknown.join(', ')}. Benches: ${Object.keys(BENCHES).join(', ')}`);
    return 2;
  }
  if (json) console.log = console.error;
  const figures: Figure[] = [];
  for (const name of names) figures.push(...((await BENCHES[name]?.()) ?? []));
  if (json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  else printTable(figures);
  return figures.every(({ holds }) => holds) ? 0 : 1;
}

function printTable(figures: readonly Figure[]): void {
  const rows = figures.map(({ bench, figure, volume, value, unit, target, holds }) => [
    bench,
    figure,
    volume?.toLocaleString('en') ?? '',
    String(value),
    unit,
    target ?? '',
    target === null ? '' : holds ? 'yes' : 'NO',
  ]);
  const all = [['bench', 'figure', 'volume', 'value', 'unit', 'target', 'holds'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  console.log();
  for (const row of all) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

onParentGone(() => process.exit(1));
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
