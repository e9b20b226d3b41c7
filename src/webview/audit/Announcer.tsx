import type { AuditText, AuditViewState } from '../../model/auditView';
import { relativeTime } from '../../model/timeText';
import { useView } from './viewContext';

/**
 * Tells a screen reader, once and politely, that there is a verdict or another one. Moments are told as of the state that
 * brought them: the box itself is no live region, or it would be read out again whenever a minute has passed.
 */
export function Announcer({ state }: { readonly state: AuditViewState }) {
  const { strings, locale } = useView();
  const spoken = (text: AuditText) =>
    text.map((part) => (typeof part === 'string' ? part : relativeTime(part.at, state.now, locale))).join('');
  const { verdict } = state;
  return (
    <p class="visually-hidden" role="status">
      {verdict !== undefined
        ? `${strings.verdict}: ${spoken(verdict.headline)}`
        : state.status === 'loading'
          ? strings.checking
          : strings.notChecked}
    </p>
  );
}
