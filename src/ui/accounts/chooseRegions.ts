import { type QuickPickItem, window } from 'vscode';
import type { Account } from '../../model/account';
import { t } from '../localise';
import { withProgress } from '../progress';
import { regionName } from '../regionNames';
import type { AccountParts } from './accountParts';
import { accountText } from './accountText';
import { changeAccount } from './keptAccounts';
import { nameOf } from './leaving';

type RegionItem = QuickPickItem & { readonly regionId: string | undefined };

/** *Choose Regions…*: which regions of an account are read and shown; none ticked means all that hold AAPs. */
export async function chooseRegions(account: Account, parts: AccountParts): Promise<void> {
  const { id } = account;
  const service = await parts.rooms.cloud();
  const regionIds = await withProgress(t('Reading the regions'), (signal) => service.listRegions(id, signal));
  const chosen = parts.inventory.account(id)?.chosenRegions ?? [];
  const name = accountText(account, t, nameOf(id, parts)).name;
  // A chosen region that the service names no more would otherwise be kept without a way to untick it.
  const all = [...new Set([...regionIds, ...chosen])];
  const picked = await pickRegions(
    t('Regions of {0}', name),
    all.map((regionId) => regionItem(id, regionId, parts)),
    chosen,
  );
  if (!picked) return;
  await parts.accounts.change((kept) => {
    const changed = changeAccount(kept, id, ({ regions: _, ...rest }) => ({
      ...rest,
      shown: true,
      ...(picked.length === 0 ? {} : { regions: picked }),
    }));
    return { ...changed, chosen: true };
  });
}

function regionItem(accountId: string, regionId: string, { inventory }: AccountParts): RegionItem {
  const count = inventory.region(accountId, regionId)?.aaps.length ?? 0;
  const label = regionName(regionId, t);
  const parts = [
    ...(label === regionId ? [] : [regionId]),
    ...(count === 0 ? [] : [count === 1 ? t('1 AAP') : t('{0} AAPs', count)]),
  ];
  return { label, description: parts.join(' · '), regionId };
}

/** The first entry and the others exclude each other. `undefined` if the user gave up. */
function pickRegions(
  title: string,
  regions: readonly RegionItem[],
  chosen: readonly string[],
): Promise<string[] | undefined> {
  const all: RegionItem = {
    label: t('All regions that hold AAPs'),
    description: t('recommended'),
    regionId: undefined,
  };
  const pick = window.createQuickPick<RegionItem>();
  pick.title = title;
  pick.placeholder = t('Which regions shall be read and shown?');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = [all, ...regions];
  const wanted = regions.filter(({ regionId }) => regionId !== undefined && chosen.includes(regionId));
  let selected: readonly RegionItem[] = wanted.length > 0 ? wanted : [all];
  pick.selectedItems = selected;
  return new Promise((resolve) => {
    pick.onDidChangeSelection((now) => {
      const next = settle(selected, now, all);
      selected = next;
      if (next.length !== now.length) pick.selectedItems = next;
    });
    pick.onDidAccept(() => {
      resolve(selected.flatMap(({ regionId }) => (regionId === undefined ? [] : [regionId])));
      pick.dispose();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** What stays ticked after a click: *all* alone, or regions alone. */
function settle(
  before: readonly RegionItem[],
  now: readonly RegionItem[],
  all: RegionItem,
): readonly RegionItem[] {
  if (!now.includes(all)) return now;
  return before.includes(all) && now.length > 1 ? now.filter((item) => item !== all) : [all];
}
