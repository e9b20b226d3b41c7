import type { Translate } from '../words';

/** Smaller differences are the way of the answer, ms. */
const WORTH_TELLING_MS = 5000;

/**
 * A sentence about a clock that goes wrong: it decides when a key is told to expire, and a service refuses signatures with a
 * time too far off.
 * @param offset how far the service's clock is ahead of this machine's, ms
 */
export function clockText(offset: number, t: Translate): string[] {
  if (Math.abs(offset) <= WORTH_TELLING_MS) return [];
  const seconds = Math.round(Math.abs(offset) / 1000);
  const span = seconds < 120 ? t('{0} seconds', seconds) : t('{0} minutes', Math.round(seconds / 60));
  return [
    offset > 0
      ? t("This machine's clock is {0} behind that of Alibaba Cloud.", span)
      : t("This machine's clock is {0} ahead of that of Alibaba Cloud.", span),
  ];
}
