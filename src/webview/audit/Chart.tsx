import { sum } from 'd3-array';
import type { AuditBucket, AuditHistogram } from '../../model/auditView';
import { barHeight, countAxis } from './bars';
import { markLabel, timeMarks } from './timeAxis';
import { useView } from './viewContext';
import { useWidth } from './width';

const LANE = 64;
const LANE_LABEL = 20;
const AXIS = 20;
const LEFT = 44;
const PAGE = 10;

interface ChartProps {
  readonly histogram: AuditHistogram;
  readonly bars: readonly AuditBucket[];
  readonly hasNewKey: boolean;
  readonly cursor: number;
  readonly cursorText: string;
  onCursor(index: number): void;
}

/**
 * Two lanes over one time axis and one count axis: the old key above in solid bars, the new key below in hatched, outlined
 * ones. A slider for assistive technology: the arrow keys move the cursor, and the bar under it is read out.
 */
export function Chart({ histogram, bars, hasNewKey, cursor, cursorText, onCursor }: ChartProps) {
  const { strings, locale } = useView();
  const [frame, width] = useWidth();
  const lanes = hasNewKey ? (['oldKey', 'newKey'] as const) : (['oldKey'] as const);
  const height = lanes.length * (LANE + LANE_LABEL) + AXIS;
  const span = Math.max(1, histogram.to - histogram.from);
  const plot = Math.max(1, width - LEFT);
  const x = (at: number) => LEFT + (Math.min(Math.max(at - histogram.from, 0), span) / span) * plot;
  const underPointer = (event: MouseEvent) => {
    const at = histogram.from + ((event.offsetX - LEFT) / plot) * span;
    const index = bars.findIndex((bar) => at < bar.to);
    onCursor(index === -1 ? bars.length - 1 : index);
  };
  const current = bars[cursor];
  const drawing = (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line class="hatch" x1="0" y1="0" x2="0" y2="5" />
        </pattern>
      </defs>
      {current !== undefined && (
        <rect
          class="cursor"
          x={x(current.from) - 1}
          y={LANE_LABEL - 4}
          width={Math.max(4, x(current.to) - x(current.from) + 1)}
          height={height - AXIS - LANE_LABEL + 4}
        />
      )}
      {lanes.map((lane, index) => (
        <Lane key={lane} lane={lane} top={index * (LANE + LANE_LABEL)} width={width} bars={bars} x={x} />
      ))}
      {timeMarks(histogram.from, histogram.to, width < 420 ? 3 : 6).map((mark) => (
        <g key={mark} class="axis">
          <line x1={x(mark)} x2={x(mark)} y1={height - AXIS} y2={height - AXIS + 4} />
          <text x={x(mark)} y={height - 4} text-anchor={x(mark) > width - 30 ? 'end' : 'middle'}>
            {markLabel(mark, span, locale)}
          </text>
        </g>
      ))}
    </svg>
  );
  if (bars.length === 0) {
    return (
      <div class="chart" ref={frame} tabIndex={-1}>
        {drawing}
      </div>
    );
  }
  return (
    <div
      class="chart"
      ref={frame}
      role="slider"
      tabIndex={0}
      aria-label={strings.chartHelp}
      aria-valuemin={0}
      aria-valuemax={bars.length - 1}
      aria-valuenow={cursor}
      aria-valuetext={cursorText}
      onKeyDown={(event) => {
        const next = afterKey(event.key, cursor, bars.length);
        if (next === undefined) return;
        event.preventDefault();
        onCursor(next);
      }}
      onPointerMove={underPointer}
      onPointerDown={underPointer}
    >
      {drawing}
    </div>
  );
}

interface LaneProps {
  readonly lane: 'oldKey' | 'newKey';
  readonly top: number;
  readonly width: number;
  readonly bars: readonly AuditBucket[];
  x(at: number): number;
}

/** The bars of one key, with its name, its sum and the marks of the count axis, which both lanes share. */
function Lane({ lane, top, width, bars, x }: LaneProps) {
  const { strings, locale } = useView();
  const number = new Intl.NumberFormat(locale);
  const short = new Intl.NumberFormat(locale, { notation: 'compact' });
  const axis = countAxis(bars);
  const base = top + LANE_LABEL + LANE;
  const total = sum(bars, (bar) => bar[lane]);
  return (
    <g class={lane}>
      <rect class="bar" x={LEFT} y={top + 4} width="10" height="10" />
      <text class="lane" x={LEFT + 16} y={top + 13}>
        {/* Without bars nothing was counted: no zero may be read then. */}
        {bars.length === 0 ? strings[lane] : `${strings[lane]} ${number.format(total)}`}
      </text>
      {axis.marks.map((mark) => {
        const y = base - barHeight(mark, axis.top, LANE);
        return (
          <g key={mark} class="axis">
            <line class="grid" x1={LEFT} x2={width} y1={y} y2={y} />
            <text x={LEFT - 6} y={y + 4} text-anchor="end">
              {short.format(mark)}
            </text>
          </g>
        );
      })}
      {bars.map((bar) => {
        const high = barHeight(bar[lane], axis.top, LANE);
        if (high === 0) return null;
        const wide = Math.max(1.5, x(bar.to) - x(bar.from) - 1.5);
        return <rect key={bar.from} class="bar" x={x(bar.from)} y={base - high} width={wide} height={high} />;
      })}
      <line class="base" x1={LEFT} x2={width} y1={base} y2={base} />
    </g>
  );
}

function afterKey(key: string, cursor: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: cursor - 1,
    ArrowDown: cursor - 1,
    ArrowRight: cursor + 1,
    ArrowUp: cursor + 1,
    PageDown: cursor - PAGE,
    PageUp: cursor + PAGE,
    Home: 0,
    End: count - 1,
  };
  const next = moves[key];
  return next === undefined ? undefined : Math.min(Math.max(next, 0), count - 1);
}
