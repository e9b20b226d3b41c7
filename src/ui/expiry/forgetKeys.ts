import type { Caches } from '../inventory/cache';

const loadExpiry = () => import('./wiring');

/** Removes what is kept on disk of the keys of an account: what was read of them, and what was told about them. */
export async function forgetKeys(
  accountId: string,
  storageFolder: string,
  caches: Pick<Caches, 'readAll' | 'remove'>,
): Promise<void> {
  const known = (await caches.readAll()).filter((one) => one.accountId === accountId);
  await caches.remove(accountId);
  const ids = known.flatMap(({ regions }) =>
    regions.flatMap(({ aaps }) => aaps.flatMap(({ keys }) => keys.map(({ id }) => id))),
  );
  if (ids.length > 0) await (await loadExpiry()).createNoticeBook(storageFolder).forget(ids);
}
