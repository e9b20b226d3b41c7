import { useEffect, useState } from 'preact/hooks';
import { type AuditEntries, MAX_ENTRIES } from '../../model/auditView';
import { EntryTable } from './EntryTable';
import { tell } from './host';
import { Icon } from './Icon';
import { fill, useView } from './viewContext';

/** The entries of the range, asked for only when somebody opens the list, a page at a time. */
export function Entries({ entries }: { readonly entries: AuditEntries }) {
  const { strings, locale } = useView();
  const [open, setOpen] = useState(false);
  const { status, rows, more, complete, error } = entries;
  // Also when another range or a fresh reading has emptied the open list.
  useEffect(() => {
    if (open && status === 'closed') tell({ type: 'entries' });
  }, [open, status]);
  const full = rows.length >= MAX_ENTRIES;
  const loading = status === 'loading' || status === 'closed';
  const next = status === 'error' && rows.length === 0 ? strings.showEntries : strings.moreEntries;
  const askable = status === 'error' || (more && !full);
  return (
    <details class="entries" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{strings.showEntries}</h2>
      </summary>
      {open && (
        <>
          {status === 'ready' && !complete && (
            <p class="caveat">
              <Icon name="bang" />
              {strings.entriesIncomplete}
            </p>
          )}
          <EntryTable entries={entries} />
          {status === 'error' && (
            <p class="error" role="alert">
              <Icon name="cross" />
              <span>{error ?? strings.notChecked}</span>
            </p>
          )}
          {full && (
            <p class="hint">
              {fill(strings.entriesLimit, new Intl.NumberFormat(locale).format(MAX_ENTRIES))}
            </p>
          )}
          <div class="row">
            {(askable || (loading && rows.length > 0)) && (
              <button
                type="button"
                class="secondary"
                aria-disabled={loading}
                onClick={() => loading || tell({ type: 'entries' })}
              >
                {next}
              </button>
            )}
            <span role="status" class={rows.length === 0 ? 'visually-hidden' : 'hint'}>
              {loading && strings.loading}
            </span>
          </div>
        </>
      )}
    </details>
  );
}
