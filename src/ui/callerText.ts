import type { CallerClass } from '../model/evidence';
import { printable, type Words } from './words';

/** `billing-job (GetSecretValue, 10.0.3.0/24)`; what is unknown is left out. */
export function callerName(caller: CallerClass, words: Words): string {
  const name = printable(caller.userAgent) || words.t('no user agent');
  const where = [caller.api, caller.resource, caller.network].map((part) => printable(part)).filter(Boolean);
  return where.length === 0 ? name : `${name} (${where.join(', ')})`;
}

const NAMED_CALLERS = 5;

/** The first callers by name and the number of the others. */
export function callerList(callers: readonly CallerClass[], words: Words): string {
  const named = callers.slice(0, NAMED_CALLERS).map((caller) => callerName(caller, words));
  const others = callers.length - named.length;
  if (others > 0) named.push(words.t('{0} more', others));
  return listOf(named, words);
}

/** `a, b and c`, in the language of the words. */
export function listOf(names: readonly string[], { locale }: Words): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}
