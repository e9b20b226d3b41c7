import type { AuditCallerRow, AuditCallerState } from '../../model/auditView';
import { Addresses } from './Addresses';
import { CallerPlace } from './CallerPlace';
import { Icon, type IconName } from './Icon';
import { Moment } from './Moment';
import { Outside } from './Outside';
import { fill, useView } from './viewContext';

const ICONS: Record<AuditCallerState, IconName> = {
  oldKey: 'dot',
  silent: 'question',
  probablyMoved: 'question',
  moved: 'check',
  retired: 'minus',
  newOnly: 'plus',
};

interface CallerRowProps {
  readonly row: AuditCallerRow;
  readonly place: number;
}

/** One caller class: what has become of it and how sure that is, who it is, and where it stands in this workspace. */
export function CallerRow({ row, place }: CallerRowProps) {
  const { strings, locale } = useView();
  const number = new Intl.NumberFormat(locale);
  const what = [row.api, row.resource].filter((part) => part !== '').join(' · ');
  const nameId = `caller-${place}`;
  return (
    <tr class={`${row.state} ${row.unexplained ? 'unexplained' : ''}`}>
      <td data-label={strings.state}>
        <span class="state">
          <Icon name={ICONS[row.state]} />
          {row.stateText}
        </span>
        {row.sureText !== undefined && (
          <span class="details">
            <Outside text={row.sureText} />
          </span>
        )}
        {row.reason !== undefined && (
          <span class="details">
            <Outside text={fill(strings.retiredBecause, row.reason)} />
          </span>
        )}
      </td>
      <th scope="row" data-label={strings.caller}>
        <span class="agent" id={nameId}>
          <Outside text={row.userAgent} />
        </span>
        {what !== '' && (
          <span class="details">
            <Outside text={what} />
          </span>
        )}
        <Addresses network={row.network} addresses={row.addresses} />
      </th>
      <td data-label={strings.oldKeyLast}>{row.oldLast === undefined ? '–' : <Moment at={row.oldLast} />}</td>
      <td data-label={strings.newKeyFirst}>
        {row.newFirst === undefined ? '–' : <Moment at={row.newFirst} />}
      </td>
      <td data-label={strings.calls} class="calls">
        {number.format(row.oldCalls)} / {number.format(row.newCalls)}
      </td>
      <td data-label={strings.where}>
        <CallerPlace row={row} nameId={nameId} />
      </td>
    </tr>
  );
}
