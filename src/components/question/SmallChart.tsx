// One of the small charts over updates: lines with dots, and where the slider stands.

export interface SmallSeries {
  readonly name: string;
  /** Null: nothing to say at that update. */
  readonly values: readonly (number | null)[];
  /** A colour of tokens.css: "var(--series-1)". */
  readonly colour: string;
  readonly dashed?: boolean;
}

interface SmallChartProps {
  readonly title: string;
  readonly updates: readonly number[];
  readonly series: readonly SmallSeries[];
  /** Top of the axis; the bottom is 0, or lower where a value is. */
  readonly most: number;
  /** Index of the update that the slider is at. */
  readonly at: number;
  readonly format: (value: number) => string;
}

const [WIDTH, HEIGHT, LEFT, BASE] = [240, 96, 6, 78];

export function SmallChart({ title, updates, series, most, at, format }: SmallChartProps) {
  const [first, last] = [updates[0] ?? 0, updates[updates.length - 1] ?? 1];
  const least = Math.min(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const x = (update: number): number => LEFT + ((WIDTH - 2 * LEFT) * (update - first)) / Math.max(1, last - first);
  const y = (value: number): number => BASE - ((BASE - 8) * (value - least)) / Math.max(1e-9, most - least);
  return (
    <figure className="small-chart">
      <h4>{title}</h4>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}, from update ${first} to ${last}`}>
        <line x1={LEFT} x2={WIDTH - LEFT} y1={y(0)} y2={y(0)} className="axis" />
        <line x1={x(updates[at] ?? first)} x2={x(updates[at] ?? first)} y1={4} y2={BASE} className="now" />
        {series.map(({ name, values, colour, dashed }) => (
          <g key={name} style={{ color: colour }}>
            <path d={pathOf(values, updates, x, y)} className={dashed ? 'dashed' : ''} />
            {values.map((value, i) =>
              value === null ? null : <circle key={updates[i]} cx={x(updates[i] ?? 0)} cy={y(value)} r={i === at ? 4 : values.length > 30 ? 1.2 : 2.2} />,
            )}
          </g>
        ))}
        <text x={LEFT} y={HEIGHT - 4}>
          {first}
        </text>
        <text x={WIDTH - LEFT} y={HEIGHT - 4} textAnchor="end">
          {last}
        </text>
      </svg>
      <figcaption>
        {series.map(({ name, values, colour, dashed }) => (
          <span key={name} className="small-key">
            <svg width="16" height="6" aria-hidden="true">
              <line x1="0" y1="3" x2="16" y2="3" stroke={colour} strokeWidth="2.5" strokeDasharray={dashed ? '4 2' : undefined} />
            </svg>
            {name}: <b>{values[at] === null || values[at] === undefined ? '–' : format(values[at])}</b>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Lines join neighbours that both have a value. */
function pathOf(values: readonly (number | null)[], updates: readonly number[], x: (update: number) => number, y: (value: number) => number): string {
  return values
    .map((value, i) => (value === null ? '' : `${i > 0 && values[i - 1] !== null ? 'L' : 'M'}${x(updates[i] ?? 0).toFixed(1)} ${y(value).toFixed(1)}`))
    .join('');
}
