import { setImmediate } from 'node:timers/promises';
import { type ClientKey, MAX_KEYS_PER_AAP, shortKeyId } from '../../model/clientKey';
import { type ExpiryThresholds, expiryOf } from '../../model/expiry';
import { accountText } from '../accounts/accountText';
import { expiryText } from '../expiryText';
import type { AapEntry, AccountEntry, Inventory } from '../inventory/entries';
import { regionName } from '../regionNames';
import { keyIcon } from '../tree/keyIcon';
import type { RevealTarget } from '../tree/keyNodes';
import { printable, type Translate } from '../words';

/** An entry of *Go to Client Key…*. The detail holds everything it can be found by. */
export interface GoToItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly target: RevealTarget;
}

export interface GoToContext {
  readonly t: Translate;
  readonly locale: string;
  readonly thresholds: ExpiryThresholds;
  /** The service's present for an account, ms UTC. */
  now(accountId: string): number;
}

/** After so many AAPs others have their turn: there may be ten thousand of them. */
const AAPS_PER_TURN = 500;

/** What can be gone to, of all accounts: keys, nearest end first; AAPs and KMS instances by name. */
export async function goToItems(
  { accounts }: Pick<Inventory, 'accounts'>,
  context: GoToContext,
): Promise<{ readonly keys: GoToItem[]; readonly aaps: GoToItem[]; readonly instances: GoToItem[] }> {
  const keys: { readonly item: GoToItem; readonly notAfter: number }[] = [];
  const aaps: GoToItem[] = [];
  const instances = new Map<string, GoToItem>();
  for (const account of accounts)
    for (const { regionId, aaps: entries } of account.regions) {
      const where = whereText(account, regionId, context.t);
      for (const entry of entries) {
        const reached = (entry.reach?.instances ?? []).map(({ id }) => id);
        if (aaps.length % AAPS_PER_TURN === AAPS_PER_TURN - 1) await setImmediate();
        aaps.push(aapItem(entry, [where, ...reached], context));
        for (const key of entry.keys)
          keys.push({ item: keyItem(key, [where, ...reached], context), notAfter: key.notAfter });
        for (const id of reached) addInstance(instances, id, entry, where, context.t);
      }
    }
  keys.sort((one, other) => one.notAfter - other.notAfter);
  const { compare } = new Intl.Collator(context.locale, { numeric: true });
  const byLabel = (one: GoToItem, other: GoToItem) => compare(one.label, other.label);
  return {
    keys: keys.map(({ item }) => item),
    aaps: aaps.sort(byLabel),
    instances: [...instances.values()].sort(byLabel),
  };
}

function whereText({ account, name }: AccountEntry, regionId: string, t: Translate): string {
  const region = regionName(regionId, t);
  const { uid } = account;
  return [
    accountText(account, t, name).name,
    ...(uid === undefined ? [] : [uid]),
    ...(region === regionId ? [] : [region]),
    regionId,
  ].join(' · ');
}

function keyItem(key: ClientKey, where: readonly string[], context: GoToContext): GoToItem {
  const now = context.now(key.accountId);
  const expiry = expiryOf(key, now, context.thresholds);
  return {
    label: `$(${keyIcon(expiry.state).icon}) ${shortKeyId(key.id)}`,
    description: expiryText(key, expiry, now, context.locale, context.t),
    detail: [printable(key.aapName), ...where, key.id].join(' · '),
    target: { kind: 'key', key },
  };
}

function aapItem({ aap, keys }: AapEntry, where: readonly string[], { t }: GoToContext): GoToItem {
  const used =
    aap.authentication === 'clientKey'
      ? t('{0} of {1} keys', keys.length, MAX_KEYS_PER_AAP)
      : t('no client keys');
  return {
    label: `$(server-process) ${printable(aap.aapName)}`,
    description: `${t('application access point')} · ${used}`,
    detail: where.join(' · '),
    target: { kind: 'aap', aap },
  };
}

/** An instance stands once, however many AAPs lead to it; it is gone to beneath the first of them. */
function addInstance(
  found: Map<string, GoToItem>,
  id: string,
  { aap }: AapEntry,
  where: string,
  t: Translate,
): void {
  const name = `${aap.accountId}/${aap.regionId}/${id}`;
  const known = found.get(name);
  const detail = known
    ? `${known.detail} · ${printable(aap.aapName)}`
    : `${where} · ${printable(aap.aapName)}`;
  found.set(name, {
    label: `$(database) ${id}`,
    description: t('KMS instance'),
    detail,
    target: known?.target ?? { kind: 'instance', aap, instanceId: id },
  });
}
