import { isClientKeyId } from '../model/clientKey';

/** `KAAP.66abf237…`: for rows of a side bar, where the time left has to fit beside it. */
export function briefKeyId(id: string): string {
  return isClientKeyId(id) ? `${id.slice(0, 13)}…` : id;
}
