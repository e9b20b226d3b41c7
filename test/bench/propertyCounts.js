// Plain JavaScript, required by mocha before TypeScript can be loaded. Writes how many cases the property tests of each
// notation had to the file BENCH_OUTPUT.
const { writeFileSync } = require('node:fs');

exports.mochaHooks = {
  afterAll() {
    const { propertyCounts } = require('../unit/references/property/property');
    writeFileSync(process.env.BENCH_OUTPUT, JSON.stringify(Object.fromEntries(propertyCounts)));
  },
};
