import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from '../host/workbench';

type VerdictKind = 'inUse' | 'quiet' | 'unknown';

/** The audit view of the only rotation or key that has one open. */
export interface AuditView {
  readonly frame: FrameLocator;
  /** The box with the verdict: headline and sentences. */
  readonly verdict: Locator;
  readonly deleteButton: Locator;
  /** Waits until a reading has ended with this verdict. */
  waitForVerdict(kind: VerdictKind): Promise<void>;
  refresh(): Promise<void>;
  /** Rows of the table of callers, as text. */
  callers(): Promise<string[]>;
}

/** Opens the audit view from the row *3 Verify* of the only rotation. */
export async function openAudit(workbench: Workbench): Promise<AuditView> {
  await workbench.tree('Rotations').clickInline('3 Verify', 'Open Audit');
  return auditView(workbench);
}

/** The audit view that is open. */
export async function auditView(workbench: Workbench): Promise<AuditView> {
  const tab = workbench.editorTab(/^Audit KAAP\./).first();
  await tab.waitFor();
  const frame = workbench.webview(((await tab.textContent()) ?? '').trim());
  return {
    frame,
    verdict: frame.locator('.verdict'),
    deleteButton: frame.getByRole('button', { name: /^Delete old key…/ }),
    async waitForVerdict(kind) {
      await frame.locator(`main[aria-busy="false"]:has(.verdict.${kind})`).waitFor();
      await frame.locator('.histogram.ready').waitFor();
    },
    refresh: () => frame.getByRole('button', { name: 'Refresh', exact: true }).click(),
    callers: () => frame.locator('table.callers tbody tr').allInnerTexts(),
  };
}
