import { env, window } from 'vscode';
import type { AapRef } from '../../model/clientKey';
import type { Inventory } from '../inventory/entries';
import { t } from '../localise';
import { waitFor } from '../progress';
import { printable } from '../words';

/** *Copy ARN of the AAP*: as the service gave it; asked for where it is not known yet. */
export async function copyArn(aap: AapRef, inventory: Inventory): Promise<void> {
  const known = inventory.aap(aap)?.reach?.arn;
  const arn = known ?? (await readArn(aap, inventory));
  if (arn !== undefined) await env.clipboard.writeText(arn);
}

async function readArn(aap: AapRef, inventory: Inventory): Promise<string | undefined> {
  const title = t('Reading application access point {0}', printable(aap.aapName));
  if (!(await waitFor(title, inventory.readReach(aap)))) return undefined;
  const entry = inventory.aap(aap);
  if (entry?.reach?.arn === undefined) {
    if (entry?.reachError !== undefined) throw entry.reachError;
    void window.showInformationMessage(
      t('The service gave no ARN for the application access point {0}.', printable(aap.aapName)),
    );
  }
  return entry?.reach?.arn;
}
