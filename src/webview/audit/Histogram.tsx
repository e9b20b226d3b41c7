import { useState } from 'preact/hooks';
import type { AuditBucket, AuditHistogram } from '../../model/auditView';
import { BucketTable } from './BucketTable';
import { toBars } from './bars';
import { Chart } from './Chart';
import { stretchLabel } from './timeAxis';
import { fill, useView, type ViewContext } from './viewContext';

interface HistogramProps {
  readonly histogram: AuditHistogram;
  readonly hasNewKey: boolean;
}

/** Calls over time: a chart with a cursor, the bar under the cursor in words, and all of it as a table on demand. */
export function Histogram({ histogram, hasNewKey }: HistogramProps) {
  const view = useView();
  const { strings } = view;
  const bars = toBars(histogram.buckets);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const cursor = Math.min(chosen ?? bars.length - 1, bars.length - 1);
  const silent = bars.every((bar) => bar.oldKey === 0 && bar.newKey === 0);
  // Where no log answered, no calls must not be read as none.
  const nothingCounted = bars.length === 0 && !histogram.complete;
  const bar = bars[cursor];
  return (
    <section class={`histogram ${histogram.status}`} aria-label={strings.chart}>
      <Chart
        histogram={histogram}
        bars={bars}
        hasNewKey={hasNewKey}
        cursor={cursor}
        cursorText={bar === undefined ? '' : describe(bar, view)}
        onCursor={setChosen}
      />
      <p class="bucket">
        {histogram.status === 'error' ? (
          <span role="alert">{histogram.error ?? strings.notChecked}</span>
        ) : histogram.status === 'loading' ? (
          strings.checking
        ) : nothingCounted ? (
          strings.notChecked
        ) : silent ? (
          strings.noCalls
        ) : (
          bar !== undefined && describe(bar, view)
        )}
      </p>
      {histogram.status === 'ready' && !histogram.complete && !nothingCounted && (
        <p class="hint">{strings.approximate}</p>
      )}
      {bars.length > 0 && <BucketTable bars={bars} hasNewKey={hasNewKey} />}
    </section>
  );
}

function describe(bar: AuditBucket, { strings, locale }: ViewContext): string {
  const number = new Intl.NumberFormat(locale);
  return fill(
    strings.bucket,
    stretchLabel(bar.from, bar.to, locale),
    number.format(bar.oldKey),
    number.format(bar.newKey),
  );
}
