import { type Tab, TabInputTextDiff, window } from 'vscode';

/** The scheme of the masked documents. */
export const PREVIEW_SCHEME = 'kms-preview';

/** Closes every preview of this window. One that a reload has brought back is empty and would say that nothing changes. */
export async function closePatchPreviews(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs.filter(isPreview));
  if (tabs.length > 0) await window.tabGroups.close(tabs, true);
}

/** A multi-file diff with documents of ours. The class of its input is a proposed one, the diffs in it are not. */
function isPreview({ input }: Tab): boolean {
  if (typeof input !== 'object' || input === null || !('textDiffs' in input)) return false;
  const diffs: unknown = input.textDiffs;
  return (
    Array.isArray(diffs) &&
    diffs.some((diff) => diff instanceof TabInputTextDiff && diff.modified.scheme === PREVIEW_SCHEME)
  );
}
