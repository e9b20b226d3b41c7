import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createSweeper } from '../../../../src/ui/expiry/sweeper';
import { tell } from './windows';

// A window for sweeper.test.ts. Arguments: the shared folder, time between sweeps in ms, `hang` to sweep for ever.
const [folder = '', interval, mode] = process.argv.slice(2);

const sweeper = createSweeper({
  folder,
  accounts: () => [{ accountId: 'cli:prod' }],
  interval: () => Number(interval),
  staleMs: 2000,
  async sweep(accountId) {
    tell('begin', [accountId]);
    await setTimeout(mode === 'hang' ? 60_000 : randomInt(5, 60));
    tell('end', [accountId]);
    return 'done';
  },
});

async function live(): Promise<void> {
  for (;;) {
    await sweeper.sweepIfDue();
    await setTimeout(randomInt(10));
  }
}

void live();
