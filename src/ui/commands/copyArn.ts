import { env, window } from 'vscode';
import type { AapRef } from '../../model/clientKey';
import type { Inventory } from '../inventory/entries';
import { t } from '../localise';
import { withProgress } from '../progress';

/** *Copy ARN of the AAP*: as the service gave it; asked for where it is not known yet. */
export async function copyArn(aap: AapRef, inventory: Inventory): Promise<void> {
  const known = inventory.aap(aap)?.reach?.arn;
  const arn = known ?? (await readArn(aap, inventory));
  if (arn !== undefined) await env.clipboard.writeText(arn);
}

async function readArn(aap: AapRef, inventory: Inventory): Promise<string | undefined> {
  const isRead = await withProgress(t('Reading application access point {0}', aap.aapName), (signal) =>
    Promise.race([inventory.readReach(aap).then(() => true), whenAborted(signal)]),
  );
  if (!isRead) return undefined;
  const entry = inventory.aap(aap);
  if (entry?.reach?.arn === undefined) {
    if (entry?.reachError !== undefined) throw entry.reachError;
    void window.showInformationMessage(
      t('The service gave no ARN for the application access point {0}.', aap.aapName),
    );
  }
  return entry?.reach?.arn;
}

/** The reading itself goes on: others may wait for it. */
function whenAborted(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}
