import { type ConfigurationChangeEvent, Uri, workspace } from 'vscode';
import type { NetworkSettings } from '../cloud/network/proxy';
import type { ExpiryThresholds } from '../model/expiry';
import type { VerdictOptions } from '../model/verdict';
import type { SiteSetting } from './commands/consoleLink';

const HOUR = 60 * 60 * 1000;

function read<T>(name: string, fallback: T): T {
  return workspace.getConfiguration('clientKeys').get<T>(name, fallback);
}

function numberOf(name: string, fallback: number, least: number): number {
  const value: unknown = read<unknown>(name, fallback);
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(least, value) : fallback;
}

/** Address templates of KMS and of the log service; cloud/ checks them. */
export function endpoints(): { kms: string; log: string } {
  return {
    kms: String(read('endpoints.kms', 'https://kms.{region}.aliyuncs.com')),
    log: String(read('endpoints.log', 'https://{region}.log.aliyuncs.com')),
  };
}

/** The way out, as VS Code's own settings and ours say it. VS Code itself obeys `http.noProxy`. */
export function network(): NetworkSettings {
  const http = workspace.getConfiguration('http');
  return {
    proxy: String(http.get<unknown>('proxy') ?? ''),
    proxySupport: String(http.get<unknown>('proxySupport') ?? ''),
    caFile: String(read<unknown>('network.caFile', '')),
    systemCertificates: http.get<unknown>('systemCertificates') !== false,
  };
}

const WAY_SETTINGS = ['clientKeys.endpoints', 'clientKeys.network', 'http'];

/** Whether a change of settings is about where calls go, or how they get there. */
export function changesWay(event: ConfigurationChangeEvent): boolean {
  return WAY_SETTINGS.some((name) => event.affectsConfiguration(name));
}

/** From how many days on a key is `expiring` and `critical`, and is told of for the last time. */
export function thresholds(): ExpiryThresholds {
  return {
    expiringDays: numberOf('expiry.warningDays', 90, 1),
    criticalDays: numberOf('expiry.criticalDays', 30, 1),
    finalDays: numberOf('expiry.finalDays', 7, 1),
  };
}

/** Whether the end of keys is notified. */
export function expiryNotifications(): boolean {
  return read<unknown>('expiry.notifications', true) === true;
}

/** Whether the logs of rotations that wait are asked in the background, and rotations are recalled. */
export function watchEnabled(): boolean {
  return read<unknown>('watch.enabled', true) === true;
}

/** How long after a reading of all keys the next one is made in the background, ms; 0: never. */
export function sweepInterval(): number {
  return numberOf('sweep.everyHours', 4, 0) * HOUR;
}

/** KMS calls begun per second, account and region, at most. */
export function requestsPerSecond(): number {
  return Math.min(numberOf('requests.perSecond', 10, 1), 100);
}

/** Which console *Open in Console* leads to. */
export function consoleSiteSetting(): SiteSetting {
  const site = read<unknown>('console.site', 'auto');
  return site === 'china' || site === 'international' ? site : 'auto';
}

/** What a verdict is judged by; the quiet period is at least an hour. */
export function verdictOptions(): VerdictOptions {
  return { quietPeriodMs: numberOf('audit.quietPeriodHours', 24, 1) * HOUR, retired: [] };
}

/** The projects of logs that were chosen by hand. */
export function chosenProjects(): string[] {
  const logs: unknown = read<unknown>('audit.logs', {});
  const ids = typeof logs === 'object' && logs !== null ? Object.keys(logs) : [];
  return [...new Set(ids.flatMap((id) => logOf(id)?.project ?? []))].sort();
}

/** Names of an instance's log that are not as KMS gives them. The setting is JSON that somebody wrote; cloud/ checks the names. */
export function logOf(
  instanceId: string,
): { project?: string; logStore?: string; regionId?: string } | undefined {
  const logs: unknown = read<unknown>('audit.logs', {});
  if (typeof logs !== 'object' || logs === null || !Object.hasOwn(logs, instanceId)) return undefined;
  const entry: unknown = Object.getOwnPropertyDescriptor(logs, instanceId)?.value;
  if (typeof entry !== 'object' || entry === null) return undefined;
  const names = new Map<string, unknown>(Object.entries(entry));
  return Object.fromEntries(
    ['project', 'logStore', 'regionId'].flatMap((name) => {
      const value = names.get(name);
      return value === undefined || value === '' ? [] : [[name, String(value)]];
    }),
  );
}

/** What is shown in editors. `hints`: passwords written as text, credential files that git would commit. */
export function editorOptions(): {
  readonly diagnostics: boolean;
  readonly hints: boolean;
  readonly codeLens: boolean;
} {
  return {
    diagnostics: read<unknown>('editor.diagnostics', true) === true,
    hints: read<unknown>('editor.hints', true) === true,
    codeLens: read<unknown>('editor.codeLens', false) === true,
  };
}

/** Globs that `search.exclude` and `files.exclude` hide. */
export function excludedGlobs(): string[] {
  const hidden = {
    ...workspace.getConfiguration('files').get<Record<string, unknown>>('exclude', {}),
    ...workspace.getConfiguration('search').get<Record<string, unknown>>('exclude', {}),
  };
  return Object.keys(hidden).filter((glob) => hidden[glob] === true);
}

/** What `files.encoding` says for each folder, where it says another than UTF-8. */
export function encodings(folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    folders.flatMap((folder) => {
      const encoding = workspace.getConfiguration('files', Uri.file(folder)).get<unknown>('encoding');
      return typeof encoding === 'string' && encoding !== 'utf8' ? [[folder, encoding]] : [];
    }),
  );
}
