import type { AuditHistogram, AuditViewState } from '../../model/auditView';
import { Icon } from './Icon';
import { Moment } from './Moment';
import { Outside } from './Outside';
import { ScrollRegion } from './ScrollRegion';
import { useView } from './viewContext';

interface BreakdownProps {
  /** The shares come with it, and describe the same stretch. */
  readonly histogram: AuditHistogram;
  readonly shares: AuditViewState['shares'];
}

/** The calls of the chart by API, answer and gateway: what was called, what was refused, and which way it came. */
export function Breakdown({ histogram, shares }: BreakdownProps) {
  const { strings, locale } = useView();
  const number = new Intl.NumberFormat(locale);
  const quality = {
    exact: undefined,
    approximate: strings.breakdownApproximate,
    sampled: strings.breakdownSampled,
  };
  const caveat = histogram.status === 'ready' ? quality[shares.quality] : undefined;
  const columns = [
    strings.key,
    strings.api,
    strings.answer,
    strings.gateway,
    strings.callCount,
    strings.lastCall,
  ];
  return (
    <details class="breakdown" open>
      <summary>
        <h2>{strings.breakdown}</h2>
      </summary>
      {caveat !== undefined && (
        <p class="caveat">
          <Icon name="bang" />
          {caveat}
        </p>
      )}
      <ScrollRegion label={strings.breakdown} busy={histogram.status === 'loading'}>
        <table class="reflow">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" class={column === strings.callCount ? 'number' : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shares.rows.map((row) => (
              <tr key={`${row.key}\n${row.api}\n${row.status}\n${row.gateway}`}>
                <td data-label={strings.key}>{row.key}</td>
                <th scope="row" data-label={strings.api}>
                  <Outside text={row.api} />
                </th>
                <td data-label={strings.answer}>
                  <span class="state">
                    {/^[45]/.test(row.status) && <Icon name="cross" />}
                    <Outside text={row.status} />
                  </span>
                </td>
                <td data-label={strings.gateway}>
                  <Outside text={row.gateway} />
                </td>
                <td data-label={strings.callCount} class="number">
                  {number.format(row.calls)}
                </td>
                <td data-label={strings.lastCall}>
                  <Moment at={row.last} />
                </td>
              </tr>
            ))}
            {shares.rows.length === 0 && (
              <tr>
                <td colSpan={columns.length}>
                  {histogram.status === 'loading'
                    ? strings.loading
                    : histogram.status === 'error' || !histogram.complete
                      ? '–'
                      : strings.noCalls}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}
