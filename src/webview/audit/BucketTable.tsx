import { useState } from 'preact/hooks';
import type { AuditBucket } from '../../model/auditView';
import { ScrollRegion } from './ScrollRegion';
import { stretchLabel } from './timeAxis';
import { useView } from './viewContext';

interface BucketTableProps {
  readonly bars: readonly AuditBucket[];
  readonly hasNewKey: boolean;
}

/** The chart as a table. Its rows are made only once it is opened. */
export function BucketTable({ bars, hasNewKey }: BucketTableProps) {
  const { strings, locale } = useView();
  const [open, setOpen] = useState(false);
  const number = new Intl.NumberFormat(locale);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{strings.table}</summary>
      {open && (
        <ScrollRegion label={strings.chart}>
          <table>
            <thead>
              <tr>
                <th scope="col">{strings.time}</th>
                <th scope="col" class="number">
                  {strings.oldKey}
                </th>
                {hasNewKey && (
                  <th scope="col" class="number">
                    {strings.newKey}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {bars.map((bar) => (
                <tr key={bar.from}>
                  <th scope="row">{stretchLabel(bar.from, bar.to, locale)}</th>
                  <td class="number">{number.format(bar.oldKey)}</td>
                  {hasNewKey && <td class="number">{number.format(bar.newKey)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </details>
  );
}
