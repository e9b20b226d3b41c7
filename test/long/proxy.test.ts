import { describeProxy } from '../e2e/proxyStory';
import { ensureBrowser } from '../host/browser';
import { prepareVscode } from '../host/prepare';

const SETUP_MS = 20 * 60_000;
const STEP_MS = 120_000;

describe('in every mode', function () {
  this.timeout(STEP_MS);
  before(async function () {
    this.timeout(SETUP_MS);
    await prepareVscode();
    await ensureBrowser();
  });
  describeProxy({ leads: ['override', 'fallback', 'on'], exceptions: true });
});
