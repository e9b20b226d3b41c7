import { shortKeyId } from '../../model/clientKey';
import type { SoonKey } from '../expiry/soonKeys';
import { expiryText } from '../expiryText';
import { pathIn } from '../paths';
import { printable, type Translate } from '../words';

export interface StatusFacts {
  /** What expires and is not being replaced, the nearest first, of all accounts and credential files. */
  readonly soon: readonly SoonKey[];
  /** Open rotations; `moved` and `all` count callers, where the audit log has been read. `quiet`: the old key may be deleted. */
  readonly waiting: readonly {
    readonly aapName: string;
    readonly moved: number;
    readonly all: number;
    readonly quiet: boolean;
  }[];
  /** What an account is called, where there are several. */
  accountName(accountId: string): string | undefined;
  readonly locale: string;
}

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  /** Within the critical period. */
  readonly warning: boolean;
}

/** A tooltip does not scroll. */
const MAX_LINES = 10;

/**
 * The status bar in words, or `undefined` while nothing expires and no rotation waits. What expires goes before rotations; in the
 * tooltip, which may be cut, keys within the critical period do, and the others come last.
 */
export function statusText(
  { soon, waiting, accountName, locale }: StatusFacts,
  t: Translate,
): StatusText | undefined {
  const critical = soon.filter(({ expiry }) => expiry.state !== 'expiring');
  const [nearest] = soon;
  const parts: string[] = [];
  if (critical.length > 0 && nearest) {
    const life = nearest.expiry.state === 'expired' ? t('expired') : t('{0}d', nearest.expiry.daysLeft);
    // The icon stays where a theme drops the warning background.
    parts.push(`$(warning) ${soon.length === 1 ? life : t('{0} · {1} expiring', life, soon.length)}`);
  } else if (soon.length > 0) parts.push(`$(key) ${t('{0} expiring', soon.length)}`);
  parts.push(...waitingText(waiting, t));
  if (parts.length === 0) return undefined;
  const lineOf = (key: SoonKey) => () => keyLine(key, accountName, locale, t);
  const told = [
    ...critical.map(lineOf),
    ...waiting.map((rotation) => () => rotationLine(rotation, t)),
    ...soon.filter((key) => !critical.includes(key)).map(lineOf),
  ];
  const lines = told.slice(0, MAX_LINES).map((line) => line());
  if (told.length > MAX_LINES) lines.push(t('and {0} more', told.length - MAX_LINES));
  return {
    text: parts.join('  '),
    tooltip: lines.join('\n'),
    spoken: t('KMS client keys: {0}', lines.join('; ')),
    warning: critical.length > 0,
  };
}

function keyLine(
  { id, from, expiry, now }: SoonKey,
  accountName: StatusFacts['accountName'],
  locale: string,
  t: Translate,
): string {
  const account = from.kind === 'account' ? accountName(from.key.accountId) : undefined;
  return [
    shortKeyId(id),
    ...(account === undefined ? [] : [account]),
    from.kind === 'account' ? printable(from.key.aapName) : printable(pathIn(from.key.folder, from.key.file)),
    expiryText(from.key, expiry, now, locale, t),
  ].join(' · ');
}

function rotationLine({ aapName, moved, all, quiet }: StatusFacts['waiting'][number], t: Translate): string {
  if (quiet) return t('Rotation of {0}: the old key is quiet and can be deleted', printable(aapName));
  return all > 0
    ? t('Rotation of {0}: {1} of {2} callers moved', printable(aapName), moved, all)
    : t('Rotation of {0} is under way', printable(aapName));
}

function waitingText(waiting: StatusFacts['waiting'], t: Translate): string[] {
  const [only] = waiting;
  if (!only) return [];
  const quiet = waiting.filter((rotation) => rotation.quiet).length;
  if (waiting.length > 1)
    return [
      quiet > 0
        ? `$(pass) ${t('{0} rotations · {1} quiet', waiting.length, quiet)}`
        : `$(sync) ${t('{0} rotations', waiting.length)}`,
    ];
  if (quiet > 0) return [`$(pass) ${t('old key quiet')}`];
  return [`$(sync) ${only.all > 0 ? t('{0}/{1} moved', only.moved, only.all) : t('1 rotation')}`];
}
