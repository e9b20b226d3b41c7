import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { auditHtml } from '../../src/ui/audit/auditHtml';

const ROOT = path.join(__dirname, '..', '..');
export const THEMES = ['dark', 'light', 'highContrast', 'highContrastLight'] as const;
type Theme = (typeof THEMES)[number];

/** Builds the view as the package has it, in memory: never stale, and never in the way of another build. */
export async function buildView(): Promise<{ readonly script: Uint8Array; readonly style: Uint8Array }> {
  const result = await build({
    entryPoints: [
      path.join(ROOT, 'src/webview/audit/main.tsx'),
      path.join(ROOT, 'src/webview/audit/audit.css'),
    ],
    outdir: 'memory',
    entryNames: '[name]',
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'chrome132',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const file = (extension: string) => {
    const found = result.outputFiles.find((output) => output.path.endsWith(extension));
    if (found === undefined) throw new Error(`The build gave no ${extension} file.`);
    return found.contents;
  };
  return { script: file('.js'), style: file('.css') };
}

export interface ViewServer {
  readonly origin: string;
  close(): void;
}

/** Serves the page that the extension makes, with its real policy, over loopback. The theme rides along with the style sheet. */
export async function serveView(): Promise<ViewServer> {
  const { script, style } = await buildView();
  let origin = '';
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const send = (type: string, body: Uint8Array | string) =>
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    if (url.pathname === '/audit.js') return send('text/javascript', script);
    if (url.pathname === '/audit.css') {
      const theme = THEMES.find((known) => known === url.searchParams.get('theme')) ?? 'dark';
      void readFile(path.join(__dirname, 'themes', `${theme}.css`)).then((variables) =>
        send('text/css', Buffer.concat([variables, style])),
      );
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    const styleUri = `${origin}/audit.css${url.search}`;
    const page = {
      cspSource: origin,
      nonce,
      scriptUri: `${origin}/audit.js`,
      styleUri,
      language: url.searchParams.get('language') ?? 'en',
      title: 'Audit',
    };
    return send('text/html', auditHtml(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  origin = `http://127.0.0.1:${address.port}`;
  return { origin, close: () => server.close() };
}

export interface AuditPage {
  readonly page: Page;
  /** Says something to the view as the extension does. */
  send(message: unknown): Promise<void>;
  /** What the view said so far. */
  said(): Promise<unknown[]>;
  /** What the view kept for after a reload. */
  kept(): Promise<unknown>;
  /** Violations of the policy and uncaught errors. */
  violations(): Promise<string[]>;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly forcedColors?: 'active' | 'none';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** 2: as VS Code zoomed to 200 %, which leaves half of the width in CSS pixels. */
  readonly zoom?: number;
  /** BCP 47. */
  readonly language?: string;
  /** What an earlier life of the view kept. */
  readonly saved?: unknown;
  /** IANA name. */
  readonly timezone?: string;
}

/** What VS Code gives to a page, and a record of what the page does. As text: a compiled function would need its helpers there. */
function standIn(saved: unknown): string {
  return `
    window.auditRecord = { said: [], kept: ${JSON.stringify(saved) ?? 'undefined'}, violations: [] };
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => auditRecord.said.push(message),
      getState: () => auditRecord.kept,
      setState: (state) => { auditRecord.kept = structuredClone(state); },
    });
    document.addEventListener('securitypolicyviolation', (event) =>
      auditRecord.violations.push(event.effectiveDirective + ' ' + event.blockedURI));
  `;
}

/** Opens the view in the browser with a stand-in for VS Code's API. */
export async function openView(
  browser: Browser,
  server: ViewServer,
  options: PageOptions = {},
): Promise<AuditPage> {
  const zoom = options.zoom ?? 1;
  const context = await browser.newContext({
    viewport: { width: Math.round((options.width ?? 1000) / zoom), height: Math.round(900 / zoom) },
    reducedMotion: options.reducedMotion ?? 'reduce',
    deviceScaleFactor: zoom,
    forcedColors: options.forcedColors ?? 'none',
    timezoneId: options.timezone ?? 'Asia/Shanghai',
    locale: 'en-US',
  });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.addInitScript(standIn(options.saved));
  await page.goto(`${server.origin}/?theme=${options.theme ?? 'dark'}&language=${options.language ?? 'en'}`);
  const record = async (member: string): Promise<string[]> => page.evaluate(`auditRecord.${member}`);
  return {
    page,
    async send(message) {
      await page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`);
    },
    said: () => record('said'),
    kept: () => record('kept'),
    violations: async () => [...(await record('violations')), ...failures],
    close: () => context.close(),
  };
}
