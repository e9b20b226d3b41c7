import { randomBytes } from 'node:crypto';
import { type Disposable, env, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { AuditRange, AuditTarget, ToAuditView } from '../../model/auditView';
import { shortKeyId } from '../../model/clientKey';
import { textLocale } from '../localise';
import type { Signal } from '../signal';
import { askReason } from './askReason';
import type { AuditDeps, AuditNames } from './auditDeps';
import { auditHtml } from './auditHtml';
import { createAuditSession } from './auditSession';
import { auditViewState } from './auditViewState';
import { evidenceReceipt } from './evidenceReceipt';
import { exportShown } from './exportShown';
import { parseSavedRange, parseSavedTarget, targetKey } from './fromAuditView';

const VIEW_TYPE = 'clientKeys.audit';

/** The audit views of this window: one panel for each rotation and each key. */
export interface AuditPanels extends Disposable {
  /** Opens the panel of a rotation or a key, or brings it to the front. Rejects when `deps.names` does. */
  open(target: AuditTarget): Promise<void>;
  /** Takes back a panel of an earlier session; for the serializer of `clientKeys.audit`. */
  restore(panel: WebviewPanel, saved: unknown): Promise<void>;
  /** Reads again in the panel of that target, if there is one: for when a rotation has moved on. */
  refresh(target: AuditTarget): void;
}

interface OpenPanel {
  readonly panel: WebviewPanel;
  refresh(): Promise<void>;
}

/**
 * Makes the audit views and takes back those of an earlier session (`restore`).
 * @param extensionUri where the extension is installed; `dist/webview` is all that a view may load from
 * @param changes of what `deps.known` gives
 */
export function createAuditPanels(
  extensionUri: Uri,
  deps: AuditDeps,
  changes: Pick<Signal, 'on'>,
): AuditPanels {
  const panels = new Map<string, OpenPanel>();
  const webviewFolder = Uri.joinPath(extensionUri, 'dist', 'webview');
  const webviewOptions = {
    enableScripts: true,
    enableCommandUris: false,
    localResourceRoots: [webviewFolder],
  };

  function attach(
    panel: WebviewPanel,
    target: AuditTarget,
    names: AuditNames,
    range: AuditRange = '24h',
  ): void {
    const key = targetKey(target);
    const post = async (message: ToAuditView) => {
      await panel.webview.postMessage(message);
    };
    const session = createAuditSession({ target, names, range }, deps, {
      show(reading) {
        void post({ type: 'state', state: auditViewState(reading, l10n.t, textLocale()) });
      },
      async copy(reading) {
        const receipt = evidenceReceipt(reading, l10n.t, textLocale());
        if (receipt === undefined) return;
        await env.clipboard.writeText(receipt);
        await post({ type: 'copied' });
      },
      exportShown,
      askReason,
    });
    const listening = changes.on(renewSoon(() => session.renew()));
    panel.webview.onDidReceiveMessage((data: unknown) => session.receive(data).catch(tellError));
    panel.onDidDispose(() => {
      panels.delete(key);
      listening.dispose();
      session.dispose();
    });
    panels.set(key, { panel, refresh: session.refresh });
    panel.webview.html = auditHtml({
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      scriptUri: panel.webview.asWebviewUri(Uri.joinPath(webviewFolder, 'audit.js')).toString(),
      styleUri: panel.webview.asWebviewUri(Uri.joinPath(webviewFolder, 'audit.css')).toString(),
      language: textLocale(),
      title: panel.title,
    });
  }

  async function tellError(error: unknown): Promise<void> {
    await window.showErrorMessage(deps.errorText(error));
  }

  async function open(target: AuditTarget): Promise<void> {
    const names = await deps.names(target);
    const existing = panels.get(targetKey(target));
    if (existing !== undefined) {
      existing.panel.reveal();
      return;
    }
    const title = l10n.t('Audit {0}', shortKeyId(names.oldKeyId));
    attach(window.createWebviewPanel(VIEW_TYPE, title, ViewColumn.Active, webviewOptions), target, names);
  }

  async function restore(panel: WebviewPanel, saved: unknown): Promise<void> {
    const target = parseSavedTarget(saved);
    const names = target === undefined ? undefined : await deps.names(target).catch(() => undefined);
    // The rotation is gone, the state is of another version, or the same view was opened meanwhile.
    if (target === undefined || names === undefined || panels.has(targetKey(target))) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions;
    attach(panel, target, names, parseSavedRange(saved));
  }

  return {
    open,
    restore,
    refresh(target) {
      panels.get(targetKey(target))?.refresh().catch(tellError);
    },
    dispose() {
      for (const { panel } of [...panels.values()]) panel.dispose();
    },
  };
}

/** Changes come in bursts. */
const GATHER_MS = 100;

function renewSoon(renew: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      renew();
    }, GATHER_MS);
  };
}
