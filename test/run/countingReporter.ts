import { type MochaOptions, type Runner, reporters } from 'mocha';

/** Mocha's own report, closed by the line `N passed, N failed` which the summary of all steps is made of. */
export default class CountingReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures } = this.stats;
      reporters.Base.consoleLog(`${passes} passed, ${failures} failed`);
    });
  }
}
