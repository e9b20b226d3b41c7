import { writeFileSync } from 'node:fs';
import { propertyCounts } from '../unit/references/property/property';

/** Required by mocha in a run of property tests: writes how many cases each notation had to the file BENCH_OUTPUT. */
export const mochaHooks = {
  afterAll() {
    const { BENCH_OUTPUT: output = '' } = process.env;
    writeFileSync(output, JSON.stringify(Object.fromEntries(propertyCounts)));
  },
};
