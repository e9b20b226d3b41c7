import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensurePackaged } from '../host/packagedExtension';
import { prepareVscode } from '../host/prepare';
import { onParentGone } from '../run/parent';
import { step } from '../run/step';
import { startApplications } from '../simulator/applications/index';
import { createDemoWorkspace } from '../simulator/demoWorkspace';
import { DEMO_ACCESS_KEY, startSimulator } from '../simulator/index';
import { installExtension, startEditor } from './editor';
import { createDemoFolder, removeDemoFolder } from './folder';
import { readKeys } from './keys';
import { createStatusLine, statusText } from './statusLine';

const REFRESH_MS = 500;

/** Undone in reverse order when the demo ends. */
const undo: (() => void | Promise<void>)[] = [];

async function demo(): Promise<void> {
  console.log(
    'The demo of Client Key Rotation for Alibaba Cloud KMS. It writes inside this project folder only.\n',
  );
  const vscode = await prepareVscode();
  const vsix = await ensurePackaged();
  const folder = await createDemoFolder();
  undo.push(() => removeDemoFolder(folder));
  const shop = path.join(folder, 'shop');

  const simulator = await step('simulator of KMS and its log service', () => startSimulator());
  undo.push(() => simulator.stop());
  await step('demo workspace', () => createDemoWorkspace(simulator, shop, { git: true }));
  const applications = await step('two applications that use the client key', () =>
    startApplications({ simulator: simulator.url, folder: shop }),
  );
  undo.push(() => applications.stop());

  const options = {
    vscode,
    vsix,
    dataDir: path.join(folder, 'vscode'),
    workspace: shop,
    settings: simulator.settings,
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: DEMO_ACCESS_KEY.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEMO_ACCESS_KEY.secret,
    },
  };
  await step('install the extension', () => installExtension(options));
  const editor = await step('VS Code', () => startEditor(options));
  undo.push(() => editor.process.stop());
  void editor.process.ended.then(() => end('VS Code has ended.', 1));

  console.log(instructions(editor.address));
  openInBrowser(editor.address);

  const status = createStatusLine(process.stdout);
  let moving = false;
  const show = async (important = false) =>
    status.show(statusText(await simulator.control.now(), applications.stats()), important);
  const nextDay = async () => {
    if (moving) return;
    moving = true;
    status.show('moving to the next day …');
    await simulator.control.nextDay();
    moving = false;
    await show(true);
  };
  const timer = setInterval(() => {
    if (!moving) show().catch(fail);
  }, REFRESH_MS);
  undo.push(() => clearInterval(timer));
  undo.push(() => status.end());
  undo.push(
    readKeys(process.stdin, (key) => {
      if (key === 'd' || key === ' ') nextDay().catch(fail);
      if (key === 'q' || key === '\u0003') end('');
    }),
  );
  await show(true);
}

function instructions(address: string): string {
  return `
  Open  ${address}

  A rotation in five minutes:
    1  Click the key in the activity bar. Below China (Hangzhou), payments-aap has a client key that expires in 12 days.
    2  Rotate it: 1 year, a generated password, saved beside the old file. Both applications keep their calls going.
    3  In Rotations, look at the references, see the preview, apply the patch: the applications change over below.
    4  Open the audit view: it says who still uses the old key. Time passes here: press d, refresh there, until the
       verdict says quiet (two or three days).
    5  Delete the old key. Not one call has failed.

  In this terminal:  d or space = a day later    q or Ctrl+C = end, nothing is left behind
`;
}

/** Opens the address in the user's own browser where there is a desktop; the address is printed in any case. */
function openInBrowser(address: string): void {
  const hasDesktop = process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!process.stdout.isTTY || !hasDesktop) return;
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(command, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

let ending = false;

function end(message: string, exitCode = 0): void {
  if (ending) return;
  ending = true;
  void cleanUp().then((failures) => {
    if (message) console.error(message);
    for (const failure of failures) console.error(failure);
    process.exit(exitCode);
  });
}

async function cleanUp(): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const undoStep of undo.reverse()) {
    try {
      await undoStep();
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

function fail(error: unknown): void {
  end(error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(''));
onParentGone(() => end(''));
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
demo().catch(fail);
