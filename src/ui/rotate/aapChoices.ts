import { type AapRef, MAX_KEYS_PER_AAP } from '../../model/clientKey';
import { accountText } from '../accounts/accountText';
import type { AapEntry, AccountEntry } from '../inventory/entries';
import { regionName } from '../regionNames';
import { printable, type Translate } from '../words';

/** An AAP in a list to pick from. */
export interface AapChoice {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly aap: AapRef;
}

/** The AAPs that applications enter with client keys, by name: those with a free slot, and those without. */
export function aapChoices(
  accounts: readonly AccountEntry[],
  t: Translate,
): { readonly free: readonly AapChoice[]; readonly full: readonly AapChoice[] } {
  const free: AapChoice[] = [];
  const full: AapChoice[] = [];
  for (const { account, name, regions } of accounts)
    for (const { regionId, aaps } of regions) {
      const detail = `${accountText(account, t, name).name} · ${regionName(regionId, t)}`;
      for (const entry of aaps) {
        if (entry.aap.authentication !== 'clientKey') continue;
        (isFull(entry) ? full : free).push(choiceOf(entry, detail, t));
      }
    }
  const byLabel = (one: AapChoice, other: AapChoice) => one.label.localeCompare(other.label);
  return { free: free.sort(byLabel), full: full.sort(byLabel) };
}

function choiceOf(entry: AapEntry, detail: string, t: Translate): AapChoice {
  const { accountId, regionId, aapName } = entry.aap;
  return {
    label: `$(${isFull(entry) ? 'circle-slash' : 'server-process'}) ${printable(aapName)}`,
    description: isFull(entry)
      ? t('full: delete a client key that nobody uses first')
      : t('{0} of {1} keys', entry.keys.length, MAX_KEYS_PER_AAP),
    detail,
    aap: { accountId, regionId, aapName },
  };
}

function isFull({ keys }: AapEntry): boolean {
  return keys.length >= MAX_KEYS_PER_AAP;
}
