// A small SVG of curves over each other, for documents. Legible on a light and on a dark page.

export interface Curve {
  readonly name: string;
  /** At 1, 2, … */
  readonly values: readonly number[];
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 260, 48, 12, 28, 36];
/** A broad pale line under a thin one shows where they lie on each other. */
const STROKES = ['stroke="#d97706" stroke-width="4" stroke-opacity="0.5"', 'stroke="#2563eb" stroke-width="1.5"'];

/** Two curves of values in 0 … 1, over their index from 1 on. */
export function curveFigure(curves: readonly Curve[], { x, y }: { readonly x: string; readonly y: string }): string {
  const count = Math.max(...curves.map(({ values }) => values.length));
  const across = (index: number): string => (LEFT + ((WIDTH - LEFT - RIGHT) * index) / Math.max(1, count - 1)).toFixed(1);
  const up = (value: number): string => (HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value).toFixed(1);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (value) =>
      `<path d="M${LEFT} ${up(value)}H${WIDTH - RIGHT}" stroke="#8884"/><text x="${LEFT - 6}" y="${Number(up(value)) + 4}" text-anchor="end">${value}</text>`,
  );
  const ticks = [1, ...Array.from({ length: Math.floor(count / 10) }, (_, i) => 10 * (i + 1))].map(
    (update) => `<text x="${across(update - 1)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${update}</text>`,
  );
  const lines = curves.map(
    ({ values }, i) => `<polyline fill="none" ${STROKES[i]} points="${values.map((value, k) => `${across(k)},${up(value)}`).join(' ')}"/>`,
  );
  const legend = curves.map(({ name }, i) => `<path d="M${LEFT + 8 + 150 * i} 14h24" ${STROKES[i]}/><text x="${LEFT + 38 + 150 * i}" y="18">${name}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#808080">
<title>${y} by ${x}</title>
${[...grid, ...ticks, ...lines, ...legend].join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${x}</text>
<text x="12" y="${(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" transform="rotate(-90 12 ${(TOP + HEIGHT - BOTTOM) / 2})">${y}</text>
</svg>
`;
}
