import assert from 'node:assert/strict';
import { createRandom, findFault, mutate, readSamples } from './mutatedFixtures';

/** Of each notation; `npm run test:long` does many more. */
const CASES = Number(process.env.FUZZ_CASES ?? 40);

describe('broken files', function () {
  this.timeout(60_000 + CASES * 5000);
  const samples = readSamples();

  for (const name of [...new Set(samples.map(({ notation }) => notation.name))])
    it(`crash nothing and hold nothing up: ${name}, ${CASES} mutations`, async () => {
      const random = createRandom(42);
      const own = samples.filter(({ notation }) => notation.name === name);
      // Loads the grammar, which is not what is measured.
      await own[0]?.notation.find('');
      const pick = () => own[Math.floor(random() * own.length)];
      for (let at = 0; at < CASES; at += 1) {
        const [sample, other] = [pick(), pick()];
        if (sample === undefined || other === undefined) continue;
        const text = mutate(sample.text, other.text, random);
        assert.equal(await findFault(sample, text), undefined, `${sample.name}, case ${at}:\n${text}`);
      }
    });
});
