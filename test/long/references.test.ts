import { readdirSync } from 'node:fs';
import path from 'node:path';

// The tests of the ordinary run that have a size, as large as volume.js says.
const unit = path.join(__dirname, '../unit/references');
const properties = readdirSync(path.join(unit, 'property')).filter((name) => name.endsWith('.test.ts'));
for (const name of ['fuzz.test.ts', ...properties.map((name) => path.join('property', name))])
  require(path.join(unit, name));

// What takes a second with a thousand cases takes minutes here.
beforeEach(function () {
  this.timeout(60 * 60_000);
});
