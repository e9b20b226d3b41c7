import type { AuditViewState } from '../../model/auditView';
import { CallerRow } from './CallerRow';
import { Icon } from './Icon';
import { fill, useView } from './viewContext';

const MAX_ROWS = 200;

/** Who calls, with which key, and since when. In a narrow view each row becomes a block whose cells carry their heading. */
export function Callers({ state }: { readonly state: AuditViewState }) {
  const { strings } = useView();
  const rows = state.callers.slice(0, MAX_ROWS);
  const hidden = state.callers.length - rows.length;
  const unread = state.verdict === undefined;
  const loading = state.status === 'loading' && rows.length === 0;
  const columns = [
    strings.state,
    strings.caller,
    strings.oldKeyLast,
    strings.newKeyFirst,
    strings.calls,
    strings.where,
  ];
  return (
    <section aria-labelledby="callers-title">
      <div class="heading">
        <h2 id="callers-title">{strings.callers}</h2>
        {state.migration !== undefined && <p class="migration">{state.migration}</p>}
      </div>
      {!state.callersComplete && !unread && (
        <p class="caveat">
          <Icon name="bang" />
          {strings.callersIncomplete}
        </p>
      )}
      <table class="callers reflow" aria-labelledby="callers-title" aria-busy={loading}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <CallerRow key={row.id} row={row} place={index} />
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length}>
                {loading ? strings.checking : unread || !state.callersComplete ? '–' : strings.noCallers}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {hidden > 0 && <p class="hint">{fill(strings.moreCallers, hidden)}</p>}
    </section>
  );
}
