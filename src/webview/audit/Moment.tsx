import type { AuditText } from '../../model/auditView';
import { exactTime, relativeTime } from '../../model/timeText';
import { cutWords } from './cutWords';
import { useView } from './viewContext';

/** A moment, relative to the service's present; date, time and zone on hover. */
export function Moment({ at }: { readonly at: number }) {
  const { locale, now } = useView();
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at, locale)}>
      {relativeTime(at, now, locale)}
    </time>
  );
}

/** A sentence of the host with its moments. */
export function Sentence({ text }: { readonly text: AuditText }) {
  return (
    <>
      {text.map((part) =>
        typeof part === 'string' ? cutWords(part) : <Moment key={part.at} at={part.at} />,
      )}
    </>
  );
}
