import { type ClientKey, shortKeyId } from '../../model/clientKey';
import { type ExpiryThresholds, expiryOf } from '../../model/expiry';
import { expiryText } from '../expiryText';
import { printable, type Translate } from '../words';

export interface StatusFacts {
  readonly keys: readonly ClientKey[];
  /** Keys that an open rotation replaces: they are shown as waiting, not as expiring. */
  readonly rotated: ReadonlySet<string>;
  /** Open rotations; `moved` and `all` count callers, where the audit log has been read. */
  readonly waiting: readonly { readonly aapName: string; readonly moved: number; readonly all: number }[];
  /** The service's present, ms UTC. */
  readonly now: number;
  readonly thresholds: ExpiryThresholds;
  readonly locale: string;
}

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  /** Within the critical period. */
  readonly warning: boolean;
}

/** The status bar in words, or `undefined` while nothing expires and no rotation waits. */
export function statusText(facts: StatusFacts, t: Translate): StatusText | undefined {
  const soon = facts.keys
    .filter((key) => !facts.rotated.has(key.id))
    .map((key) => ({ key, expiry: expiryOf(key, facts.now, facts.thresholds) }))
    .filter(({ expiry }) => ['expiring', 'critical', 'expired'].includes(expiry.state))
    .sort((one, other) => one.key.notAfter - other.key.notAfter);
  const critical = soon.filter(({ expiry }) => expiry.state !== 'expiring');
  const [nearest] = soon;
  const parts: string[] = [];
  if (critical.length > 0 && nearest) {
    const life = nearest.expiry.state === 'expired' ? t('expired') : t('{0}d', nearest.expiry.daysLeft);
    // The icon stays where a theme drops the warning background.
    parts.push(`$(warning) ${soon.length === 1 ? life : t('{0} · {1} expiring', life, soon.length)}`);
  } else if (soon.length > 0) parts.push(`$(key) ${t('{0} expiring', soon.length)}`);
  parts.push(...waitingText(facts.waiting, t));
  if (parts.length === 0) return undefined;
  const lines = [
    ...soon.map(
      ({ key, expiry }) =>
        `${shortKeyId(key.id)} · ${printable(key.aapName)} · ${expiryText(key, expiry, facts.now, facts.locale, t)}`,
    ),
    ...facts.waiting.map(({ aapName, moved, all }) =>
      all > 0
        ? t('Rotation of {0}: {1} of {2} callers moved', printable(aapName), moved, all)
        : t('Rotation of {0} is under way', printable(aapName)),
    ),
  ];
  return {
    text: parts.join('  '),
    tooltip: lines.join('\n'),
    spoken: t('KMS client keys: {0}', lines.join('; ')),
    warning: critical.length > 0,
  };
}

function waitingText(waiting: StatusFacts['waiting'], t: Translate): string[] {
  const [only] = waiting;
  if (!only) return [];
  if (waiting.length === 1 && only.all > 0) return [`$(sync) ${t('{0}/{1} moved', only.moved, only.all)}`];
  return [`$(sync) ${waiting.length === 1 ? t('1 rotation') : t('{0} rotations', waiting.length)}`];
}
