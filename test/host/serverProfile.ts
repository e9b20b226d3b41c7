import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** No network, no welcome, no motion: what a test needs, so that a picture of the workbench is the same every time. */
export const QUIET_SETTINGS: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.dialogStyle': 'custom',
  'workbench.colorTheme': 'Dark Modern',
  'workbench.editor.useModal': 'off',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * Adds settings to the user's; a workbench takes them up when it is opened or reloaded.
 * @param userDataDir the folder that has, or gets, `User/settings.json`
 */
export async function changeSettings(userDataDir: string, changes: Settings): Promise<void> {
  const file = path.join(userDataDir, 'User', 'settings.json');
  const before: Settings = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...before, ...changes }, null, 2));
}

/**
 * The environment for a server under test: this process's own without what would let the test touch the account, the
 * profiles or the editor of whoever runs it.
 */
export function serverEnvironment(home: string, extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign =
    /^(VSCODE_|ELECTRON_|CODE_SERVER_|ALIBABA_CLOUD_|ALICLOUD_|ALIYUN_|XDG_|npm_|(NODE_OPTIONS|PORT|PASSWORD|HASHED_PASSWORD)$)/i;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), HOME: home, ...extra };
}
