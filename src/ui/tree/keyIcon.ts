import type { ExpiryState } from '../../model/expiry';

const KEY_ICONS: Record<ExpiryState, { icon: string; color: string }> = {
  expired: { icon: 'error', color: 'clientKeys.expired' },
  critical: { icon: 'warning', color: 'clientKeys.critical' },
  expiring: { icon: 'clock', color: 'clientKeys.expiring' },
  valid: { icon: 'pass', color: 'clientKeys.valid' },
  notYetValid: { icon: 'watch', color: 'clientKeys.expiring' },
};

/** Codicon and theme colour of a client key by the life it has left. */
export function keyIcon(state: ExpiryState): { icon: string; color: string } {
  return KEY_ICONS[state];
}
