import type { AuditCallerRow, AuditCallerState, AuditViewState } from '../../model/auditView';
import { Icon, type IconName } from './Icon';
import { Moment } from './Moment';
import { fill, useView } from './viewContext';

const MAX_ROWS = 200;

const ICONS: Record<AuditCallerState, IconName> = {
  oldKey: 'dot',
  silent: 'question',
  probablyMoved: 'question',
  moved: 'check',
  retired: 'minus',
  newOnly: 'plus',
};

/** Who calls, with which key, and since when. In a narrow view each row becomes a block whose cells carry their heading. */
export function Callers({ state }: { readonly state: AuditViewState }) {
  const { strings } = useView();
  const rows = state.callers.slice(0, MAX_ROWS);
  const hidden = state.callers.length - rows.length;
  const unread = state.verdict === undefined;
  const loading = unread && state.status === 'loading';
  return (
    <section aria-labelledby="callers-title">
      <h2 id="callers-title">{strings.callers}</h2>
      {!state.callersComplete && !unread && <p class="hint">{strings.callersIncomplete}</p>}
      <table class="callers" aria-labelledby="callers-title" aria-busy={loading}>
        <thead>
          <tr>
            <th scope="col">{strings.state}</th>
            <th scope="col">{strings.caller}</th>
            <th scope="col">{strings.oldKeyLast}</th>
            <th scope="col">{strings.newKeyFirst}</th>
            <th scope="col">{strings.calls}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CallerRow key={`${row.userAgent}\n${row.api}\n${row.resource}\n${row.network}`} row={row} />
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={5}>
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

function CallerRow({ row }: { readonly row: AuditCallerRow }) {
  const { strings, locale } = useView();
  const number = new Intl.NumberFormat(locale);
  const details = [row.api, row.resource, row.network].filter((part) => part !== '');
  return (
    <tr class={row.state}>
      <td data-label={strings.state}>
        <span class="state">
          <Icon name={ICONS[row.state]} />
          {row.stateText}
        </span>
      </td>
      <th scope="row" data-label={strings.caller}>
        <span class="agent">{row.userAgent}</span>
        <span class="details" title={row.addresses.join(', ') || undefined}>
          {details.join(' · ')}
        </span>
      </th>
      <td data-label={strings.oldKeyLast}>{row.oldLast === undefined ? '–' : <Moment at={row.oldLast} />}</td>
      <td data-label={strings.newKeyFirst}>
        {row.newFirst === undefined ? '–' : <Moment at={row.newFirst} />}
      </td>
      <td data-label={strings.calls}>
        {number.format(row.oldCalls)} / {number.format(row.newCalls)}
      </td>
    </tr>
  );
}
