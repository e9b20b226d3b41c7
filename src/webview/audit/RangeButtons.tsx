import { AUDIT_RANGES, type AuditViewState } from '../../model/auditView';
import { tell } from './host';
import { useView } from './viewContext';

/** Which stretch of the log the chart shows. The verdict always looks at all of it. */
export function RangeButtons({ state }: { readonly state: AuditViewState }) {
  const { strings } = useView();
  return (
    <fieldset class="ranges">
      <legend>{strings.range}</legend>
      {AUDIT_RANGES.map((range) => (
        <button
          key={range}
          type="button"
          class="secondary"
          aria-pressed={range === state.range}
          onClick={() => range === state.range || tell({ type: 'range', range })}
        >
          {state.rangeLabels[range]}
        </button>
      ))}
    </fieldset>
  );
}
