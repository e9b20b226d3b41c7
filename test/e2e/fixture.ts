import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../host/browser';
import { reportFailures } from '../host/failureReport';
import { ensurePackaged } from '../host/packagedExtension';
import { type Server, startServer } from '../host/server';
import type { Settings } from '../host/serverProfile';
import { openWorkbench, type Workbench } from '../host/workbench';
import { type Applications, startApplications } from '../simulator/applications/index';
import { createDemoWorkspace, type DemoWorkspace } from '../simulator/demoWorkspace';
import { DEMO_ACCESS_KEY, type Simulator, secondWorld, startSimulator } from '../simulator/index';

export interface FixtureOptions {
  /** A function gets the simulator, and a list of what is to be undone at the end. */
  readonly settings?: Settings | ((simulator: Simulator, later: Later) => Promise<Settings>);
  /** Environment of the extension host besides the simulator's account. */
  readonly env?: NodeJS.ProcessEnv;
  /** Leaves out the account: what somebody sees who has not signed in. */
  readonly withoutAccount?: boolean;
  readonly withoutApplications?: boolean;
  /** A second Alibaba Cloud account in the simulator, with the region and AAP names of the demo. */
  readonly withSecondAccount?: boolean;
  /** VS Code asks whether the folder is trusted, and it is not. */
  readonly untrusted?: boolean;
  /** The tests are steps of one story: once one has failed, the rest is skipped. */
  readonly inOrder?: boolean;
  /** Called before VS Code opens, to put the simulator into the state that the test is about. */
  readonly arrange?: (simulator: Simulator) => Promise<void>;
}

/** A whole scene: simulator, workspace, the applications that use it, and VS Code with the packaged extension. */
export interface Fixture {
  readonly simulator: Simulator;
  readonly workspace: DemoWorkspace;
  readonly applications: Applications | undefined;
  readonly server: Server;
  readonly workbench: Workbench;
  /** Opens a further window on the folder of the scene, in a browser profile of its own. */
  openWindow(): Promise<Workbench>;
}

type Later = (undo: () => Promise<void>) => void;

const SETUP_MS = 180_000;

/**
 * In a `describe`: sets up a scene before its tests and takes it down after them.
 * A test that fails leaves a picture and a report of the workbench in test-results.
 * @returns a function that gives the scene to the tests
 */
export function useFixture(options: FixtureOptions = {}): () => Fixture {
  let fixture: Fixture | undefined;
  const undo: (() => Promise<void>)[] = [];

  before(async function () {
    this.timeout(SETUP_MS);
    fixture = await setUp(options, (step) => undo.unshift(step));
  });
  after(async function () {
    this.timeout(SETUP_MS);
    fixture = undefined;
    for (const step of undo) await step();
  });
  reportFailures(() => fixture?.workbench);
  if (options.inOrder) skipAfterFailure();
  return () => {
    if (!fixture) throw new Error('The scene is there while tests run, not before or after.');
    return fixture;
  };
}

function skipAfterFailure(): void {
  let failed = false;
  beforeEach(function () {
    if (failed) this.skip();
  });
  afterEach(function () {
    failed ||= this.currentTest?.state === 'failed';
  });
}

async function setUp(options: FixtureOptions, later: Later): Promise<Fixture> {
  const vsix = await ensurePackaged();
  const parent = await mkdtemp(path.join(tmpdir(), 'demo-workspace-'));
  later(() => rm(parent, { recursive: true, force: true }));
  // The name that stands in the pictures.
  const folder = path.join(parent, 'shop');
  const simulator = await startSimulator(options.withSecondAccount ? { others: [await secondWorld()] } : {});
  later(() => simulator.stop());
  const workspace = await createDemoWorkspace(simulator, folder, { git: true });
  await options.arrange?.(simulator);

  let applications: Applications | undefined;
  if (!options.withoutApplications) {
    const started = await startApplications({ simulator: simulator.url, folder });
    later(() => started.stop());
    applications = started;
  }
  const account = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: DEMO_ACCESS_KEY.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEMO_ACCESS_KEY.secret,
  };
  const { settings } = options;
  const own = typeof settings === 'function' ? await settings(simulator, later) : settings;
  const server = await startServer({
    vsix,
    // Keys and rotations would be told of in the midst of what a test is about; expiry.test.ts and watch.test.ts are about that.
    settings: {
      'clientKeys.expiry.notifications': false,
      'clientKeys.watch.enabled': false,
      ...simulator.settings,
      ...own,
    },
    env: { ...(options.withoutAccount ? {} : account), ...options.env },
    askTrust: options.untrusted ?? false,
  });
  later(() => server.stop());
  const browser = await launchBrowser();
  later(() => browser.close());
  const openWindow = () => openWorkbench(server, browser, folder);
  const workbench = await openWindow();
  return { simulator, workspace, applications, server, workbench, openWindow };
}
