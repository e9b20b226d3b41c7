import { estateWorld, startSimulator } from '../simulator';

/** A simulator in a process of its own, so that its work is not measured with ours: `REGIONS AAPS_PER_REGION KEYS_PER_AAP`. */
const [regions = 25, aapsPerRegion = 40, keysPerAap = 2] = process.argv.slice(2).map(Number);

estateWorld({ regions, aapsPerRegion, keysPerAap })
  .then((world) => startSimulator({ world, quiet: false }))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
