import type { AuditEntries, AuditEntryRow, AuditStrings } from '../../model/auditView';
import { exactTime, relativeTime } from '../../model/timeText';
import { Outside } from './Outside';
import { ScrollRegion } from './ScrollRegion';
import { useView } from './viewContext';

type Column = keyof AuditStrings & keyof typeof FIELDS;

/** Which field of an entry stands under which heading. The moment is told apart. */
const FIELDS = {
  key: 'key',
  api: 'api',
  answer: 'status',
  error: 'error',
  address: 'address',
  userAgent: 'userAgent',
  resource: 'resource',
  gateway: 'gateway',
  requestId: 'requestId',
} as const satisfies Partial<Record<keyof AuditStrings, Exclude<keyof AuditEntryRow, 'at'>>>;

const COLUMNS = Object.keys(FIELDS) as readonly Column[];

/** Every field of every entry read so far, newest first. */
export function EntryTable({ entries }: { readonly entries: AuditEntries }) {
  const { strings } = useView();
  const { status, rows } = entries;
  return (
    <ScrollRegion label={strings.entries} busy={status === 'loading'}>
      <table class="reflow wide">
        <thead>
          <tr>
            <th scope="col">{strings.time}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {strings[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <EntryLine key={index} row={row} />
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={COLUMNS.length + 1}>
                {status === 'ready'
                  ? entries.complete
                    ? strings.noEntries
                    : '–'
                  : status === 'error'
                    ? '–'
                    : strings.loading}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Entries of one second differ in nothing but their exact times and ids, so the time is told exactly, and relative on hover. */
function EntryLine({ row }: { readonly row: AuditEntryRow }) {
  const { strings, locale, now } = useView();
  return (
    <tr>
      <th scope="row" data-label={strings.time}>
        <time dateTime={new Date(row.at).toISOString()} title={relativeTime(row.at, now, locale)}>
          {exactTime(row.at, locale)}
        </time>
      </th>
      {COLUMNS.map((column) => (
        <td key={column} data-label={strings[column]} class={`field-${column}`}>
          <Outside text={row[FIELDS[column]] || '–'} />
        </td>
      ))}
    </tr>
  );
}
