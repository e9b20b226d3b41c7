import { isClientKeyId } from '../model/clientKey';

/** `KAAP.66abf2…`: for rows of a side bar, where the time left has to fit beside it at the default width. */
export function briefKeyId(id: string): string {
  return isClientKeyId(id) ? `${id.slice(0, 11)}…` : id;
}
